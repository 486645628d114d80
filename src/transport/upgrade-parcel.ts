import { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'

/** What a WebSocket handshake needs to know of its request: plain data, for another process. */
export interface UpgradeParcel {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** What the peer sent after the request's headers. */
  readonly head: Uint8Array
  /** The subprotocol to answer with. */
  readonly protocol: string
}

/** Of the request's headers only these: passwords stay where they were checked. */
const handshakeHeaders = [
  'connection',
  'upgrade',
  'sec-websocket-key',
  'sec-websocket-version',
  'sec-websocket-protocol',
  'sec-websocket-extensions',
] as const

/** Wraps up an upgrade whose socket goes to another process in the same turn. */
export function packUpgrade(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  protocol: string,
): UpgradeParcel {
  const headers: Record<string, string> = {}
  for (const name of handshakeHeaders) {
    const value = request.headers[name]
    if (typeof value === 'string') headers[name] = value
  }
  return {
    url: request.url ?? '/',
    headers,
    head: Buffer.concat([head, ...unread(socket)]),
    protocol,
  }
}

/** What arrived while the admission was being decided. */
function* unread(socket: Duplex): Generator<Buffer> {
  for (;;) {
    const chunk: unknown = socket.read()
    if (!Buffer.isBuffer(chunk)) return
    yield chunk
  }
}

/** The request as the process that owns the socket now sees it. */
export function unpackUpgrade({ url, headers }: UpgradeParcel, socket: Socket): IncomingMessage {
  const request = new IncomingMessage(socket)
  request.method = 'GET'
  request.url = url
  request.headers = { ...headers }
  return request
}
