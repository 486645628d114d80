/** The first 32 bits of the fractions of the cube roots of the first 64 primes [FIPS 180-4 4.2.2]. */
const constants = fractions(64, 1 / 3)
/** Likewise of the square roots of the first eight [FIPS 180-4 5.3.3]. */
const initial = fractions(8, 1 / 2)

const blockBytes = 64

/** SHA-256 without a platform's help: what little is hashed here is short. */
export function sha256(message: Uint8Array): Uint8Array {
  const state = Uint32Array.from(initial)
  const padded = pad(message)
  for (let at = 0; at < padded.length; at += blockBytes) {
    compress(state, new DataView(padded.buffer, at, blockBytes))
  }
  const digest = new DataView(new ArrayBuffer(32))
  for (const [at, word] of state.entries()) digest.setUint32(at * 4, word)
  return new Uint8Array(digest.buffer)
}

/** [RFC 2104] */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  const short = key.length > blockBytes ? sha256(key) : key
  const inner = new Uint8Array(blockBytes + message.length).fill(0x36, 0, blockBytes)
  const outer = new Uint8Array(blockBytes + 32).fill(0x5c, 0, blockBytes)
  for (const [at, byte] of short.entries()) {
    inner[at] = 0x36 ^ byte
    outer[at] = 0x5c ^ byte
  }
  inner.set(message, blockBytes)
  outer.set(sha256(inner), blockBytes)
  return sha256(outer)
}

function pad(message: Uint8Array): Uint8Array<ArrayBuffer> {
  const blocks = Math.ceil((message.length + 9) / blockBytes)
  const padded = new Uint8Array(blocks * blockBytes)
  padded.set(message)
  padded[message.length] = 0x80
  new DataView(padded.buffer).setUint32(padded.length - 4, message.length * 8)
  return padded
}

function compress(state: Uint32Array, block: DataView): void {
  const words = new Uint32Array(64)
  for (let t = 0; t < 16; t += 1) words[t] = block.getUint32(t * 4)
  const word = (t: number): number => words[t] ?? 0
  for (let t = 16; t < 64; t += 1) {
    const [early, late] = [word(t - 15), word(t - 2)]
    const s0 = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3)
    const s1 = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10)
    words[t] = word(t - 16) + s0 + word(t - 7) + s1
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
  for (let t = 0; t < 64; t += 1) {
    const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)
    const one = (h + s1 + ((e & f) ^ (~e & g)) + (constants[t] ?? 0) + word(t)) >>> 0
    const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)
    const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) >>> 0
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + one) >>> 0, c, b, a, (one + two) >>> 0]
  }
  for (const [at, value] of [a, b, c, d, e, f, g, h].entries()) {
    state[at] = (state[at] ?? 0) + value
  }
}

function turned(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by))
}

function fractions(count: number, power: number): readonly number[] {
  const found: number[] = []
  for (let candidate = 2; found.length < count; candidate += 1) {
    if (!isPrime(candidate)) continue
    const root = candidate ** power
    found.push(Math.floor((root - Math.floor(root)) * 2 ** 32))
  }
  return found
}

function isPrime(candidate: number): boolean {
  for (let divisor = 2; divisor * divisor <= candidate; divisor += 1) {
    if (candidate % divisor === 0) return false
  }
  return true
}
