import { deepestNesting, isNestedDeeper } from '../nesting.ts'
import type { OcppVersion } from '../version.ts'
import { type RpcErrorCode, wireErrorCode } from './error-codes.ts'

/** The first element of every frame [1.6J 4.2] [2.1 Part 4 4.2]; 5 and 6 exist since 2.1. */
export const messageType = {
  call: 2,
  callResult: 3,
  callError: 4,
  callResultError: 5,
  send: 6,
} as const

/** Longest message id a peer may use [1.6J 4.1.4] [2.0.1 Part 4 4.1.4]. */
const longestMessageId = 36
/** Longest errorDescription [2.0.1 Part 4 4.2.3]. */
const longestDescription = 255
/** In characters; what is shorter is nested 512 levels deep at most, which does no harm. */
const shortFrame = 1024

export interface CallFrame {
  readonly type: 2
  readonly id: string
  readonly action: string
  readonly payload: object
}

export interface ResultFrame {
  readonly type: 3
  readonly id: string
  readonly payload: object
}

/** CALLERROR and, with the same shape, CALLRESULTERROR. */
export interface ErrorFrame {
  readonly type: 4 | 5
  readonly id: string
  readonly code: string
  readonly description: string
  readonly details: object
}

export interface SendFrame {
  readonly type: 6
  readonly id: string
  readonly action: string
  readonly payload: object
}

type Frame = CallFrame | ResultFrame | ErrorFrame | SendFrame

/** Why a text is no frame, and what of it could still be read. */
export interface FrameFault {
  readonly reason: string
  /** Present where the message id could be read, so that an answer can name it. */
  readonly id?: string
  /** The message type element, where it is a number. */
  readonly type?: number
  /** A well-formed frame of a type that this version does not know: to be ignored [1.6J 4.1.3]. */
  readonly unknownType?: true
}

/** Exactly one of the two is there. */
export type Parsed =
  | { readonly frame: Frame; readonly fault: undefined }
  | { readonly frame: undefined; readonly fault: FrameFault }

const nothing: object = Object.freeze({})

/** Reads one text frame. Never throws: what is no frame comes back as a fault. */
export function parseFrame(text: string, version: OcppVersion): Parsed {
  let parts: unknown
  try {
    parts = JSON.parse(text)
  } catch {
    return faulty({ reason: 'not JSON' })
  }
  if (!Array.isArray(parts)) return faulty({ reason: 'not a JSON array' })
  const list = parts as readonly unknown[]
  const type = list[0]
  const id = list[1]
  if (typeof type !== 'number') return faulty({ reason: 'message type is not a number' })
  if (typeof id !== 'string') return faulty({ reason: 'message id is not a string', type })
  if (id.length === 0 || id.length > longestMessageId) {
    return faulty({ reason: `message id is not 1 to ${longestMessageId} characters`, type })
  }
  if (text.length > shortFrame && isNestedDeeper(parts)) {
    return faulty({ reason: `nested deeper than ${deepestNesting} levels`, id, type })
  }
  switch (type) {
    case messageType.call:
      return request(parts, type, id)
    case messageType.send:
      if (version === 'ocpp2.1') return request(parts, type, id)
      break
    case messageType.callResult:
      return result(parts, id)
    case messageType.callError:
      return error(parts, type, id)
    case messageType.callResultError:
      if (version === 'ocpp2.1') return error(parts, type, id)
      break
    default:
  }
  return faulty({ reason: `unknown message type ${type}`, id, type, unknownType: true })
}

function faulty(fault: FrameFault): Parsed {
  return { frame: undefined, fault }
}

function request(parts: readonly unknown[], type: 2 | 6, id: string): Parsed {
  const action = parts[2]
  if (typeof action !== 'string') return faulty({ reason: 'action is not a string', id, type })
  if (parts.length > 4) return faulty({ reason: 'more than four elements', id, type })
  const payload = payloadOf(parts[3])
  if (!payload) return faulty({ reason: 'payload is not an object', id, type })
  return { frame: { type, id, action, payload }, fault: undefined }
}

function result(parts: readonly unknown[], id: string): Parsed {
  const payload = payloadOf(parts[2])
  if (!payload || parts.length > 3) {
    return faulty({ reason: 'a CALLRESULT is [3, id, object]', id, type: 3 })
  }
  return { frame: { type: 3, id, payload }, fault: undefined }
}

function error(parts: readonly unknown[], type: 4 | 5, id: string): Parsed {
  const code = parts[2]
  if (typeof code !== 'string') return faulty({ reason: 'error code is not a string', id, type })
  const description = typeof parts[3] === 'string' ? parts[3] : ''
  return {
    frame: { type, id, code, description, details: payloadOf(parts[4]) ?? nothing },
    fault: undefined,
  }
}

/** An absent or `null` payload is a legal way to write `{}` [1.6J 4.2.1]. */
function payloadOf(value: unknown): object | undefined {
  if (value === undefined || value === null) return nothing
  return typeof value === 'object' && !Array.isArray(value) ? value : undefined
}

/** @param id our own, as `action` is: nothing in them has to be escaped */
export function encodeCall(id: string, action: string, payload: object): string {
  return `[2,"${id}","${action}",${JSON.stringify(payload)}]`
}

/** As `encodeCall`, of a message that nobody answers [2.1 Part 4 4.2.4]. */
export function encodeSend(id: string, action: string, payload: object): string {
  return `[6,"${id}","${action}",${JSON.stringify(payload)}]`
}

/** @param id the CALL's; a peer chose it, so it is escaped */
export function encodeCallResult(id: string, payload: object): string {
  return `[3,${JSON.stringify(id)},${JSON.stringify(payload)}]`
}

/** @param id the CALL's, or `"-1"` where it could not be read [2.0.1 Part 4 4.2.3] */
export function encodeCallError(
  version: OcppVersion,
  id: string,
  code: RpcErrorCode,
  description: string,
  details: object = nothing,
): string {
  return encodeError(messageType.callError, version, id, code, description, details)
}

/** Tells the sender of a CALLRESULT that it was not valid [2.1 Part 4 4.2.3]. */
export function encodeCallResultError(
  id: string,
  code: RpcErrorCode,
  description: string,
  details: object = nothing,
): string {
  return encodeError(messageType.callResultError, 'ocpp2.1', id, code, description, details)
}

function encodeError(
  type: 4 | 5,
  version: OcppVersion,
  id: string,
  code: RpcErrorCode,
  description: string,
  details: object,
): string {
  const wireCode = wireErrorCode(version, code)
  const short = description.slice(0, longestDescription)
  return JSON.stringify([type, id, wireCode, short, details])
}
