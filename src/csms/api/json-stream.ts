import type { ServerResponse } from 'node:http'
import { expectReading } from '../../transport/stall.ts'
import type { Rows } from './operations.ts'

/**
 * Sends an array of any length piece by piece, as fast as the peer reads: a list of 200,000
 * transactions is never one string, and other requests are served in between.
 */
export async function sendJsonArray(
  response: ServerResponse,
  rows: Rows,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  response.writeHead(200, {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...headers,
  })
  expectReading(response)
  let separator = '[\n'
  for await (const piece of rows) {
    await written(response, separator + piece)
    separator = ',\n'
    if (response.destroyed) return
  }
  response.end(separator === '[\n' ? '[\n]\n' : '\n]\n')
}

/** Resolves when the piece has left this process, or the peer is gone. */
function written(response: ServerResponse, text: string): Promise<void> {
  return new Promise((resolve) => {
    response.write(text, () => resolve())
  })
}
