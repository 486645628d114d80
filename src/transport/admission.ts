import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { type PeerTls, peerTls } from './peer-tls.ts'

/** An HTTP request that asks to become a WebSocket. */
export interface UpgradeRequest {
  /** Path and query as they stood on the request line. */
  readonly url: string
  /** The offered subprotocols, in the client's order of preference. */
  readonly protocols: readonly string[]
  readonly authorization: string | undefined
  /** Where a web page comes from that asks; browsers say it, stations seldom. */
  readonly origin?: string | undefined
  /** As the peer calls this server, with its port. */
  readonly host?: string | undefined
  readonly remoteAddress: string
  /** Undefined where the connection is not encrypted. */
  readonly tls: PeerTls | undefined
}

/** What to do with an upgrade; `ticket` is handed on to whoever takes the socket. */
export type Admission<Ticket> = Admitted<Ticket> | Refusal

export interface Admitted<Ticket> {
  readonly ticket: Ticket
  readonly protocol: string
}

export interface Refusal {
  readonly status: number
  /** One sentence, sent as the body. */
  readonly reason: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface DoorOptions<Ticket> {
  /** WebSockets at once; one more is refused with 503. */
  readonly maxConnections: number
  /** WebSockets that are open or closing. */
  readonly connections: () => number
  admit(request: UpgradeRequest): Admission<Ticket> | Promise<Admission<Ticket>>
  /** Takes over an upgrade that was let in; it must listen for the socket's errors. */
  take(request: IncomingMessage, socket: Duplex, head: Buffer, admitted: Admitted<Ticket>): void
}

export const stopping: Refusal = { status: 503, reason: 'The server is stopping.' }

/** Decides on every upgrade once, and refuses in plain HTTP. */
export class Door<Ticket> {
  readonly #options: DoorOptions<Ticket>
  #admitting = 0
  #closed = false

  constructor(options: DoorOptions<Ticket>) {
    this.#options = options
  }

  /** Lets nobody in any more. */
  close(): void {
    this.#closed = true
  }

  async handle(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    // The peer may vanish while its admission is being decided.
    const ignore = () => {}
    socket.on('error', ignore)
    const admission = await this.decide(upgradeRequest(request, socket))
    if ('status' in admission) {
      refuse(socket, admission)
      return
    }
    this.#options.take(request, socket, head, admission)
    socket.removeListener('error', ignore)
  }

  /** Decides on an upgrade that somebody else answers. */
  async decide(request: UpgradeRequest): Promise<Admission<Ticket>> {
    const decided = await this.#admission(request)
    return this.#closed ? stopping : decided
  }

  async #admission(request: UpgradeRequest): Promise<Admission<Ticket>> {
    if (this.#options.connections() + this.#admitting >= this.#options.maxConnections) {
      return { status: 503, reason: 'Too many connections.', headers: { 'Retry-After': '10' } }
    }
    this.#admitting += 1
    try {
      return await this.#options.admit(request)
    } catch {
      return { status: 500, reason: 'The upgrade could not be decided.' }
    } finally {
      this.#admitting -= 1
    }
  }
}

/** What admission looks at: plain data. */
export function upgradeRequest(request: IncomingMessage, socket: Duplex): UpgradeRequest {
  const { origin, host, authorization } = request.headers
  const offer = request.headers['sec-websocket-protocol'] ?? ''
  return {
    url: request.url ?? '/',
    protocols: offer
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    authorization,
    origin,
    host,
    remoteAddress: request.socket.remoteAddress ?? '',
    tls: peerTls(socket),
  }
}

/** Answers an upgrade in plain HTTP and hangs up. */
export function refuse(socket: Duplex, { status, reason, headers = {} }: Refusal): void {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.once('finish', () => socket.destroy())
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n` +
      'Connection: close\r\nContent-Type: text/plain; charset=utf-8\r\n' +
      `Content-Length: ${Buffer.byteLength(reason)}\r\n${lines.join('')}\r\n${reason}`,
  )
}
