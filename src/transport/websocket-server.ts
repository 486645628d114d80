import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Socket } from '../ocpp/socket.ts'
import type { Clock } from '../shared/clock.ts'
import { csmsError } from '../shared/errors.ts'
import { adaptWebSocket, frameLimits } from './ws-socket.ts'

/** An HTTP request that asks to become a WebSocket. */
export interface UpgradeRequest {
  /** Path and query as they stood on the request line. */
  readonly url: string
  /** The offered subprotocols, in the client's order of preference. */
  readonly protocols: readonly string[]
  readonly authorization: string | undefined
  readonly remoteAddress: string
}

/** What to do with an upgrade; `ticket` is handed on to `accepted`. */
export type Admission<Ticket> =
  | { readonly ticket: Ticket; readonly protocol: string }
  | {
      readonly status: number
      /** One sentence, sent as the body. */
      readonly reason: string
      readonly headers?: Readonly<Record<string, string>>
    }

export interface ListenOptions<Ticket> {
  /** Real time. */
  readonly clock: Clock
  readonly host: string
  /** 0 picks a free port. */
  readonly port: number
  /** Longest frame in bytes; a longer one closes the connection with 1009. */
  readonly maxPayload: number
  /** WebSockets at once; one more is refused with 503. */
  readonly maxConnections: number
  /** Negotiates permessage-deflate with clients that offer it [2.0.1 Part 4 3.4]. */
  readonly compression: boolean
  admit(request: UpgradeRequest): Admission<Ticket> | Promise<Admission<Ticket>>
  accepted(socket: Socket, ticket: Ticket): void
  /** Every request that is no upgrade. */
  request(request: IncomingMessage, response: ServerResponse): void
}

export interface WebSocketListener {
  readonly port: number
  /** WebSockets that are open or closing. */
  readonly connections: number
  /** Stops listening, closes every WebSocket with `code`, drops what is left after `timeoutMs`. */
  close(code: number, reason: string, timeoutMs: number): Promise<void>
}

const stopping = { status: 503, reason: 'The server is stopping.' } as const

/** A peer that stalls before it is a WebSocket holds resources no longer than this. */
const handshakeTimeoutMs = 10_000
const longestHeadersBytes = 16 * 1024
/** Closing handshakes that a peer never finishes. */
const closeTimeoutMs = 5_000
/** Whole fleets connect at once after a power loss; the kernel caps this at its own limit. */
const listenBacklog = 4096

/**
 * One HTTP server whose upgrades become WebSockets. Throws `CSMS_PORT_IN_USE` or
 * `CSMS_LISTEN_FAILED`.
 */
export async function listenWebSocket<Ticket>(
  options: ListenOptions<Ticket>,
): Promise<WebSocketListener> {
  const server = createServer(
    {
      headersTimeout: handshakeTimeoutMs,
      requestTimeout: handshakeTimeoutMs * 3,
      connectionsCheckingInterval: 2_000,
      maxHeaderSize: longestHeadersBytes,
    },
    (request, response) => options.request(request, response),
  )
  const upgrades = new Upgrades(options)
  server.on('upgrade', (request, socket, head) => {
    void upgrades.handle(request, socket, head)
  })
  const port = await listen(server, options.host, options.port)
  return {
    port,
    get connections() {
      return upgrades.connections
    },
    async close(code, reason, timeoutMs) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      await upgrades.close(code, reason, timeoutMs)
      server.closeAllConnections()
      await closed
    },
  }
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const inUse = error.code === 'EADDRINUSE'
      reject(
        inUse
          ? csmsError('CSMS_PORT_IN_USE', { host, port }, error)
          : csmsError('CSMS_LISTEN_FAILED', { host, port, reason: error.message }, error),
      )
    })
    server.listen({ host, port, backlog: listenBacklog }, () => {
      server.removeAllListeners('error')
      // Accepting can fail later (out of file descriptors): the peer retries, the server lives on.
      server.on('error', () => {})
      resolve((server.address() as AddressInfo).port)
    })
  })
}

class Upgrades<Ticket> {
  readonly #options: ListenOptions<Ticket>
  readonly #webSockets: WebSocketServer
  readonly #chosen = new WeakMap<IncomingMessage, string>()
  #admitting = 0
  #closing = false

  constructor(options: ListenOptions<Ticket>) {
    this.#options = options
    const settings = {
      noServer: true,
      maxPayload: options.maxPayload,
      ...frameLimits,
      closeTimeout: closeTimeoutMs,
      perMessageDeflate: options.compression && {
        // Both windows start empty with every frame: no dictionary per connection stays in memory.
        serverNoContextTakeover: true,
        clientNoContextTakeover: true,
        threshold: 1024,
      },
      handleProtocols: (_offered: Set<string>, request: IncomingMessage) =>
        this.#chosen.get(request) ?? false,
    }
    this.#webSockets = new WebSocketServer(settings)
    this.#webSockets.on('wsClientError', (_error, socket) => {
      refuse(socket, 400, 'This is no valid WebSocket upgrade.')
    })
  }

  get connections(): number {
    return this.#webSockets.clients.size
  }

  async handle(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    // The peer may vanish while its admission is being decided.
    const ignore = () => {}
    socket.on('error', ignore)
    const decided = await this.#admission(request)
    const admission: Admission<Ticket> = this.#closing ? stopping : decided
    if ('status' in admission) {
      refuse(socket, admission.status, admission.reason, admission.headers)
      return
    }
    this.#chosen.set(request, admission.protocol)
    socket.removeListener('error', ignore)
    this.#webSockets.handleUpgrade(request, socket, head, (ws: WebSocket) => {
      const transport = {
        role: 'server',
        stream: socket,
        maxPayload: this.#options.maxPayload,
      } as const
      this.#options.accepted(adaptWebSocket(ws, transport), admission.ticket)
    })
  }

  async close(code: number, reason: string, timeoutMs: number): Promise<void> {
    this.#closing = true
    const open = [...this.#webSockets.clients]
    if (open.length === 0) return
    let left = open.length
    await new Promise<void>((resolve) => {
      const cancel = this.#options.clock.after(timeoutMs, () => {
        for (const ws of open) ws.terminate()
      })
      for (const ws of open) {
        ws.once('close', () => {
          left -= 1
          if (left > 0) return
          cancel()
          resolve()
        })
        ws.close(code, reason)
      }
    })
  }

  async #admission(request: IncomingMessage): Promise<Admission<Ticket>> {
    if (this.connections + this.#admitting >= this.#options.maxConnections) {
      return { status: 503, reason: 'Too many connections.', headers: { 'Retry-After': '10' } }
    }
    this.#admitting += 1
    try {
      return await this.#options.admit(upgradeRequest(request))
    } catch {
      return { status: 500, reason: 'The upgrade could not be decided.' }
    } finally {
      this.#admitting -= 1
    }
  }
}

function upgradeRequest(request: IncomingMessage): UpgradeRequest {
  const offer = request.headers['sec-websocket-protocol'] ?? ''
  return {
    url: request.url ?? '/',
    protocols: offer
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    authorization: request.headers.authorization,
    remoteAddress: request.socket.remoteAddress ?? '',
  }
}

function refuse(
  socket: Duplex,
  status: number,
  reason: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.once('finish', () => socket.destroy())
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n` +
      'Connection: close\r\nContent-Type: text/plain; charset=utf-8\r\n' +
      `Content-Length: ${Buffer.byteLength(reason)}\r\n${lines.join('')}\r\n${reason}`,
  )
}
