import { createHash, createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import type { CertificateHash, HashAlgorithm } from '../../ocpp/station-crypto.ts'
import type { Clock } from '../../shared/clock.ts'
import { objectionToChain } from './chain.ts'
import { publicKeyBits, subjectOf } from './der.ts'
import type { Issuer } from './issue.ts'
import type { LedgerReader } from './ledger.ts'
import { type CertificateStanding, ocspResponse } from './ocsp-response.ts'
import { plainSerial, readCertificates, validityOf } from './read-certificates.ts'

/** How long what is said of a certificate may be kept: a week [2.0.1 M06.FR.10] [2.1 M07.FR.09]. */
const standingValidMs = 7 * 86_400_000

/** What is to be said of a chain that a vehicle presented [2.0.1 C07.FR.13-17]. */
type ChainVerdict = 'good' | 'expired' | 'revoked' | 'unverifiable'

/** An authority of the hierarchy as OCSP names it. */
interface Responder {
  /** Its name, DER. */
  readonly name: Buffer
  /** SubjectPublicKeyInfo. */
  readonly publicKey: Buffer
  readonly key: KeyObject
}

/** What an authority says of what it issued: it is its own OCSP responder [RFC 6960 2.2]. */
export class CertificateStandings {
  readonly #responders: readonly Responder[]
  readonly #rootPem: string
  readonly #books: LedgerReader
  readonly #clock: Clock

  /** @param issuers those whose key is known */
  constructor(issuers: readonly Issuer[], rootPem: string, books: LedgerReader, clock: Clock) {
    this.#responders = issuers.map(({ certificatePem, keyPem }) => {
      const certificate = new X509Certificate(certificatePem)
      return {
        name: subjectOf(certificate.raw),
        publicKey: certificate.publicKey.export({ type: 'spki', format: 'der' }),
        key: createPrivateKey(keyPem),
      }
    })
    this.#rootPem = rootPem
    this.#books = books
    this.#clock = clock
  }

  /** Undefined: somebody else issued it. */
  of(hash: CertificateHash): CertificateStanding | undefined {
    return this.#responderOf(hash) && this.#standing(hash.serialNumber)
  }

  /** DER; undefined: somebody else issued it. */
  ocspResponse(hash: CertificateHash): Buffer | undefined {
    const responder = this.#responderOf(hash)
    if (!responder) return undefined
    const standing = this.#standing(hash.serialNumber)
    const thisUpdateMs = this.#clock.wallMs()
    const nextUpdateMs = thisUpdateMs + standingValidMs
    const answer = { hash, standing, thisUpdateMs, nextUpdateMs }
    return ocspResponse(answer, responder.publicKey, responder.key)
  }

  /** @param chainPem the leaf first */
  judge(chainPem: string): ChainVerdict {
    const [leaf, ...others] = readCertificates(chainPem)
    if (!leaf) return 'unverifiable'
    const nowMs = this.#clock.wallMs()
    const chain = [leaf, ...others]
    // An instant at which all of it was valid: that it has expired is told apart from all else.
    const asOfMs = Math.min(nowMs, ...chain.map((one) => validityOf(one).notAfterMs))
    const roots = readCertificates(this.#rootPem)
    if (objectionToChain(leaf, others, roots, asOfMs) !== undefined) return 'unverifiable'
    if (asOfMs < nowMs) return 'expired'
    const revoked = chain.some(
      ({ serialNumber }) => this.#standing(plainSerial(serialNumber)).status === 'revoked',
    )
    return revoked ? 'revoked' : 'good'
  }

  #standing(serialNumber: string): CertificateStanding {
    this.#books.refresh()
    const entry = this.#books.entry(serialNumber)
    if (!entry) return { status: 'unknown' }
    const { revoked } = entry
    if (!revoked) return { status: 'good' }
    return { status: 'revoked', atMs: Date.parse(revoked.at), reason: revoked.reason }
  }

  #responderOf(hash: CertificateHash): Responder | undefined {
    const { hashAlgorithm, issuerNameHash, issuerKeyHash } = hash
    return this.#responders.find(
      ({ name, publicKey }) =>
        sameHash(name, issuerNameHash, hashAlgorithm) &&
        sameHash(publicKeyBits(publicKey), issuerKeyHash, hashAlgorithm),
    )
  }
}

function sameHash(bytes: Buffer, hex: string, algorithm: HashAlgorithm): boolean {
  return createHash(algorithm).update(bytes).digest('hex') === hex.toLowerCase()
}
