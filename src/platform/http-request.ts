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
 * One request over HTTP or HTTPS: Node's `fetch` cannot be told of an authority. Rejects with the
 * system's error where no answer begins.
 */
export async function httpRequest(url: string, options: HttpRequest): Promise<HttpResponse> {
  const { method, headers = {}, body, ca, quietMs, signal } = options
  const trusted = ca === undefined ? {} : { ca: [...rootCertificates, ca] }
  const send = url.startsWith('https:') ? secureRequest : plainRequest
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = send(url, { method, headers, signal, ...trusted }, resolve)
    if (quietMs !== undefined) {
      request.setTimeout(quietMs, () => request.destroy(new Error('nothing is heard any more')))
    }
    request.on('error', reject)
    request.end(body)
  })
  return { status: response.statusCode ?? 0, headers: response.headers, body: response }
}

/** All of a body, which must be UTF-8. */
export async function textOf({ body }: HttpResponse): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
