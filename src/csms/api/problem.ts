import type { ServerResponse } from 'node:http'

/** An answer of the API that is no success; sent as `{"error": {code, message}}`. */
export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    code: string,
    message: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message)
    this.name = 'Problem'
    this.status = status
    this.code = code
    this.headers = headers
  }
}

/** 404. */
export function unknownStation(stationId: string): Problem {
  return new Problem(404, 'UNKNOWN_STATION', `There is no station ${stationId}.`)
}

export function sendProblem(response: ServerResponse, problem: Problem): void {
  const { status, code, message, headers } = problem
  sendJson(response, status, { error: { code, message } }, headers)
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  sendText(response, status, `${JSON.stringify(body)}\n`, {
    'Content-Type': 'application/json',
    ...headers,
  })
}

/** Not to be cached, nor taken for another kind of content than it says. */
export function sendText(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>>,
): void {
  response.writeHead(status, {
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...headers,
  })
  response.end(text)
}

/** 204. */
export function sendNothing(
  response: ServerResponse,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(204, { 'Cache-Control': 'no-store', ...headers })
  response.end()
}
