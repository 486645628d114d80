import type { IncomingMessage } from 'node:http'
import type { createConnection as createTcpConnection, TcpNetConnectOpts } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocket } from 'ws'
import type { ConnectFailure, Dial } from '../ocpp/dial.ts'
import { connectDirect, type DirectReads } from './direct-reads.ts'
import { adaptWebSocket, frameLimits } from './ws-socket.ts'

export interface WebSocketDialOptions {
  /** PEM text of the authorities to trust instead of the system's. */
  readonly ca?: string
  /** PEM text of a client certificate and its key (security profile 3). */
  readonly cert?: string
  readonly key?: string
  /** Accepts any server certificate. */
  readonly insecure?: boolean
  /** Offers permessage-deflate; off by default, its cost belongs in no load figure unasked. */
  readonly compression?: boolean
  /** Longest frame to accept, bytes; a longer one closes the connection with 1009. */
  readonly maxPayload?: number
  /** Addresses of this machine that connections leave from, in turn; default: the system's choice. */
  readonly localAddresses?: readonly string[]
}

/** Larger than any OCPP message; `ws` would take 100 MiB. */
const defaultMaxPayload = 1024 * 1024

/** Opens WebSockets over the network with one set of TLS options. */
export function webSocketDial(options: WebSocketDialOptions = {}): Dial {
  const { ca, cert, key, insecure, compression = false, localAddresses = [] } = options
  const { maxPayload = defaultMaxPayload } = options
  let attempts = 0
  return (request, result) => {
    const localAddress = localAddresses[attempts % localAddresses.length]
    attempts += 1
    let over = false
    const finish = (report: () => void): void => {
      if (over) return
      over = true
      report()
    }
    let reads: DirectReads | undefined
    const createConnection = ((where: TcpNetConnectOpts) => {
      const direct = connectDirect(where)
      reads = direct.reads
      return direct.socket
    }) as typeof createTcpConnection
    const ws = new WebSocket(request.url, [...request.protocols], {
      headers: request.headers,
      handshakeTimeout: request.timeoutMs,
      perMessageDeflate: compression,
      maxPayload,
      ...frameLimits,
      followRedirects: false,
      ...(localAddress !== undefined && { localAddress }),
      ...(!request.url.startsWith('wss:') && { createConnection }),
      ...(ca !== undefined && { ca }),
      ...(cert !== undefined && { cert }),
      ...(key !== undefined && { key }),
      ...(insecure === true && { rejectUnauthorized: false }),
    })
    let stream: Duplex | undefined
    ws.once('upgrade', (response: IncomingMessage) => {
      stream = response.socket
    })
    ws.once('open', () => {
      if (!stream) return
      const socket = adaptWebSocket(ws, { role: 'client', stream, maxPayload, reads })
      finish(() => result.opened(socket))
    })
    ws.once('unexpected-response', (outgoing, response: IncomingMessage) => {
      outgoing.destroy()
      const status = response.statusCode ?? 0
      finish(() => result.failed('http', `HTTP ${status} ${response.statusMessage}`, status))
    })
    ws.on('error', (error: NodeJS.ErrnoException) =>
      finish(() => result.failed(failureOf(error), sentenceOf(error, request.timeoutMs))),
    )
    return () => {
      over = true
      ws.terminate()
    }
  }
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

function failureOf(error: NodeJS.ErrnoException): ConnectFailure {
  const code = error.code ?? ''
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
