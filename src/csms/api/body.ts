import type { IncomingMessage } from 'node:http'
import type { ErrorObject, ValidateFunction } from 'ajv'
import { deepestNesting, isNestedDeeper } from '../../ocpp/nesting.ts'
import { messageOf } from '../../shared/errors.ts'
import { readSteadily } from '../../transport/stall.ts'
import { Problem } from './problem.ts'
import type { Schema } from './schema.ts'

/** Longest body of a request, in bytes: a local list of a thousand tokens fits. */
const longestBody = 256 * 1024

/** The body of a request: what the document says of it, and how it is read. */
export interface Body<Content> {
  readonly description: string
  readonly contentType: string
  readonly schema: Schema
  readonly required: boolean
  /** Throws a 400 or 413 `Problem`. */
  read(request: IncomingMessage): Promise<Content>
}

/** A JSON object that its schema holds true of; an empty body is `{}` where none is required. */
export function jsonBody<Content extends object>(
  description: string,
  schema: Schema,
  { required = true }: { readonly required?: boolean } = {},
): Body<Content> {
  // Compiled when it is first needed: most servers never hear of most routes.
  let check: ValidateFunction<Content> | undefined
  return {
    description,
    contentType: 'application/json',
    schema,
    required,
    async read(request) {
      const text = await readText(request)
      const value: unknown = !required && text.trim() === '' ? {} : parsed(text)
      check ??= await compiled<Content>(schema)
      if (check(value)) return value
      throw new Problem(400, 'INVALID_BODY', `The body is not valid: ${faults(check.errors)}.`)
    },
  }
}

async function compiled<Content>(schema: Schema): Promise<ValidateFunction<Content>> {
  const { bodyChecks } = await import('./body-checks.ts')
  return bodyChecks.compile<Content>(schema)
}

/** Any JSON object; an empty body is `{}`. */
export function payloadBody(description: string): Body<object> {
  return {
    description,
    contentType: 'application/json',
    schema: { type: 'object', additionalProperties: true },
    required: false,
    async read(request) {
      const text = await readText(request)
      const value = text.trim() === '' ? {} : parsed(text)
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
      throw new Problem(400, 'INVALID_JSON', "The body must be a JSON object: the CALL's payload.")
    },
  }
}

function faults(errors: readonly ErrorObject[] | null | undefined): string {
  return (errors ?? [])
    .slice(0, 3)
    .map(({ instancePath, message }) => `${instancePath || 'it'} ${message ?? 'is wrong'}`)
    .join('; ')
}

function parsed(text: string): unknown {
  const value = parse(text)
  if (!isNestedDeeper(value)) return value
  const message = `The body is nested deeper than ${deepestNesting} levels.`
  throw new Problem(400, 'INVALID_JSON', message)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Problem(400, 'INVALID_JSON', `The body is not JSON: ${messageOf(error)}.`)
  }
}

function readText(request: IncomingMessage): Promise<string> {
  return readSteadily(request, () => gathered(request))
}

async function gathered(request: IncomingMessage): Promise<string> {
  if (Number(request.headers['content-length']) > longestBody) throw tooLong()
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    const bytes = chunk as Buffer
    length += bytes.length
    if (length > longestBody) throw tooLong()
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString()
}

/** What is still under way is not read: the connection ends with the answer. */
function tooLong(): Problem {
  return new Problem(413, 'BODY_TOO_LONG', `The body is longer than ${longestBody} bytes.`, {
    Connection: 'close',
  })
}
