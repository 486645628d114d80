import type { KeyObject } from 'node:crypto'
import type { CertificateHash, HashAlgorithm, OcspVerdict } from '../../ocpp/station-crypto.ts'
import { keyIdentifier, signedBy } from './certificate-der.ts'
import { type Element, elementAt, elementsOf } from './der.ts'
import {
  enumerated,
  explicit,
  generalizedTime,
  implicit,
  integer,
  nothing,
  objectIdentifier,
  octetString,
  sequence,
} from './der-write.ts'
import type { RevocationReason } from './ledger.ts'
import { plainSerial } from './read-certificates.ts'

/** What is known of a certificate; Good where it was issued and nobody revoked it. */
export type CertificateStanding =
  | { readonly status: 'good' | 'unknown' }
  | { readonly status: 'revoked'; readonly atMs: number; readonly reason: RevocationReason }

interface OcspAnswer {
  readonly hash: CertificateHash
  readonly standing: CertificateStanding
  readonly thisUpdateMs: number
  readonly nextUpdateMs: number
}

const hashIds: Readonly<Record<HashAlgorithm, string>> = {
  SHA256: '2.16.840.1.101.3.4.2.1',
  SHA384: '2.16.840.1.101.3.4.2.2',
  SHA512: '2.16.840.1.101.3.4.2.3',
}
const basicResponse = '1.3.6.1.5.5.7.48.1.1'

/** CRLReason [RFC 5280 5.3.1]. */
const reasons: Readonly<Record<RevocationReason, number>> = {
  unspecified: 0,
  keyCompromise: 1,
  superseded: 4,
  cessationOfOperation: 5,
}

const successful = 0

/**
 * An OCSP response about one certificate as DER, signed by the authority that issued it [RFC 6960
 * 4.2.1]. A responder of its own needs no certificate then, and none is sent.
 * @param publicKey of the authority, SubjectPublicKeyInfo
 */
export function ocspResponse(answer: OcspAnswer, publicKey: Buffer, key: KeyObject): Buffer {
  const byKey = explicit(2, octetString(keyIdentifier(publicKey)))
  const data = sequence(byKey, generalizedTime(answer.thisUpdateMs), sequence(single(answer)))
  const basic = sequence(...signedBy(data, key))
  const bytes = sequence(objectIdentifier(basicResponse), octetString(basic))
  return sequence(enumerated(successful), explicit(0, bytes))
}

function single({ hash, standing, thisUpdateMs, nextUpdateMs }: OcspAnswer): Buffer {
  const certificate = sequence(
    sequence(objectIdentifier(hashIds[hash.hashAlgorithm]), nothing()),
    octetString(Buffer.from(hash.issuerNameHash, 'hex')),
    octetString(Buffer.from(hash.issuerKeyHash, 'hex')),
    integer(positive(hash.serialNumber)),
  )
  return sequence(
    certificate,
    statusOf(standing),
    generalizedTime(thisUpdateMs),
    explicit(0, generalizedTime(nextUpdateMs)),
  )
}

function statusOf(standing: CertificateStanding): Buffer {
  switch (standing.status) {
    case 'good':
      return implicit(0, Buffer.alloc(0))
    case 'unknown':
      return implicit(2, Buffer.alloc(0))
    case 'revoked': {
      const reason = explicit(0, enumerated(reasons[standing.reason]))
      return explicit(1, Buffer.concat([generalizedTime(standing.atMs), reason]))
    }
  }
}

/** The bytes of a DER INTEGER: a first bit of 1 would be a minus. */
function positive(serial: string): Buffer {
  const digits = plainSerial(serial)
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex')
  return (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.of(0), bytes])
}

/** By the tag of CertStatus: [0] and [2] primitive, [1] constructed. */
const statuses: Readonly<Record<number, OcspVerdict['status']>> = {
  0x80: 'good',
  0xa1: 'revoked',
  0x82: 'unknown',
}

/** What a response says; undefined: it is no successful one about one certificate. */
export function readOcspResponse(der: Buffer): OcspVerdict | undefined {
  try {
    const [status, bytes] = elementsOf(der, elementAt(der, 0))
    if (!status || !bytes || der[status.start] !== successful) return undefined
    const [, basic] = elementsOf(der, elementAt(der, bytes.start))
    const [data] = basic ? elementsOf(der, elementAt(der, basic.start)) : []
    const members = data ? elementsOf(der, data) : []
    // ResponderID and producedAt go before, extensions may follow.
    const responses = members.find(({ tag }) => tag === 0x30)
    const [one, ...more] = responses ? elementsOf(der, responses) : []
    return one && more.length === 0 ? verdictOf(der, one) : undefined
  } catch {
    return undefined
  }
}

function verdictOf(der: Buffer, single: Element): OcspVerdict | undefined {
  const [certificate, state, , next] = elementsOf(der, single)
  const serial = certificate && elementsOf(der, certificate)[3]
  const status = state && statuses[state.tag]
  if (!serial || !status) return undefined
  const nextTime = next?.tag === 0xa0 ? elementAt(der, next.start) : undefined
  return {
    status,
    serialNumber: plainSerial(der.subarray(serial.start, serial.end).toString('hex')),
    nextUpdateMs: nextTime && timeMs(der.toString('latin1', nextTime.start, nextTime.end)),
  }
}

/** Of a GeneralizedTime in UTC, `20260102030405Z`. */
function timeMs(text: string): number {
  const iso = text.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z')
  return Date.parse(iso)
}
