import type { Duplex } from 'node:stream'
import type { RawData, WebSocket } from 'ws'
import type { BareFrames, Socket, SocketListener } from '../ocpp/socket.ts'
import type { DirectReads } from './direct-reads.ts'
import { writeClientText, writeServerText } from './frame-writer.ts'
import { ReadAhead } from './read-ahead.ts'
import { StreamWrites } from './stream-writes.ts'

/**
 * How many bytes may wait for a peer that does not read; one that lets more pile up is dropped, so
 * that it cannot hold this process's memory.
 */
const longestSendBacklog = 4 * 1024 * 1024

/** Real peers send a message in one piece or a few; more closes the connection with 1008. */
export const frameLimits = { maxFragments: 128, maxBufferedChunks: 4096 } as const

/** `ws.OPEN`, without importing the class. */
const open = 1

/** What a frame error of the `ws` receiver means as a WebSocket close code [RFC 6455 7.4.1]. */
const closeCodeOfError: Readonly<Record<string, number>> = {
  WS_ERR_INVALID_UTF8: 1007,
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: 1009,
  WS_ERR_TOO_MANY_BUFFERED_PARTS: 1008,
  // A compressed frame that does not unpack is no text.
  Z_DATA_ERROR: 1007,
  Z_BUF_ERROR: 1007,
}

/** What an open WebSocket stands on. */
export interface Transport {
  readonly role: 'client' | 'server'
  /** The TCP or TLS socket that `ws` was given. */
  readonly stream: Duplex
  /** Longest message to accept, bytes. */
  readonly maxPayload: number
  /** Where the stream reads past its own buffering. */
  readonly reads?: DirectReads | undefined
}

/**
 * Adapts a WebSocket of the `ws` package that just opened, of either side, to the core's `Socket`.
 * Frames that arrive before `listen` are kept for the listener.
 *
 * `ws` shakes hands, opens and closes, pings and pongs. Text frames are written, and the usual ones
 * read, past it: an echo costs both ends together 25 µs of CPU so, 35 µs with `ws` alone.
 */
export function adaptWebSocket(ws: WebSocket, transport: Transport): Socket {
  return new WsSocket(ws, transport)
}

class WsSocket implements Socket {
  readonly #ws: WebSocket
  readonly #writes: StreamWrites
  readonly #masks: boolean
  /** Compressed frames are for `ws` alone. */
  readonly #plain: boolean
  readonly #ahead: ReadAhead | undefined
  #listener: SocketListener | undefined
  /** What came before `listen`; undefined from then on. */
  #early: ((listener: SocketListener) => void)[] | undefined = []
  #pongs: (() => void)[] | undefined
  #error: (Error & { readonly code?: string }) | undefined

  constructor(ws: WebSocket, { role, stream, maxPayload, reads }: Transport) {
    this.#ws = ws
    this.#writes = new StreamWrites(stream)
    this.#masks = role === 'client'
    this.#plain = ws.extensions === ''
    ws.on('message', (data, isBinary) => this.#received(data, isBinary))
    ws.on('error', (error) => {
      this.#error ??= error
    })
    ws.on('close', (code, reason) => this.#closed(code, reason.toString()))
    if (!this.#plain) return
    const text = (message: string): void => this.#text(message)
    this.#ahead = ReadAhead.begin({ stream, reads, masked: role === 'server', maxPayload, text })
  }

  get protocol(): string {
    return this.#ws.protocol
  }

  get bare(): BareFrames {
    const ws = this.#ws
    return {
      extensions: ws.extensions,
      write: (bytes, { binary, fin }) => {
        if (ws.readyState === open) ws.send(bytes, { binary, fin, compress: false })
      },
    }
  }

  send(text: string): void {
    if (this.#ws.readyState !== open) return
    if (!this.#plain) this.#ws.send(text)
    else if (this.#masks) writeClientText(this.#writes, text)
    else writeServerText(this.#writes, text)
    if (this.#ws.bufferedAmount > longestSendBacklog) this.#ws.terminate()
  }

  close(code = 1000, reason = ''): void {
    this.#ws.close(code, reason)
  }

  terminate(): void {
    this.#ws.terminate()
  }

  ping(answered?: () => void): void {
    if (this.#ws.readyState !== open) return
    if (answered) this.#expectPong(answered)
    this.#ws.ping()
  }

  listen(listener: SocketListener): void {
    this.#listener = listener
    const early = this.#early
    this.#early = undefined
    for (const event of early ?? []) event(listener)
  }

  #text(text: string): void {
    if (this.#listener) this.#listener.text(text)
    else this.#early?.push((listener) => listener.text(text))
  }

  #expectPong(answered: () => void): void {
    if (!this.#pongs) {
      this.#pongs = []
      // A pong answers the most recent ping and so every earlier one too [RFC 6455 5.5.3].
      this.#ws.on('pong', () => {
        for (const waiting of this.#pongs?.splice(0) ?? []) waiting()
      })
    }
    this.#pongs.push(answered)
  }

  #received(data: RawData, isBinary: boolean): void {
    // `binaryType` is left at nodebuffer, so that data is one Buffer.
    const bytes = data as Buffer
    if (!isBinary) {
      this.#ahead?.heard()
      this.#text(bytes.toString())
    } else if (this.#listener) this.#listener.binary(bytes.length)
    else this.#early?.push((listener) => listener.binary(bytes.length))
  }

  /** `ws` knows only the peer's code; where this side broke off, its error tells why. */
  #closed(peerCode: number, peerReason: string): void {
    const error = peerCode === 1006 ? this.#error : undefined
    const known = closeCodeOfError[error?.code ?? '']
    const code = known ?? peerCode
    const reason = error ? error.message : peerReason
    const unreadable = known !== undefined || (error?.code?.startsWith('WS_ERR_') ?? false)
    if (this.#listener) this.#listener.closed(code, reason, unreadable)
    else this.#early?.push((listener) => listener.closed(code, reason, unreadable))
  }
}
