/** Tag of a context-specific constructed [0]. */
const explicitZero = 0xa0

/**
 * The issuer's name in a certificate, tag and length included: what OCSP hashes [RFC 6960 4.1.1].
 * @param certificate DER that somebody parsed before: no bounds are checked here
 */
export function issuerName(certificate: Buffer): Buffer {
  const [start, end] = issuerIn(certificate)
  return certificate.subarray(start, end)
}

/** The name of whom a certificate is for, alike. */
export function subjectOf(certificate: Buffer): Buffer {
  const [, issuerEnd] = issuerIn(certificate)
  const validity = element(certificate, issuerEnd)
  const subject = element(certificate, validity.end)
  return certificate.subarray(validity.end, subject.end)
}

/** Where it begins and ends: behind version, serial number and algorithm [RFC 5280 4.1]. */
function issuerIn(certificate: Buffer): readonly [number, number] {
  const tbs = element(certificate, element(certificate, 0).start)
  let at = tbs.start
  if (certificate[at] === explicitZero) at = element(certificate, at).end
  const serial = element(certificate, at)
  const algorithm = element(certificate, serial.end)
  return [algorithm.end, element(certificate, algorithm.end).end]
}

/**
 * The value of the BIT STRING of a SubjectPublicKeyInfo, without tag, length and the count of unused
 * bits: the other thing that OCSP hashes.
 */
export function publicKeyBits(spki: Buffer): Buffer {
  const algorithm = element(spki, element(spki, 0).start)
  const bits = element(spki, algorithm.end)
  return spki.subarray(bits.start + 1, bits.end)
}

/** One element of an encoding. */
export interface Element {
  readonly tag: number
  /** Where the content begins. */
  readonly start: number
  readonly end: number
}

/** The element at this place. Throws `RangeError` where there is none that ends in time. */
export function elementAt(der: Buffer, at: number): Element {
  const found = element(der, at)
  if (found.end > der.length) throw new RangeError('cut off')
  return found
}

/** The elements that one consists of, in order. Throws `RangeError`. */
export function elementsOf(der: Buffer, whole: Element): readonly Element[] {
  const members: Element[] = []
  for (let at = whole.start; at < whole.end; ) {
    const member = elementAt(der, at)
    members.push(member)
    at = member.end
  }
  return members
}

function element(der: Buffer, at: number): Element {
  const tag = der[at] ?? 0
  const first = der[at + 1] ?? 0
  if (first < 0x80) return { tag, start: at + 2, end: at + 2 + first }
  const lengthBytes = first & 0x7f
  const start = at + 2 + lengthBytes
  return { tag, start, end: start + der.readUIntBE(at + 2, lengthBytes) }
}
