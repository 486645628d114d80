/** How a command that was posted to an operator's API ended. */
export type CommandAnswer =
  | { readonly status: 'answered'; readonly payload: object }
  | {
      readonly status: 'callError'
      readonly code: string
      readonly description: string
      readonly details: object
    }
  /** Not sent, or not answered; HTTP status and the API's own sentence. */
  | { readonly status: 'failed'; readonly httpStatus: number; readonly message: string }
  /** Nobody listens there, or something else does. */
  | { readonly status: 'unreachable'; readonly reason: string }

export interface CommandRequest {
  readonly stationId: string
  readonly action: string
  readonly payload: object
  readonly waitMs: number
  /** Where the API takes one. */
  readonly apiKey?: string | undefined
}

/**
 * Loads what `fetch` loads at its first use, which holds the event loop for 50 ms and more: to be
 * done before anything is measured. Sends nothing.
 */
export function prepareRequests(): void {
  void fetch('data:,')
}

/** `POST {api}/api/v1/stations/{id}/commands/{action}?wait=…`. Never rejects. */
export async function postCommand(api: string, request: CommandRequest): Promise<CommandAnswer> {
  const { stationId, action, payload, waitMs, apiKey } = request
  const path = `stations/${encodeURIComponent(stationId)}/commands/${encodeURIComponent(action)}`
  try {
    const response = await fetch(`${api.replace(/\/+$/, '')}/api/v1/${path}?wait=${waitMs}ms`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(apiKey !== undefined && { Authorization: `Bearer ${apiKey}` }),
      },
      body: JSON.stringify(payload),
      // The API ends a wait itself; this is for one that does not.
      signal: AbortSignal.timeout(waitMs + 10_000),
    })
    return read(response.status, await response.text())
  } catch (error) {
    return { status: 'unreachable', reason: reasonOf(error) }
  }
}

function read(httpStatus: number, text: string): CommandAnswer {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return { status: 'unreachable', reason: `HTTP ${httpStatus} without a JSON body` }
  }
  if (isAnswer(body)) return body
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : body
  const message =
    typeof error === 'object' && error !== null && 'message' in error
      ? String(error.message)
      : `HTTP ${httpStatus}`
  return { status: 'failed', httpStatus, message }
}

function isAnswer(body: unknown): body is Extract<CommandAnswer, { status: 'answered' }> {
  return (
    typeof body === 'object' &&
    body !== null &&
    'status' in body &&
    (body.status === 'answered' || body.status === 'callError')
  )
}

/** The system's own words for why a request failed. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof AggregateError && error.errors[0]) return reasonOf(error.errors[0])
  const { cause } = error
  return cause instanceof Error ? reasonOf(cause) : error.message
}
