/** Writers of what certificates are made of: the distinguished encoding of ASN.1 [X.690 8, 10, 11]. */

function element(tag: number, content: Uint8Array): Buffer {
  const { length } = content
  if (length < 0x80) return Buffer.concat([Buffer.of(tag, length), content])
  const digits = length < 0x100 ? 1 : length < 0x10000 ? 2 : 3
  const header = Buffer.alloc(2 + digits)
  header[0] = tag
  header[1] = 0x80 | digits
  header.writeUIntBE(length, 2, digits)
  return Buffer.concat([header, content])
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer =>
  element(0x30, Buffer.concat(parts))

/** Of one member: more would have to be sorted. */
export const setOf = (member: Uint8Array): Buffer => element(0x31, member)

export const octetString = (content: Uint8Array): Buffer => element(0x04, content)

export const truth = (): Buffer => element(0x01, Buffer.of(0xff))

export const nothing = (): Buffer => element(0x05, Buffer.alloc(0))

/** Up to 127. */
export const enumerated = (value: number): Buffer => element(0x0a, Buffer.of(value))

/** @param bytes big-endian, the first bit 0: positive, and no byte more than it needs */
export const integer = (bytes: Uint8Array): Buffer => element(0x02, bytes)

/** All bits of whole bytes. */
export const bitString = (content: Uint8Array): Buffer =>
  element(0x03, Buffer.concat([Buffer.of(0), content]))

/** Named bits up to 7, written without trailing zeroes [X.690 11.2.2]; at least one is set. */
export function namedBits(...bits: readonly number[]): Buffer {
  const byte = bits.reduce((sum, bit) => sum | (0x80 >> bit), 0)
  return element(0x03, Buffer.of(7 - Math.max(...bits), byte))
}

/** [n] around a whole element, tag and all. */
export const explicit = (n: number, inner: Uint8Array): Buffer => element(0xa0 | n, inner)

/** [n] in the place of the tag of something primitive. */
export const implicit = (n: number, content: Uint8Array): Buffer => element(0x80 | n, content)

/** @param dotted of at least two arcs */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return element(0x06, Buffer.from([first * 40 + second, ...rest].flatMap(base128)))
}

/** Seven bits a byte, the last one without the eighth. */
function base128(arc: number): number[] {
  const digits = [arc & 0x7f]
  for (let left = arc >>> 7; left > 0; left >>>= 7) digits.unshift((left & 0x7f) | 0x80)
  return digits
}

/** PrintableString where its letters suffice, else UTF8String [RFC 5280 4.1.2.4]. */
export const directoryString = (text: string): Buffer =>
  /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text)
    ? element(0x13, Buffer.from(text, 'latin1'))
    : element(0x0c, Buffer.from(text, 'utf8'))

/** To the second; two digits of the year until 2049 [RFC 5280 4.1.2.5]. */
export function time(ms: number): Buffer {
  const digits = timeDigits(ms)
  return digits < '2050' ? element(0x17, Buffer.from(digits.slice(2))) : generalizedTime(ms)
}

/** To the second, with all digits of the year. */
export const generalizedTime = (ms: number): Buffer => element(0x18, Buffer.from(timeDigits(ms)))

const timeDigits = (ms: number): string => new Date(ms).toISOString().replace(/[-:T]|\.\d+/g, '')
