import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server as TcpServer,
} from 'node:net'
import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import { CsmsError, csmsError, messageOf } from '../shared/errors.ts'
import { type ServerTls, serverTlsOptions } from './tls-settings.ts'

export interface HttpOptions {
  /** Addresses to listen on, all at one port. */
  readonly hosts: readonly string[]
  /** 0 picks a port that is free on all of them. */
  readonly port: number
  /** Every request that is no upgrade. */
  request(request: IncomingMessage, response: ServerResponse): void
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** HTTP over TLS; undefined = not encrypted. */
  readonly tls?: ServerTls | undefined
  /** Real ms that a peer may take for a TLS handshake, and for the head of a request. Default 10,000. */
  readonly patienceMs?: number | undefined
  /** A TLS handshake came to nothing. */
  handshakeFailed?(reason: string, remoteAddress: string): void
}

/** HTTP on one port of one or several addresses. */
export interface HttpListener {
  readonly port: number
  /** Accepts no connection any more; those that wait for nothing are closed. */
  stop(): void
  /** Drops what is left; resolves when every connection is gone. */
  closed(): Promise<void>
}

/** A peer that stalls before it is a WebSocket holds resources no longer than this. */
const patienceMs = 10_000
/** Logs of 64 MiB come over slow lines; a body that stands still is given up sooner (`stall.ts`). */
const longestRequestMs = 15 * 60_000
const longestHeadersBytes = 16 * 1024
/** Whole fleets connect at once after a power loss; the kernel caps this at its own limit. */
const listenBacklog = 4096
/** How often a port is picked that turns out to be taken on another address. */
const portAttempts = 20

/** Throws `CSMS_PORT_IN_USE`, `CSMS_LISTEN_FAILED` or `CSMS_TLS_INVALID`. */
export async function listenHttp(options: HttpOptions): Promise<HttpListener> {
  const { servers, port } = await listenWith(() => httpServer(options), options)
  return listener(servers, port)
}

/** Bare TCP, for other processes to accept from. Throws `CSMS_PORT_IN_USE` or `CSMS_LISTEN_FAILED`. */
export function listenTcp(hosts: readonly string[], port: number): Promise<Listening<TcpServer>> {
  return listenWith(createTcpServer, { hosts, port })
}

interface Listening<Any extends TcpServer> {
  /** One for each address. */
  readonly servers: readonly Any[]
  readonly port: number
}

async function listenWith<Any extends TcpServer>(
  make: () => Any,
  where: Pick<HttpOptions, 'hosts' | 'port'>,
): Promise<Listening<Any>> {
  for (let attempt = 1; ; attempt += 1) {
    const servers = where.hosts.map(() => make())
    try {
      return { servers, port: await listenAll(servers, where) }
    } catch (error) {
      for (const server of servers) server.close()
      const taken = error instanceof CsmsError && error.code === 'CSMS_PORT_IN_USE'
      if (!taken || where.port !== 0 || attempt === portAttempts) throw error
    }
  }
}

function limits({ patienceMs: headersTimeout = patienceMs }: Pick<HttpOptions, 'patienceMs'>) {
  return {
    headersTimeout,
    requestTimeout: Math.max(longestRequestMs, headersTimeout),
    connectionsCheckingInterval: Math.min(2_000, headersTimeout),
    maxHeaderSize: longestHeadersBytes,
  }
}

type ServerParts = 'request' | 'upgrade' | 'tls' | 'handshakeFailed' | 'patienceMs'

/** Not listening yet. Throws `CSMS_TLS_INVALID` for certificates that do not fit their keys. */
export function httpServer(options: Pick<HttpOptions, ServerParts>): Server {
  const { tls } = options
  const answer = (request: IncomingMessage, response: ServerResponse) =>
    options.request(request, response)
  const server = tls ? secureServer(tls, answer, options) : createServer(limits(options), answer)
  server.on('upgrade', (request, socket, head) => options.upgrade(request, socket, head))
  return server
}

function secureServer(
  tls: ServerTls,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  options: Pick<HttpOptions, 'handshakeFailed' | 'patienceMs'>,
): Server {
  let server: Server
  try {
    const handshakeTimeout = options.patienceMs ?? patienceMs
    const settings = { ...limits(options), ...serverTlsOptions(tls), handshakeTimeout }
    server = createSecureServer(settings, answer)
  } catch (error) {
    const reason = messageOf(error)
    throw csmsError('CSMS_TLS_INVALID', { reason }, error)
  }
  server.on('tlsClientError', (error: NodeJS.ErrnoException, socket: TLSSocket) => {
    options.handshakeFailed?.(handshakeFault(error), socket.remoteAddress ?? '')
  })
  return server
}

/** `ERR_SSL_NO_SHARED_CIPHER` as "no shared cipher". */
function handshakeFault({ code = '', message }: NodeJS.ErrnoException): string {
  if (code === 'ECONNRESET') return 'the peer hung up during the handshake'
  if (!code.startsWith('ERR_SSL_')) return message || code
  return code
    .slice('ERR_SSL_'.length)
    .replace(/^(SSL|TLS)V?[\d_]*_(?=ALERT)/, '')
    .replaceAll('_', ' ')
    .toLowerCase()
}

function listener(servers: readonly Server[], port: number): HttpListener {
  let gone: Promise<unknown> | undefined
  const stop = (): void => {
    gone ??= Promise.all(
      servers.map(
        (server) =>
          new Promise<void>((resolve) => {
            server.close(() => resolve())
            server.closeIdleConnections()
          }),
      ),
    )
  }
  return {
    port,
    stop,
    async closed() {
      stop()
      for (const server of servers) server.closeAllConnections()
      await gone
    },
  }
}

/** The first address decides the port where any will do. */
async function listenAll(
  servers: readonly TcpServer[],
  { hosts, port }: Pick<HttpOptions, 'hosts' | 'port'>,
): Promise<number> {
  let common = port
  for (const [at, server] of servers.entries()) {
    common = await listen(server, hosts[at] ?? '', common)
  }
  return common
}

function listen(server: TcpServer, host: string, port: number): Promise<number> {
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
