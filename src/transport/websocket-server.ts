import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from '../ocpp/socket.ts'
import { type Admission, Door, type UpgradeRequest } from './admission.ts'
import { listenHttp } from './http-listener.ts'
import { type UpgraderOptions, WebSocketUpgrader } from './websocket-upgrader.ts'

export interface ListenOptions<Ticket> extends UpgraderOptions {
  /** Addresses to listen on, all at one port. */
  readonly hosts: readonly string[]
  /** 0 picks a free port. */
  readonly port: number
  /** WebSockets at once; one more is refused with 503. */
  readonly maxConnections: number
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

/**
 * One HTTP server whose upgrades become WebSockets. Throws `CSMS_PORT_IN_USE` or
 * `CSMS_LISTEN_FAILED`.
 */
export async function listenWebSocket<Ticket>(
  options: ListenOptions<Ticket>,
): Promise<WebSocketListener> {
  const upgrader = new WebSocketUpgrader(options)
  const door = new Door<Ticket>({
    maxConnections: options.maxConnections,
    connections: () => upgrader.connections,
    admit: (request) => options.admit(request),
    take: (request, socket, head, { protocol, ticket }) =>
      upgrader.upgrade(request, socket, head, protocol, (webSocket) =>
        options.accepted(webSocket, ticket),
      ),
  })
  const { hosts, port } = options
  const http = await listenHttp({
    hosts,
    port,
    request: (request, response) => options.request(request, response),
    upgrade: (request, socket, head) => void door.handle(request, socket, head),
  })
  return {
    port: http.port,
    get connections() {
      return upgrader.connections
    },
    async close(code, reason, timeoutMs) {
      door.close()
      http.stop()
      await upgrader.close(code, reason, timeoutMs)
      await http.closed()
    },
  }
}
