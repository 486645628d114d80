import {
  createServer as createHttpServer,
  type Server as HttpServer,
  type IncomingMessage,
} from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { TLSSocket } from 'node:tls'
import { WebSocket, WebSocketServer } from 'ws'

type Side = 'station' | 'csms'

/** A frame as somebody between the two sides saw it. */
export interface TappedFrame {
  /** Which WebSocket, in the order of their opening; from 1. */
  readonly connection: number
  readonly from: Side
  readonly kind: 'call' | 'result' | 'error' | 'resultError' | 'send'
  readonly id: string
  /** Of an answer: that of its CALL. Of a CALLRESULTERROR: empty. */
  readonly action: string
  /** Of an error: `{code, description}`. */
  readonly payload: object
}

export interface TapOptions {
  /** Speaks TLS to the stations, and asks for their certificates. The way on is without TLS. */
  readonly tls?: { readonly cert: string; readonly key: string; readonly ca: string }
  /** After each frame that went through. */
  readonly heard?: () => void
}

/**
 * A relay between stations and a management system: what it hands on it writes down. It believes
 * neither side: a frame is what went over its sockets.
 */
export class FrameTap implements AsyncDisposable {
  readonly url: string
  readonly frames: TappedFrame[] = []
  /** By connection: the serial number of the certificate that the station presented. */
  readonly certificates: (string | undefined)[] = []
  readonly #http: HttpServer
  readonly #upstream: string
  readonly #heard: () => void
  readonly #server = new WebSocketServer({
    noServer: true,
    handleProtocols: ([first]) => first ?? false,
  })
  readonly #sockets = new Set<WebSocket>()
  /** Actions of the CALLs that wait for their answer, by who sent them and message id. */
  readonly #asked = new Map<string, string>()

  private constructor(http: HttpServer, upstream: string, { tls, heard }: TapOptions) {
    this.#http = http
    this.#upstream = upstream
    this.#heard = heard ?? (() => undefined)
    const { port } = http.address() as AddressInfo
    this.url = `${tls ? 'wss' : 'ws'}://127.0.0.1:${port}`
    http.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head))
  }

  /** @param upstream `ws://host:port`, the management system */
  static async start(upstream: string, options: TapOptions = {}): Promise<FrameTap> {
    const { tls } = options
    const http = tls
      ? createHttpsServer({ ...tls, requestCert: true, rejectUnauthorized: true })
      : createHttpServer()
    await new Promise<void>((resolve) => {
      http.listen(0, '127.0.0.1', resolve)
    })
    return new FrameTap(http, upstream, options)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.terminate()
    this.#http.closeAllConnections()
    await new Promise((resolve) => {
      this.#http.close(resolve)
    })
  }

  /** The station is let in when the management system has let it in. */
  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { authorization, 'sec-websocket-protocol': protocols = '' } = request.headers
    const far = new WebSocket(`${this.#upstream}${request.url ?? ''}`, protocols.split(/, */), {
      ...(authorization !== undefined && { headers: { authorization } }),
    })
    this.#sockets.add(far)
    far.on('error', () => socket.destroy())
    far.on('open', () => {
      this.#server.handleUpgrade(request, socket, head, (near) => {
        this.#sockets.add(near)
        near.on('error', () => far.terminate())
        const connection = this.certificates.push(serialOf(request))
        this.#relay(connection, 'station', near, far)
        this.#relay(connection, 'csms', far, near)
      })
    })
  }

  #relay(connection: number, from: Side, source: WebSocket, sink: WebSocket): void {
    source.on('message', (data: Buffer) => {
      const text = data.toString()
      this.#note(connection, from, text)
      sink.send(text)
      this.#heard()
    })
    source.on('close', (code, reason) => {
      this.#sockets.delete(source)
      if (code === 1006) sink.terminate()
      else if (code === 1005) sink.close()
      else sink.close(code, reason)
      this.#heard()
    })
  }

  #note(connection: number, from: Side, text: string): void {
    const [type, id, third, fourth, details] = JSON.parse(text) as [number, string, ...unknown[]]
    const key = (asker: Side) => `${connection} ${asker} ${id}`
    if (type === 2 || type === 6) {
      const action = String(third)
      const kind = type === 2 ? 'call' : 'send'
      if (kind === 'call') this.#asked.set(key(from), action)
      this.frames.push({ connection, from, kind, id, action, payload: fourth as object })
      return
    }
    const error = { code: third, description: fourth, details }
    // [2.1 Part 4 4.2.3] Of a CALLRESULT of the other side: the CALL was settled with it.
    if (type === 5) {
      this.frames.push({ connection, from, kind: 'resultError', id, action: '', payload: error })
      return
    }
    const asker = key(from === 'station' ? 'csms' : 'station')
    const action = this.#asked.get(asker)
    if (action === undefined) throw new Error(`${from} answers what nobody asked: ${text}`)
    this.#asked.delete(asker)
    this.frames.push(
      type === 3
        ? { connection, from, kind: 'result', id, action, payload: third as object }
        : { connection, from, kind: 'error', id, action, payload: error },
    )
  }
}

function serialOf({ socket }: IncomingMessage): string | undefined {
  return socket instanceof TLSSocket ? socket.getPeerCertificate().serialNumber : undefined
}
