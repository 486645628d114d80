/** Of one piece of memory. */
const chunkBytes = 1024 * 1024
/** Places are counted in units, so that 32 bits reach 32 GiB. */
const unit = 8
const unitsPerChunk = chunkBytes / unit
const lengthBytes = 4

/** Texts outside of the JavaScript heap: the garbage collector neither marks nor moves them. */
export class TextArchive {
  readonly #chunks: Buffer[] = []
  /** In the last chunk. */
  #used = chunkBytes
  /** Place of each text, by its number. */
  #places = new Uint32Array(1024)
  #count = 0

  get count(): number {
    return this.#count
  }

  /** @returns its number, counted from 0 */
  add(text: string): number {
    if (this.#count === this.#places.length) this.#places = grown(this.#places)
    this.#places[this.#count] = this.#write(text)
    this.#count += 1
    return this.#count - 1
  }

  /** Puts another text in the place of one; what the old took stays taken. */
  replace(number: number, text: string): void {
    this.#places[number] = this.#write(text)
  }

  get(number: number): string {
    const place = this.#places[number] ?? 0
    const chunk = this.#chunks[Math.floor(place / unitsPerChunk)]
    if (!chunk || number >= this.#count) throw new RangeError(`there is no text ${number}`)
    const at = (place % unitsPerChunk) * unit
    const begin = at + lengthBytes
    return chunk.toString('utf8', begin, begin + chunk.readUInt32LE(at))
  }

  #write(text: string): number {
    const bytes = Buffer.byteLength(text)
    const needed = Math.ceil((lengthBytes + bytes) / unit) * unit
    if (this.#used + needed > chunkBytes) {
      this.#chunks.push(Buffer.allocUnsafeSlow(Math.max(chunkBytes, needed)))
      this.#used = 0
    }
    const last = this.#chunks.length - 1
    const at = this.#used
    this.#chunks[last]?.writeUInt32LE(bytes, at)
    this.#chunks[last]?.write(text, at + lengthBytes)
    this.#used += needed
    return last * unitsPerChunk + at / unit
  }
}

function grown(places: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const more = new Uint32Array(places.length * 2)
  more.set(places)
  return more
}
