import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Socket } from '../ocpp/socket.ts'
import type { Clock } from '../shared/clock.ts'
import { refuse } from './admission.ts'
import { acceptedCompression, asksForSmallerWindow } from './compression.ts'
import { adaptWebSocket, frameLimits } from './ws-socket.ts'

export interface UpgraderOptions {
  /** Real time. */
  readonly clock: Clock
  /** Longest frame in bytes; a longer one closes the connection with 1009. */
  readonly maxPayload: number
  /** Negotiates permessage-deflate with clients that offer it [2.0.1 Part 4 3.3]. */
  readonly compression: boolean
}

/** Closing handshakes that a peer never finishes. */
const closeTimeoutMs = 5_000

/** Makes WebSockets of upgrades that were let in, wherever their sockets were accepted. */
export class WebSocketUpgrader {
  readonly #clock: Clock
  readonly #maxPayload: number
  readonly #webSockets: WebSocketServer
  readonly #chosen = new WeakMap<IncomingMessage, string>()

  constructor({ clock, maxPayload, compression }: UpgraderOptions) {
    this.#clock = clock
    this.#maxPayload = maxPayload
    const settings = {
      noServer: true,
      maxPayload,
      ...frameLimits,
      closeTimeout: closeTimeoutMs,
      perMessageDeflate: compression && acceptedCompression,
      handleProtocols: (_offered: Set<string>, request: IncomingMessage) =>
        this.#chosen.get(request) ?? false,
    }
    this.#webSockets = new WebSocketServer(settings)
    this.#webSockets.on('wsClientError', (_error, socket) => {
      refuse(socket, { status: 400, reason: 'This is no valid WebSocket upgrade.' })
    })
  }

  /** WebSockets that are open or closing. */
  get connections(): number {
    return this.#webSockets.clients.size
  }

  /** @param protocol the subprotocol to answer with */
  upgrade(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    protocol: string,
    accepted: (socket: Socket) => void,
  ): void {
    this.#chosen.set(request, protocol)
    const { headers } = request
    if (asksForSmallerWindow(headers['sec-websocket-extensions'] ?? '')) {
      delete headers['sec-websocket-extensions']
    }
    this.#webSockets.handleUpgrade(request, socket, head, (ws: WebSocket) => {
      const maxPayload = this.#maxPayload
      accepted(adaptWebSocket(ws, { role: 'server', stream: socket, maxPayload }))
    })
  }

  /** Closes every WebSocket with `code`, drops what is left after `timeoutMs`. */
  async close(code: number, reason: string, timeoutMs: number): Promise<void> {
    const open = [...this.#webSockets.clients]
    if (open.length === 0) return
    let left = open.length
    await new Promise<void>((resolve) => {
      const cancel = this.#clock.after(timeoutMs, () => {
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
}
