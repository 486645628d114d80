/**
 * Seeded randomness. Every station has a stream of its own, derived from the run's seed and its
 * label, so that adding a station does not change what the others draw.
 */
export class Random {
  #a: number
  #b: number
  #c: number
  #d: number

  private constructor(a: number, b: number, c: number, d: number) {
    this.#a = a
    this.#b = b
    this.#c = c
    this.#d = d
  }

  /** A stream that depends on nothing but the seed and the labels. */
  static stream(seed: number, ...labels: readonly (string | number)[]): Random {
    const hash = new Hash(seed)
    for (const label of labels) hash.add(String(label))
    const random = new Random(hash.next(), hash.next(), hash.next(), hash.next())
    for (let i = 0; i < 12; i += 1) random.next()
    return random
  }

  /** Uniform in [0, 1). The generator is sfc32: 128 bits of state, no multiplications. */
  next(): number {
    const sum = (this.#a + this.#b + this.#d) | 0
    this.#d = (this.#d + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum
    return (sum >>> 0) / 4_294_967_296
  }

  /** Uniform in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.next()
  }

  /** A whole number, uniform in [low, high], both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  /** Normal distribution (Box-Muller, one of the pair). */
  normal(mean: number, deviation: number): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()))
    return mean + deviation * radius * Math.cos(2 * Math.PI * this.next())
  }

  /** Exponential distribution, the gaps between random arrivals. */
  exponential(mean: number): number {
    return -mean * Math.log(1 - this.next())
  }

  /** The index that a draw with these weights falls on; the weights must not all be zero. */
  weighted(weights: readonly number[]): number {
    let total = 0
    for (const weight of weights) total += weight
    let at = this.next() * total
    for (let i = 0; i < weights.length; i += 1) {
      at -= weights[i] ?? 0
      if (at < 0) return i
    }
    return weights.length - 1
  }
}

/** FNV-1a over the labels, stretched by splitmix-style finalisers into as many words as asked. */
class Hash {
  #state: number

  constructor(seed: number) {
    this.#state = 0x811c9dc5
    this.add(String(seed))
  }

  add(label: string): void {
    for (let i = 0; i < label.length; i += 1) {
      this.#state = Math.imul(this.#state ^ label.charCodeAt(i), 0x01000193)
    }
    this.#state = Math.imul(this.#state ^ 0xff, 0x01000193)
  }

  next(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0
    let word = this.#state
    word = Math.imul(word ^ (word >>> 16), 0x21f0aaad)
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97)
    return (word ^ (word >>> 15)) | 0
  }
}
