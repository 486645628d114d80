import { type Element, elementAt, elementsOf } from './der.ts'

/** Context-specific, constructed: [0] and the extensions of a certificate. */
const zero = 0xa0
const extensions = 0xa3
/** uniformResourceIdentifier of a GeneralName. */
const uri = 0x86
/** 2.5.29.31, without tag and length. */
const cRLDistributionPoints = '551d1f'

/**
 * The first URL at which a certificate says that its issuer's revocation list is [RFC 5280 4.2.1.13];
 * Node tells nothing of this extension. Undefined: it says none.
 * @param certificate DER
 */
export function revocationUrlOf(certificate: Buffer): string | undefined {
  const members = (whole: Element | undefined): readonly Element[] =>
    whole ? elementsOf(certificate, whole) : []
  const child = (whole: Element | undefined, tag: number): Element | undefined =>
    members(whole).find((member) => member.tag === tag)
  const bytes = ({ start, end }: Element): Buffer => certificate.subarray(start, end)
  try {
    const [tbs] = members(elementAt(certificate, 0))
    const [list] = members(child(tbs, extensions))
    const found = members(list).find(
      (extension) =>
        certificate.toString('hex', ...rangeOf(members(extension)[0])) === cRLDistributionPoints,
    )
    const value = members(found).slice(-1)[0]
    const points = value && members(elementAt(certificate, value.start))
    for (const point of points ?? []) {
      const name = child(child(child(point, zero), zero), uri)
      if (name) return bytes(name).toString('latin1')
    }
    return undefined
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

const rangeOf = (element: Element | undefined): readonly [number, number] =>
  element ? [element.start, element.end] : [0, 0]
