import type { OcppVersion } from '../version.ts'

/**
 * Error codes by meaning. Two are spelled differently on the wire by generation; everything inside
 * csms uses the 2.x spelling, the edge translates [1.6J 4.2.3] [2.0.1 Part 4 4.3].
 */
export type RpcErrorCode =
  | 'FormatViolation'
  | 'GenericError'
  | 'InternalError'
  | 'MessageTypeNotSupported'
  | 'NotImplemented'
  | 'NotSupported'
  | 'OccurrenceConstraintViolation'
  | 'PropertyConstraintViolation'
  | 'ProtocolError'
  | 'RpcFrameworkError'
  | 'SecurityError'
  | 'TypeConstraintViolation'

/**
 * 1.6 spellings: "Occurence" with one r is the specification's own and was deliberately never fixed
 * (OCPP-J 1.6 errata 5.1); the last two codes do not exist there.
 */
const spelling16: Partial<Record<RpcErrorCode, string>> = {
  FormatViolation: 'FormationViolation',
  OccurrenceConstraintViolation: 'OccurenceConstraintViolation',
  MessageTypeNotSupported: 'GenericError',
  RpcFrameworkError: 'GenericError',
}

/** How a sender of this version spells the code. */
export function wireErrorCode(version: OcppVersion, code: RpcErrorCode): string {
  return version === 'ocpp1.6' ? (spelling16[code] ?? code) : code
}

const codes: readonly RpcErrorCode[] = [
  'FormatViolation',
  'GenericError',
  'InternalError',
  'MessageTypeNotSupported',
  'NotImplemented',
  'NotSupported',
  'OccurrenceConstraintViolation',
  'PropertyConstraintViolation',
  'ProtocolError',
  'RpcFrameworkError',
  'SecurityError',
  'TypeConstraintViolation',
]

const knownCodes: ReadonlySet<string> = new Set(codes)

/** The codes as senders of this version spell them, each once. */
export function wireErrorCodes(version: OcppVersion): readonly string[] {
  return [...new Set(codes.map((code) => wireErrorCode(version, code)))]
}

/** Reads either spelling from any peer; undefined for a code no version knows. */
export function readErrorCode(text: string): RpcErrorCode | undefined {
  if (knownCodes.has(text)) return text as RpcErrorCode
  if (text === 'FormationViolation') return 'FormatViolation'
  if (text === 'OccurenceConstraintViolation') return 'OccurrenceConstraintViolation'
  return undefined
}

/** What a handler throws to answer with a CALLERROR. */
export class CallError extends Error {
  readonly code: RpcErrorCode
  readonly details: object

  constructor(code: RpcErrorCode, description = '', details: object = {}) {
    super(description)
    this.name = 'CallError'
    this.code = code
    this.details = details
  }
}
