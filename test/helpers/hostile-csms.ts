import { createServer, type IncomingMessage, type Server, STATUS_CODES } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

/** A CALL of a station, and the socket it came on. */
export interface HeardCall {
  /** The number at the end of the identity. */
  readonly station: number
  readonly id: string
  readonly action: string
  /** How many CALLs of this action this station made before. */
  readonly earlier: number
  readonly ws: WebSocket
  /** Answers as a good CSMS does. */
  answer(): void
  send(frame: string | Buffer): void
}

export interface HostileOptions {
  /** Says whether it dealt with the CALL; what it leaves is answered well. */
  readonly hears?: (call: HeardCall) => boolean
  /** The HTTP status that a station's upgrade is refused with; undefined lets it in. */
  readonly refuses?: (station: number) => number | undefined
  /** The subprotocol it chooses. */
  readonly chooses?: (offered: ReadonlySet<string>) => string | false
}

/** A management system on bare `ws` that breaks one rule and keeps the others. */
export class HostileCsms implements AsyncDisposable {
  /** Every CALL of the stations, in order. */
  readonly heard: HeardCall[] = []
  /** Answers of the stations to its own CALLs. */
  readonly answers: (readonly unknown[])[] = []
  readonly url: string
  readonly #http: Server
  readonly #webSockets: WebSocketServer

  private constructor(http: Server, options: HostileOptions) {
    this.#http = http
    this.url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}`
    this.#webSockets = new WebSocketServer({
      noServer: true,
      handleProtocols: options.chooses ?? (([first]) => first ?? false),
    })
    http.on('upgrade', (request, socket, head) => {
      const station = stationOf(request)
      const status = options.refuses?.(station)
      if (status !== undefined) {
        const line = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`
        socket.end(`${line}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
        return
      }
      this.#webSockets.handleUpgrade(request, socket, head, (ws) => {
        this.#accept(ws, station, options)
      })
    })
  }

  static async start(options: HostileOptions): Promise<HostileCsms> {
    const http = createServer()
    await new Promise<void>((resolve) => {
      http.listen(0, '127.0.0.1', resolve)
    })
    return new HostileCsms(http, options)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const ws of this.#webSockets.clients) ws.terminate()
    this.#http.closeAllConnections()
    await new Promise((resolve) => {
      this.#http.close(resolve)
    })
  }

  #accept(ws: WebSocket, station: number, { hears }: HostileOptions): void {
    ws.on('error', () => undefined)
    ws.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as readonly unknown[]
      if (frame[0] === 2) {
        const call = this.#heardCall(ws, station, String(frame[1]), String(frame[2]))
        this.heard.push(call)
        if (!hears?.(call)) call.answer()
      } else {
        this.answers.push(frame)
      }
    })
  }

  #heardCall(ws: WebSocket, station: number, id: string, action: string): HeardCall {
    const send = (frame: string | Buffer) => ws.send(frame)
    const like = this.heard.filter((call) => call.station === station && call.action === action)
    return {
      station,
      id,
      action,
      earlier: like.length,
      ws,
      send,
      answer: () => send(JSON.stringify([3, id, goodAnswer(action, ws.protocol)])),
    }
  }
}

function stationOf({ url = '' }: IncomingMessage): number {
  return Number(/\d+$/.exec(url)?.[0])
}

function goodAnswer(action: string, protocol: string): object {
  const accepted = { status: 'Accepted' }
  const info = protocol === 'ocpp1.6' ? { idTagInfo: accepted } : { idTokenInfo: accepted }
  switch (action) {
    case 'BootNotification':
      return { ...accepted, interval: 300, currentTime: new Date().toISOString() }
    case 'Heartbeat':
      return { currentTime: new Date().toISOString() }
    case 'Authorize':
      return info
    case 'StartTransaction':
      return { transactionId: 7, ...info }
    default:
      return {}
  }
}
