import { actionInfo } from './action.ts'
import type { RpcErrorCode } from './rpc/error-codes.ts'
import type { OcppVersion } from './version.ts'

/** A JSON schema document as the official sets hold it, `$id` naming action and direction. */
export interface OfficialSchema {
  readonly $id: string
  readonly [keyword: string]: unknown
}

/** Hands out the official schemas of a version: 78 for 1.6, 128 for 2.0.1, 181 for 2.1. */
export type SchemaSource = (version: OcppVersion) => readonly OfficialSchema[]

export type PayloadKind = 'request' | 'response'

/** What ajv says of a fault, as far as it is used. */
interface Violation {
  readonly keyword: string
  /** A JSON pointer; empty: the payload itself. */
  readonly instancePath: string
  readonly message?: string
  readonly params: object
}

/** A schema made into code by ajv: says whether a payload is valid, and afterwards why it is not. */
export interface Validator {
  (payload: unknown): boolean
  errors?: readonly Violation[] | null
}

/** Hands out the validator of a message that the version has, such as `Authorize request`. */
export type ValidatorSource = (version: OcppVersion, message: string) => Validator

/** Where and why a payload breaks its schema, and the CALLERROR code for it. */
export interface SchemaFault {
  readonly code: RpcErrorCode
  /** For example `/meterValue/0/timestamp must match format "date-time"`. */
  readonly text: string
}

/** Returns undefined for a valid payload. */
export type PayloadCheck = (payload: unknown) => SchemaFault | undefined

/**
 * The specifications bind no ajv keyword to a code; this is the reading that most peers share.
 * [1.6J 4.2.3] [2.0.1 Part 4 4.3]
 */
const codeOfKeyword: Readonly<Record<string, RpcErrorCode>> = {
  required: 'OccurrenceConstraintViolation',
  minItems: 'OccurrenceConstraintViolation',
  maxItems: 'OccurrenceConstraintViolation',
  type: 'TypeConstraintViolation',
  format: 'FormatViolation',
}

/** Checks of payloads by the official schemas; each asks for its validator when it is first used. */
export class PayloadValidators {
  readonly #source: ValidatorSource
  readonly #checks = new Map<string, PayloadCheck>()

  constructor(source: ValidatorSource) {
    this.#source = source
  }

  /** Undefined where the version has no such message. */
  check(version: OcppVersion, action: string, kind: PayloadKind): PayloadCheck | undefined {
    const key = `${version} ${action} ${kind}`
    const known = this.#checks.get(key)
    if (known) return known
    const info = actionInfo(version, action)
    if (!info || (kind === 'response' && info.send === true)) return undefined
    const check = this.#checkOf(version, `${action} ${kind}`)
    this.#checks.set(key, check)
    return check
  }

  #checkOf(version: OcppVersion, message: string): PayloadCheck {
    // A station never checks the requests that only it sends.
    let validate: Validator | undefined
    return (payload) => {
      validate ??= this.#source(version, message)
      return validate(payload) ? undefined : faultOf(validate.errors?.[0])
    }
  }
}

/** `urn:Authorize.req` and `urn:AuthorizeRequest` are both `Authorize request`. */
export function messageOf(id: string): string {
  const name = id.replace(/^urn:/, '')
  const request = /^(.*?)(\.req|Request)$/.exec(name)
  if (request) return `${request[1]} request`
  const response = /^(.*?)(\.conf|Response)$/.exec(name)
  if (response) return `${response[1]} response`
  return `${name} request`
}

function faultOf(error: Violation | undefined): SchemaFault {
  if (!error) return { code: 'PropertyConstraintViolation', text: 'payload is not valid' }
  return {
    code: codeOfKeyword[error.keyword] ?? 'PropertyConstraintViolation',
    text: `${error.instancePath || 'payload'} ${error.message ?? error.keyword}${specifics(error)}`,
  }
}

/** What ajv leaves out of its message: which property is too much, which values are allowed. */
function specifics({ keyword, params }: Violation): string {
  const { additionalProperty, allowedValues } = params as {
    readonly additionalProperty?: string
    readonly allowedValues?: readonly unknown[]
  }
  if (keyword === 'additionalProperties') return ` (${String(additionalProperty)})`
  if (keyword === 'enum' && allowedValues) return ` (${allowedValues.join(', ')})`
  return ''
}
