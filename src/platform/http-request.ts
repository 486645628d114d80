import { type IncomingHttpHeaders, type IncomingMessage, request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { rootCertificates } from 'node:tls'

export interface HttpRequest {
  readonly method: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | undefined
  /** PEM of authorities that are trusted beside the usual ones. */
  readonly ca?: string | undefined
  /** A connection that is silent for so long is given up. */
  readonly quietMs?: number | undefined
  readonly signal: AbortSignal
}

export interface HttpResponse {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** As it arrives; to be read once. */
  readonly body: AsyncIterable<Uint8Array>
}

/**
 * One request over HTTP or HTTPS: Node's `fetch` cannot be told of an authority. On a connection of its
 * own: one that was kept may be closed by the server in the instant in which it is used again, and
 * nobody knows then whether the request was heard. Rejects with the system's error where no answer
 * begins.
 */
export async function httpRequest(url: string, options: HttpRequest): Promise<HttpResponse> {
  const { method, headers = {}, body, ca, quietMs, signal } = options
  const trusted = ca === undefined ? {} : { ca: [...rootCertificates, ca] }
  const send = url.startsWith('https:') ? secureRequest : plainRequest
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const own = { agent: false, ...trusted }
    const request = send(url, { method, headers, signal, ...own }, resolve)
    if (quietMs !== undefined) {
      request.setTimeout(quietMs, () => request.destroy(new Error('nothing is heard any more')))
    }
    request.on('error', reject)
    request.end(body)
  })
  return { status: response.statusCode ?? 0, headers: response.headers, body: response }
}

/**
 * A body, which must be UTF-8.
 *
 * @param mostBytes what is longer is cut off there, and its connection closed; default: all of it
 */
export async function textOf(
  { body }: HttpResponse,
  mostBytes: number = Number.POSITIVE_INFINITY,
): Promise<string> {
  const chunks: Uint8Array[] = []
  let left = mostBytes
  for await (const chunk of body) {
    chunks.push(chunk.subarray(0, left))
    left -= chunk.length
    if (left < 0) break
  }
  return Buffer.concat(chunks).toString()
}
