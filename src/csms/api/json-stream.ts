import type { ServerResponse } from 'node:http'

/** Items written between two looks at the peer's speed. */
const itemsPerChunk = 500

/**
 * Sends an array of any length piece by piece, as fast as the peer reads: a list of 200,000
 * transactions is never one string, and other requests are served in between.
 */
export async function sendJsonArray(
  response: ServerResponse,
  items: Iterable<object>,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  response.writeHead(200, {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
    ...headers,
  })
  let text = '['
  let separator = '\n'
  let gathered = 0
  for (const item of items) {
    text += separator + JSON.stringify(item)
    separator = ',\n'
    gathered += 1
    if (gathered % itemsPerChunk > 0) continue
    await written(response, text)
    text = ''
    if (response.destroyed) return
  }
  response.end(`${text}\n]\n`)
}

/** Resolves when the chunk has left this process, or the peer is gone. */
function written(response: ServerResponse, text: string): Promise<void> {
  return new Promise((resolve) => {
    response.write(text, () => resolve())
  })
}
