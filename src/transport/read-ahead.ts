import type { Duplex } from 'node:stream'
import type { DirectReads } from './direct-reads.ts'
import { FrameReader, type FrameSink } from './frame-reader.ts'

type OnData = (bytes: Buffer) => void

export interface ReadAheadOptions {
  /** What `ws` listens to. */
  readonly stream: Duplex
  /** Where the stream reads past its own buffering. */
  readonly reads: DirectReads | undefined
  /** Frames that arrive are masked: this side is the server. */
  readonly masked: boolean
  readonly maxPayload: number
  text(text: string): void
}

/** Stands between a stream and `ws`, and reads the usual frames itself. */
export class ReadAhead implements FrameSink {
  readonly #options: ReadAheadOptions
  readonly #reader: FrameReader
  /** How `ws` hears what the stream reads. */
  readonly #wsReads: OnData
  readonly #onData: OnData

  private constructor(options: ReadAheadOptions, wsReads: OnData) {
    const reader = new FrameReader(options.masked, options.maxPayload, this)
    this.#options = options
    this.#reader = reader
    this.#wsReads = wsReads
    this.#onData = (bytes) => reader.read(bytes, bytes.length)
    options.stream.removeListener('data', wsReads).on('data', this.#onData)
    if (options.reads) options.reads.reader = reader
    else this.#takePushes()
  }

  /** Undefined where somebody unforeseen listens, too: then nothing is taken from `ws`. */
  static begin(options: ReadAheadOptions): ReadAhead | undefined {
    const listeners = options.stream.listeners('data')
    const [wsReads] = listeners
    return wsReads && listeners.length === 1 ? new ReadAhead(options, wsReads as OnData) : undefined
  }

  /** `ws` has read a text. */
  heard(): void {
    this.#reader.heard()
  }

  text(text: string): void {
    this.#options.text(text)
  }

  pass(bytes: Buffer): void {
    const { stream, reads } = this.#options
    // `ws` may keep a part of a frame; the buffer of direct reads is used again at once.
    this.#wsReads.call(stream, reads ? Buffer.from(bytes) : bytes)
  }

  surrender(bytes: Buffer): void {
    const { stream, reads } = this.#options
    stream.removeListener('data', this.#onData).on('data', this.#wsReads)
    if (reads) reads.reader = undefined
    else Reflect.deleteProperty(stream, 'push')
    this.pass(bytes)
  }

  /**
   * A socket pushes what it read into its stream, which tells its listeners and then looks in another
   * turn of the event loop whether it is to read more: 2 µs of CPU per message.
   */
  #takePushes(): void {
    const { stream } = this.#options
    const push = stream.push.bind(stream)
    const reader = this.#reader
    stream.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
      // The end, what comes while `ws` wants nothing, and what comes behind it are the stream's.
      if (!Buffer.isBuffer(chunk) || !stream.readableFlowing || stream.readableLength > 0) {
        return push(chunk, encoding)
      }
      reader.read(chunk, chunk.length)
      return true
    }
  }
}
