import type { IncomingMessage } from 'node:http'
import { Problem } from './problem.ts'

/** Longest body of a request, in bytes. */
const longestBody = 64 * 1024

/** The request's body, which must be a JSON object; an empty body is `{}`. */
export async function readJsonObject(request: IncomingMessage): Promise<object> {
  const text = await readText(request)
  if (text.trim() === '') return {}
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'invalid'
    throw new Problem(400, 'INVALID_JSON', `The body is not JSON: ${reason}.`)
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw new Problem(400, 'INVALID_JSON', "The body must be a JSON object: the CALL's payload.")
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    const bytes = chunk as Buffer
    length += bytes.length
    if (length > longestBody) {
      throw new Problem(413, 'BODY_TOO_LONG', `The body is longer than ${longestBody} bytes.`, {
        Connection: 'close',
      })
    }
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString()
}
