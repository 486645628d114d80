import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
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

/**
 * RFC 3339 as far as there is an instant behind it, so that whoever reads a valid time has a number.
 * That of `ajv-formats` in fast mode takes the 39th of a 19th month. Leap seconds, of which none are to
 * come, have no instant; an offset without its colon has one, and is taken.
 */
const dateTime =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])t(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)$/i

/**
 * Validators over the official schemas, compiled when first asked for: one schema costs 0.4 to
 * 77 ms, all of them 1.7 s, and a worker needs a dozen.
 */
export class PayloadValidators {
  readonly #source: SchemaSource
  readonly #schemas = new Map<OcppVersion, ReadonlyMap<string, OfficialSchema>>()
  readonly #checks = new Map<string, PayloadCheck | undefined>()
  readonly #ajv: Ajv

  constructor(source: SchemaSource) {
    this.#source = source
    // multipleOfPrecision: plain ajv rejects 348 of the 1,001 one-decimal values 0.0 to 100.0
    // against `multipleOf: 0.1`. Formats in fast mode: 4.5 times the speed on MeterValues.
    // optimize: ajv's passes over its own code double the time of compiling, and spare a check 0 to 70 ns.
    // validateSchema: the official schemas are schemas.
    this.#ajv = new Ajv({
      strict: false,
      multipleOfPrecision: 6,
      validateFormats: true,
      validateSchema: false,
      code: { optimize: false },
    })
    formats.default(this.#ajv, { mode: 'fast' })
    this.#ajv.addFormat('date-time', dateTime)
  }

  /** Undefined where the version has no such message. */
  check(version: OcppVersion, action: string, kind: PayloadKind): PayloadCheck | undefined {
    const key = `${version} ${action} ${kind}`
    if (this.#checks.has(key)) return this.#checks.get(key)
    const schema = this.#schemasOf(version).get(`${action} ${kind}`)
    const check = schema && this.#compile(schema)
    this.#checks.set(key, check)
    return check
  }

  #schemasOf(version: OcppVersion): ReadonlyMap<string, OfficialSchema> {
    const known = this.#schemas.get(version)
    if (known) return known
    const byMessage = new Map<string, OfficialSchema>()
    for (const schema of this.#source(version)) byMessage.set(messageOf(schema.$id), schema)
    this.#schemas.set(version, byMessage)
    return byMessage
  }

  #compile(schema: OfficialSchema): PayloadCheck {
    // `$id` of the package is no valid URN and makes newer ajv throw; `$schema` names drafts that
    // ajv 8 refuses to load.
    const { $id: _id, $schema: _draft, ...plain } = schema
    // Compiled by the first payload: a station never checks the requests that only it sends.
    let validate: ValidateFunction | undefined
    return (payload) => {
      validate ??= this.#ajv.compile(plain)
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

function faultOf(error: ErrorObject | undefined): SchemaFault {
  if (!error) return { code: 'PropertyConstraintViolation', text: 'payload is not valid' }
  return {
    code: codeOfKeyword[error.keyword] ?? 'PropertyConstraintViolation',
    text: `${error.instancePath || 'payload'} ${error.message ?? error.keyword}${specifics(error)}`,
  }
}

/** What ajv leaves out of its message: which property is too much, which values are allowed. */
function specifics({ keyword, params }: ErrorObject): string {
  const { additionalProperty, allowedValues } = params as {
    readonly additionalProperty?: string
    readonly allowedValues?: readonly unknown[]
  }
  if (keyword === 'additionalProperties') return ` (${String(additionalProperty)})`
  if (keyword === 'enum' && allowedValues) return ` (${allowedValues.join(', ')})`
  return ''
}
