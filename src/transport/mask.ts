/**
 * Masks bytes in place, or unmasks them, with the four that stand at `maskAt` [RFC 6455 5.3].
 * @returns all results combined by OR: below 0x80 where every one is ASCII
 */
export function xor(bytes: Uint8Array, from: number, to: number, maskAt: number): number {
  const a = bytes[maskAt] ?? 0
  const b = bytes[maskAt + 1] ?? 0
  const c = bytes[maskAt + 2] ?? 0
  const d = bytes[maskAt + 3] ?? 0
  let seen = 0
  let at = from
  for (; at + 3 < to; at += 4) {
    const w = (bytes[at] ?? 0) ^ a
    const x = (bytes[at + 1] ?? 0) ^ b
    const y = (bytes[at + 2] ?? 0) ^ c
    const z = (bytes[at + 3] ?? 0) ^ d
    bytes[at] = w
    bytes[at + 1] = x
    bytes[at + 2] = y
    bytes[at + 3] = z
    seen |= w | x | y | z
  }
  for (let i = 0; at < to; at += 1, i += 1) {
    const one = (bytes[at] ?? 0) ^ (bytes[maskAt + i] ?? 0)
    bytes[at] = one
    seen |= one
  }
  return seen
}
