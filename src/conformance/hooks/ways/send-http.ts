import { httpRequest, textOf } from '../../../platform/http-request.ts'
import { reasonOf } from '../../../platform/operator-api.ts'
import type { Tools } from './tools.ts'

export interface HttpCall {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** JSON; undefined: no body. */
  readonly body: unknown
}

/** How a request ended: an answer, or why there is none. */
export type HttpOutcome =
  | { readonly kind: 'answer'; readonly status: number; readonly text: string }
  | { readonly kind: 'none'; readonly reason: string }

/** Of an API, bytes: nothing that is looked at is longer. */
const longestAnswer = 1024 * 1024
/** How often an API that says that it is busy is asked again. */
const mostRetries = 5
/** Where it does not say for how long, milliseconds. */
const standardWaitMs = 1000

/** Sends a request; one that is refused with 429 or 503 again when the API says so. Never rejects. */
export async function sendHttp(call: HttpCall, tools: Tools): Promise<HttpOutcome> {
  const { clock, timeoutMs } = tools
  const deadlineMs = clock.monotonicMicros() / 1000 + timeoutMs
  for (let retry = 0; ; retry += 1) {
    const leftMs = deadlineMs - clock.monotonicMicros() / 1000
    const { waitMs, ...outcome } = await sendOnce(call, Math.max(1, leftMs), tools)
    const canWait = waitMs !== undefined && waitMs < leftMs && retry < mostRetries
    if (!canWait) return outcome
    await new Promise<void>((resolve) => void clock.after(waitMs, resolve))
  }
}

async function sendOnce(
  { method, url, headers, body }: HttpCall,
  timeoutMs: number,
  { clock, ca }: Tools,
): Promise<HttpOutcome & { readonly waitMs?: number }> {
  try {
    const response = await httpRequest(url, {
      method,
      headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ca,
      signal: AbortSignal.timeout(Math.ceil(timeoutMs)),
    })
    const { status } = response
    const text = await textOf(response, longestAnswer)
    const isBusy = status === 429 || status === 503
    const waitMs = isBusy
      ? retryAfterMs(response.headers['retry-after'], clock.wallMs())
      : undefined
    return { kind: 'answer', status, text, ...(waitMs !== undefined && { waitMs }) }
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'AbortError'
    const reason = isLate ? `no answer within ${Math.ceil(timeoutMs)} ms` : inWords(error)
    return { kind: 'none', reason: `${method} ${shownUrl(url)}: ${reason}` }
  }
}

/** The system's words, but for `socket hang up`. */
function inWords(error: unknown): string {
  const isCut = error instanceof Error && 'code' in error && error.code === 'ECONNRESET'
  return isCut ? 'the connection was closed without an answer' : reasonOf(error)
}

/** Seconds, or a date [RFC 9110 10.2.3]. */
function retryAfterMs(header: string | undefined, nowMs: number): number {
  if (header === undefined) return standardWaitMs
  const seconds = Number(header)
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000)
  const date = Date.parse(header)
  return Number.isNaN(date) ? standardWaitMs : Math.max(0, date - nowMs)
}

/** Without its password, and without the values of its query: one may be a key. */
export function shownUrl(url: string): string {
  return url.replace(/:\/\/[^/]*@/, '://***@').replace(/([?&][^=&#]*)=[^&#]*/g, '$1=***')
}
