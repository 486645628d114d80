import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Socket } from '../ocpp/socket.ts'
import { type Admission, Door, type UpgradeRequest } from './admission.ts'
import { type HttpListener, listenHttp } from './http-listener.ts'
import type { ServerTls } from './tls-settings.ts'
import { type UpgraderOptions, WebSocketUpgrader } from './websocket-upgrader.ts'

export interface ListenOptions<Ticket> extends UpgraderOptions {
  /** Addresses to listen on, all at one port. */
  readonly hosts: readonly string[]
  /** Without TLS; 0 picks a free port, undefined: nowhere. */
  readonly port?: number | undefined
  /** With TLS, beside or in place of `port`. */
  readonly secure?: SecurePort | undefined
  /** WebSockets at once; one more is refused with 503. */
  readonly maxConnections: number
  admit(request: UpgradeRequest): Admission<Ticket> | Promise<Admission<Ticket>>
  accepted(socket: Socket, ticket: Ticket): void
  /** Every request that is no upgrade. */
  request(request: IncomingMessage, response: ServerResponse): void
  /** A TLS handshake came to nothing. */
  handshakeFailed?(reason: string, remoteAddress: string): void
}

export interface SecurePort {
  /** 0 picks a free one. */
  readonly port: number
  readonly tls: ServerTls
}

export interface WebSocketListener {
  /** Without TLS, 0 where there is none. */
  readonly port: number
  /** With TLS, 0 where there is none. */
  readonly securePort: number
  /** WebSockets that are open or closing. */
  readonly connections: number
  /** Stops listening, closes every WebSocket with `code`, drops what is left after `timeoutMs`. */
  close(code: number, reason: string, timeoutMs: number): Promise<void>
}

/**
 * HTTP whose upgrades become WebSockets, on a port without TLS, on one with, or on both. Throws
 * `CSMS_PORT_IN_USE`, `CSMS_LISTEN_FAILED` or `CSMS_TLS_INVALID`.
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
  const { hosts, port, secure } = options
  const shared = {
    hosts,
    request: (request: IncomingMessage, response: ServerResponse) =>
      options.request(request, response),
    upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      void door.handle(request, socket, head),
    handshakeFailed: (reason: string, remoteAddress: string) =>
      options.handshakeFailed?.(reason, remoteAddress),
  }
  const open: HttpListener[] = []
  const listen = async (at: number, tls?: ServerTls): Promise<number> => {
    const http = await listenHttp({ ...shared, port: at, tls })
    open.push(http)
    return http.port
  }
  const gone = async (): Promise<void> => {
    await Promise.all(open.map((http) => http.closed()))
  }
  try {
    const plainPort = port === undefined ? 0 : await listen(port)
    const securePort = secure ? await listen(secure.port, secure.tls) : 0
    return {
      port: plainPort,
      securePort,
      get connections() {
        return upgrader.connections
      },
      async close(code, reason, timeoutMs) {
        door.close()
        for (const http of open) http.stop()
        await upgrader.close(code, reason, timeoutMs)
        await gone()
      },
    }
  } catch (error) {
    await gone()
    throw error
  }
}
