import {
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  randomBytes,
  X509Certificate,
} from 'node:crypto'
import type { CertificateSubject } from '../../ocpp/station-crypto.ts'
import { keyIdentifier, signCertificate } from './certificate-der.ts'
import { subjectOf } from './der.ts'
import type { CertificateRole, IssuedLine } from './ledger.ts'
import { pemOf } from './pem.ts'
import { subjectField } from './read-certificates.ts'
import { subjectName } from './subject-name.ts'

/**
 * Where the status of what concerns vehicles can be asked for. Certificates must name something
 * [2.0.1 M06], and nobody is at this name [RFC 2606]: the management system answers for it over OCPP.
 */
export const responderUrl = 'http://ocsp.csms.invalid/'

/** Where the list is of what was revoked of them: at no place either [2.1 M07.FR.04]. */
const revocationUrl = 'http://crl.csms.invalid/'

/** Who signs: a certificate of an authority and its key. */
export interface Issuer {
  /** PEM. */
  readonly certificatePem: string
  readonly keyPem: string
}

export interface CertificateOrder {
  readonly role: CertificateRole
  readonly subject: CertificateSubject
  /** SubjectPublicKeyInfo, DER; undefined: the signer's own, which makes a root. */
  readonly publicKey: Buffer | undefined
  readonly notBeforeMs: number
  readonly notAfterMs: number
  /** Names and addresses of a server; the first is its CN [1.6 SWP A00.FR.510, A00.FR.511]. */
  readonly hosts?: readonly string[]
  /** The identity of the station it is for. */
  readonly station?: string
  /** Where its status can be asked for; with it goes where its issuer's revocation list is. */
  readonly responderUrl?: string
}

export interface Issued {
  /** PEM of this certificate alone. */
  readonly certificatePem: string
  /** What the ledger says of it. */
  readonly line: IssuedLine
}

/** An issuer whose key is read: signs many. */
export class Signer {
  readonly #key: KeyObject
  /** SubjectPublicKeyInfo. */
  readonly #publicKey: Buffer
  readonly #keyId: Buffer
  /** DER; undefined: what it signs is a root, and its own issuer. */
  readonly #name: Buffer | undefined
  /** Nothing that it signs outlives it. */
  readonly #notAfterMs: number

  private constructor(keyPem: string, certificate: X509Certificate | undefined) {
    this.#key = createPrivateKey(keyPem)
    this.#publicKey = createPublicKey(this.#key).export({ type: 'spki', format: 'der' })
    this.#keyId = keyIdentifier(this.#publicKey)
    this.#name = certificate && subjectOf(certificate.raw)
    this.#notAfterMs = certificate ? Date.parse(certificate.validTo) : Number.POSITIVE_INFINITY
  }

  static of({ certificatePem, keyPem }: Issuer): Signer {
    return new Signer(keyPem, new X509Certificate(certificatePem))
  }

  /** Of a key that has no certificate yet: what it signs is a root. */
  static ofKey(keyPem: string): Signer {
    return new Signer(keyPem, undefined)
  }

  issue(order: CertificateOrder): Issued {
    const { role, subject, station, hosts = [] } = order
    const serial = newSerial()
    const name = subjectName(subject)
    const notBeforeMs = wholeSecond(order.notBeforeMs)
    const notAfterMs = wholeSecond(Math.min(order.notAfterMs, this.#notAfterMs))
    const certificate = signCertificate(
      {
        serial,
        issuerName: this.#name ?? name,
        issuerKeyId: this.#keyId,
        subjectName: name,
        publicKey: order.publicKey ?? this.#publicKey,
        notBeforeMs,
        notAfterMs,
        role,
        hosts,
        responderUrl: order.responderUrl,
        revocationUrl: order.responderUrl === undefined ? undefined : revocationUrl,
      },
      this.#key,
    )
    return {
      certificatePem: pemOf('CERTIFICATE', certificate),
      line: {
        event: 'issued',
        serial,
        role,
        commonName: subject.commonName,
        ...(station !== undefined && { station }),
        notBefore: new Date(notBeforeMs).toISOString(),
        notAfter: new Date(notAfterMs).toISOString(),
      },
    }
  }
}

/** 127 random bits with a first byte from 40 to 7F: positive, and no leading zero to lose. */
function newSerial(): string {
  const bytes = randomBytes(16)
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40
  return bytes.toString('hex').toUpperCase()
}

const wholeSecond = (ms: number): number => Math.floor(ms / 1000) * 1000

/** The organisation in an authority's own name. */
export function organizationOf(certificatePem: string): string {
  const [organization = ''] = subjectField(new X509Certificate(certificatePem), 'O')
  return organization
}
