import type { X509Certificate } from 'node:crypto'
import { objectionToKey } from './key-strength.ts'
import { validityOf } from './read-certificates.ts'

/** Longer ones are nobody's certificate hierarchy. */
const longestChain = 10

/**
 * Why there is no valid path from a certificate to one of the roots; undefined where there is one.
 * Names, signatures, validity, key strength and CA flags count [RFC 5280 6] [1.6 SWP A00.FR.403].
 *
 * @param others intermediates, in any order
 */
export function objectionToChain(
  leaf: X509Certificate,
  others: readonly X509Certificate[],
  roots: readonly X509Certificate[],
  nowMs: number,
): string | undefined {
  let current = leaf
  for (let depth = 0; depth < longestChain; depth += 1) {
    const objection = objectionToOne(current, nowMs)
    if (objection !== undefined) return objection
    if (roots.some((root) => root.raw.equals(current.raw))) return undefined
    const root = roots.find((candidate) => signed(candidate, current))
    const issuer = root ?? others.find((candidate) => signed(candidate, current))
    if (!issuer || issuer.raw.equals(current.raw)) {
      return `nothing that is trusted here signed "${oneLine(current.subject)}"`
    }
    current = issuer
  }
  return `its chain is longer than ${longestChain}`
}

/** The candidate is an authority and signed this certificate. */
export function signed(candidate: X509Certificate, certificate: X509Certificate): boolean {
  return (
    candidate.ca && certificate.checkIssued(candidate) && certificate.verify(candidate.publicKey)
  )
}

/** Why a certificate is of no use by itself: not valid now, or too weak a key. */
export function objectionToOne(certificate: X509Certificate, nowMs: number): string | undefined {
  const { notBeforeMs, notAfterMs } = validityOf(certificate)
  const name = oneLine(certificate.subject)
  if (nowMs < notBeforeMs) return `"${name}" is not valid before ${certificate.validFrom}`
  if (nowMs > notAfterMs) return `"${name}" expired ${certificate.validTo}`
  const weak = objectionToKey(certificate.publicKey)
  return weak === undefined ? undefined : `"${name}": ${weak}`
}

/** Node writes one attribute of a name per line. */
function oneLine(name: string): string {
  return name.replaceAll('\n', ', ')
}
