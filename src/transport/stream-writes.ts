import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { TLSSocket } from 'node:tls'

/** What a stream calls chunks that are no text. */
const noText: string = 'buffer'

/**
 * Writes of one connection. What a TCP socket can hand over at once goes to the kernel past the queue
 * of its stream, whose books and whose turn of the event loop after every write cost 2 µs of CPU.
 * What the kernel does not take, and all that comes after it, waits in the stream as ever.
 */
export class StreamWrites {
  readonly #stream: Duplex
  readonly #mayBeDirect: boolean
  /** Chunks handed over that the kernel has not taken yet. */
  #underWay = 0

  constructor(stream: Duplex) {
    this.#stream = stream
    this.#mayBeDirect = stream instanceof Socket && !(stream instanceof TLSSocket)
  }

  /** The next chunk is handed over inside `write`. */
  get direct(): boolean {
    const stream = this.#stream
    return (
      this.#mayBeDirect &&
      this.#underWay === 0 &&
      stream.writableLength === 0 &&
      stream.writableCorked === 0 &&
      stream.writable
    )
  }

  /** @returns whether the kernel has all of it: the memory of `bytes` may be used again */
  bytes(bytes: Buffer): boolean {
    if (this.direct) return this.#hand(bytes, noText as BufferEncoding)
    this.#stream.write(bytes)
    return false
  }

  latin1(text: string): void {
    if (this.direct) this.#hand(text, 'latin1')
    else this.#stream.write(text, 'latin1')
  }

  #hand(chunk: Buffer | string, encoding: BufferEncoding): boolean {
    this.#underWay += 1
    this.#stream._write(chunk, encoding, this.#written)
    return this.#underWay === 0
  }

  readonly #written = (error?: Error | null): void => {
    this.#underWay -= 1
    if (error) this.#stream.destroy(error)
  }
}
