import type { IncomingMessage } from 'node:http'
import type { createConnection as createTcpConnection, TcpNetConnectOpts } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocket } from 'ws'
import type { ConnectFailure, Dial, DialResult, StationTls } from '../ocpp/dial.ts'
import { realClock } from '../platform/real-clock.ts'
import { messageOf } from '../shared/errors.ts'
import { offeredCompression } from './compression.ts'
import { connectDirect, type DirectReads } from './direct-reads.ts'
import { type ClientTls, type SecureAttempt, TlsClient } from './tls-client.ts'
import { adaptWebSocket, frameLimits } from './ws-socket.ts'

export interface WebSocketDialOptions extends ClientTls {
  /** Offers permessage-deflate; off by default, its cost belongs in no load figure unasked. */
  readonly compression?: boolean
  /** Longest frame to accept, bytes; a longer one closes the connection with 1009. */
  readonly maxPayload?: number
  /** Addresses of this machine that connections leave from, in turn; default: the system's choice. */
  readonly localAddresses?: readonly string[]
  /** Addresses by `host:port`, in place of what the name stands for. */
  readonly resolve?: Readonly<Record<string, string>> | undefined
}

/** Larger than any OCPP message; `ws` would take 100 MiB. */
const defaultMaxPayload = 1024 * 1024

/** What the sockets of one dial share. */
interface Shared {
  readonly options: WebSocketDialOptions
  readonly tls: TlsClient
  readonly localAddress: string | undefined
}

/** Opens WebSockets over the network with one set of TLS options. */
export function webSocketDial(options: WebSocketDialOptions = {}): Dial {
  const { localAddresses = [] } = options
  const tls = new TlsClient(options, () => realClock.monotonicMicros())
  let attempts = 0
  return (request, result) => {
    const localAddress = localAddresses[attempts % localAddresses.length]
    attempts += 1
    const attempt = new Attempt(request, result)
    const shared = { options, tls, localAddress }
    if (request.url.startsWith('wss:')) void attempt.beginWith(shared, request.tls)
    else attempt.begin(shared, {})
    return () => attempt.giveUp()
  }
}

type DialRequest = Parameters<Dial>[0]

/** One way from a dial to an open WebSocket, or to the reason why there is none. */
class Attempt {
  readonly #request: DialRequest
  readonly #result: DialResult
  #ws: WebSocket | undefined
  #secure: SecureAttempt | undefined
  #over = false

  constructor(request: DialRequest, result: DialResult) {
    this.#request = request
    this.#result = result
  }

  /** As `begin`, once it is known what the station brings to the handshake. */
  async beginWith(shared: Shared, stationTls: DialRequest['tls']): Promise<void> {
    try {
      const station = (await stationTls?.()) ?? {}
      if (!this.#over) this.begin(shared, station)
    } catch (error) {
      const reason = messageOf(error)
      this.#finish(() => this.#result.failed('tls', reason))
    }
  }

  begin({ options, tls, localAddress }: Shared, station: StationTls): void {
    const { maxPayload = defaultMaxPayload } = options
    const { url, protocols, headers, timeoutMs } = this.#request
    const compression = this.#request.compression ?? options.compression ?? false
    let reads: DirectReads | undefined
    const createConnection = ((given: TcpNetConnectOpts) => {
      const where = resolved(given, options.resolve)
      if (url.startsWith('wss:')) {
        // `path` is the HTTP request's; to `connect` it would name a pipe.
        const { path: _path, ...there } = where as TcpNetConnectOpts & { readonly path?: unknown }
        this.#secure = tls.connect(url, given.host ?? '', there, station)
        return this.#secure.socket
      }
      const direct = connectDirect(where)
      reads = direct.reads
      return direct.socket
    }) as typeof createTcpConnection
    const ws = new WebSocket(url, [...protocols], {
      headers,
      handshakeTimeout: timeoutMs,
      perMessageDeflate: compression && offeredCompression,
      maxPayload,
      ...frameLimits,
      followRedirects: false,
      createConnection,
      ...(localAddress !== undefined && { localAddress }),
    })
    this.#ws = ws
    let stream: Duplex | undefined
    ws.once('upgrade', (response: IncomingMessage) => {
      stream = response.socket
    })
    ws.once('open', () => {
      if (!stream) return
      const socket = adaptWebSocket(ws, { role: 'client', stream, maxPayload, reads })
      this.#finish(() => this.#result.opened(socket, this.#secure?.handshake))
    })
    ws.once('unexpected-response', (outgoing, response: IncomingMessage) => {
      outgoing.destroy()
      const status = response.statusCode ?? 0
      const detail = `HTTP ${status} ${response.statusMessage}`
      const challenge = response.headers['www-authenticate'] ?? null
      this.#finish(() => this.#result.failed('http', detail, status, challenge))
    })
    ws.on('error', (error: NodeJS.ErrnoException) => this.#failed(error))
  }

  giveUp(): void {
    this.#over = true
    this.#ws?.terminate()
  }

  #failed(error: NodeJS.ErrnoException): void {
    const shaking = this.#secure !== undefined && this.#secure.handshake === undefined
    const failure = failureOf(error, shaking)
    const sentence = sentenceOf(error, this.#request.timeoutMs)
    const code = failure === 'tls' && error.code ? ` (${error.code})` : ''
    this.#finish(() => this.#result.failed(failure, sentence + code))
  }

  #finish(report: () => void): void {
    if (this.#over) return
    this.#over = true
    report()
  }
}

/** `--resolve`: another address under the same name. */
function resolved(
  where: TcpNetConnectOpts,
  addresses: WebSocketDialOptions['resolve'],
): TcpNetConnectOpts {
  const address = addresses?.[`${where.host}:${where.port}`]
  return address === undefined ? where : { ...where, host: address }
}

const failureOfCode: Readonly<Record<string, ConnectFailure>> = {
  EMFILE: 'local',
  ENFILE: 'local',
  ENOBUFS: 'local',
  ENOMEM: 'local',
  EADDRNOTAVAIL: 'local',
  EADDRINUSE: 'local',
  ETIMEDOUT: 'timeout',
  EPROTO: 'tls',
}

/** @param shaking TLS was begun and not finished */
function failureOf(error: NodeJS.ErrnoException, shaking: boolean): ConnectFailure {
  const code = error.code ?? ''
  if (shaking && code === 'ECONNRESET') return 'tls'
  const known = failureOfCode[code]
  if (known) return known
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(code)) return 'tls'
  if (error.message === 'Opening handshake has timed out') return 'timeout'
  if (/subprotocol|Sec-WebSocket|upgrade/i.test(error.message)) return 'protocol'
  return code.startsWith('HPE_') ? 'protocol' : 'refused'
}

function sentenceOf(error: NodeJS.ErrnoException, timeoutMs: number): string {
  if (error.message === 'Opening handshake has timed out') {
    return `no answer to the WebSocket upgrade within ${timeoutMs / 1000} s`
  }
  // A host name with several addresses fails with an AggregateError, whose own message is empty.
  return error.message || error.code || 'the connection failed'
}
