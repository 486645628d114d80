import type { IncomingMessage, ServerResponse } from 'node:http'
import { listenHttp } from '../transport/http-listener.ts'

/** Serves a run's metrics while it goes on. */
export interface MetricsEndpoint {
  readonly url: string
  stop(): Promise<void>
}

const host = '127.0.0.1'
const path = '/metrics'

/**
 * `GET /metrics` on the loopback address; a tunnel or an agent on this machine takes it further.
 *
 * @param port 0 picks a free one
 * @param text asked at every scrape
 * @throws CSMS_PORT_IN_USE, CSMS_LISTEN_FAILED
 */
export async function startMetricsEndpoint(
  port: number,
  text: () => string,
): Promise<MetricsEndpoint> {
  const listener = await listenHttp({
    hosts: [host],
    port,
    request: (request, response) => answer(request, response, text),
    upgrade: (_request, socket) => socket.destroy(),
  })
  return {
    url: `http://${host}:${listener.port}${path}`,
    stop: () => listener.closed(),
  }
}

function answer(request: IncomingMessage, response: ServerResponse, text: () => string): void {
  const asked = (request.url ?? '').split('?')[0]
  if (asked !== path) {
    response.writeHead(404, plain).end(`There is only ${path}.\n`)
  } else if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { ...plain, allow: 'GET, HEAD' }).end('GET it.\n')
  } else {
    const type = 'text/plain; version=0.0.4; charset=utf-8'
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store' })
    response.end(request.method === 'HEAD' ? undefined : text())
  }
}

const plain = { 'content-type': 'text/plain; charset=utf-8' } as const
