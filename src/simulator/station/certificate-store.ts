import type {
  CertificateHash,
  CertificateSubject,
  HashAlgorithm,
  KeyedCertificate,
  StationCrypto,
  Validity,
} from '../../ocpp/station-crypto.ts'
import { plainSerial, type RootUse, sameHash, TrustedRoots } from './trusted-roots.ts'

/**
 * What a certificate of the station's own is for: the connection to the management system, or those
 * to vehicles by ISO 15118-2 and -20.
 */
export type OwnUse = 'csms' | 'v2g' | 'v2g20'

/** Which roots a certificate of its own is signed under. */
const rootsOf: Readonly<Record<OwnUse, RootUse>> = { csms: 'csms', v2g: 'v2g', v2g20: 'v2g' }

/** A certificate and those between it and its root. */
interface HashedChain {
  readonly hash: CertificateHash
  readonly children: readonly CertificateHash[]
}

/** What a station left the factory with. PEM. */
export interface FactoryCertificates {
  readonly csmsRoots: readonly string[]
  readonly manufacturerRoots: readonly string[]
  readonly v2gRoots?: readonly string[]
  readonly moRoots?: readonly string[]
  readonly client?: KeyedCertificate | undefined
}

/** A signing request whose certificate has not come. */
interface Pending {
  readonly subject: CertificateSubject
  readonly keyPem: string
  /** All that the certificate is for. */
  readonly uses: readonly OwnUse[]
}

/** Read once: every connection asks, and reading a certificate costs a third of a millisecond. */
interface Own extends KeyedCertificate {
  readonly use: OwnUse
  /** Undefined: it cannot be read. */
  readonly validity: Validity | undefined
}

interface TakeOptions {
  readonly uses?: readonly OwnUse[]
  readonly mayBeginLater: boolean
}

/** How many certificates of its own a station keeps for a use: the newest and one to fall back on. */
const mostOwn = 2

/**
 * The keys and certificates of one station: of its own, and the roots that it trusts. Survives
 * reboots; private keys never leave it but to the TLS handshake [1.6 SWP A02.FR.05].
 */
export class CertificateStore {
  /** The roots that it trusts. */
  readonly trusted: TrustedRoots
  readonly #crypto: StationCrypto
  #own: Own[] = []
  #pending: Pending[] = []
  /** The newest did not get it in: the one before is presented. */
  #fallenBack = false

  constructor(crypto: StationCrypto, factory: FactoryCertificates | undefined) {
    this.#crypto = crypto
    this.trusted = new TrustedRoots(crypto)
    for (const pem of factory?.csmsRoots ?? []) this.trusted.add('csms', pem)
    for (const pem of factory?.manufacturerRoots ?? []) this.trusted.add('manufacturer', pem)
    for (const pem of factory?.v2gRoots ?? []) this.trusted.add('v2g', pem)
    for (const pem of factory?.moRoots ?? []) this.trusted.add('mo', pem)
    if (factory?.client) this.adopt(factory.client)
  }

  /** It came with this one, as was found out only now. */
  adopt(factoryClient: KeyedCertificate): void {
    if (this.#own.some(({ use }) => use === 'csms')) return
    this.#own.push(this.#read(factoryClient, 'csms'))
  }

  /**
   * What it presents to the server, or to vehicles: the newest that is valid [1.6 SWP A02.FR.08,
   * A02.FR.09] [2.0.1 A02.FR.08, A02.FR.15].
   */
  client(nowMs: number, use: OwnUse = 'csms'): KeyedCertificate | undefined {
    return this.#presented(nowMs, use)
  }

  /**
   * What it shows the server: `client`, or where nothing is valid any more the newest of all. Whether
   * that will do is for the server to say [2.0.1 A00.FR.430].
   */
  shown(nowMs: number): KeyedCertificate | undefined {
    return this.#shown(nowMs, 'csms')
  }

  /** When what it presents expires or did, ms since the epoch; undefined: it has nothing to present. */
  expiresMs(nowMs: number, use: OwnUse = 'csms'): number | undefined {
    return this.#shown(nowMs, use)?.validity?.notAfterMs
  }

  /**
   * The newest certificate does not get it in: presents the one before instead, and the newest again
   * with the next call [2.0.1 A02.FR.28].
   * @returns false where it has but one
   */
  alternate(nowMs: number): boolean {
    if (this.#valid(nowMs, 'csms').length < 2) return false
    this.#fallenBack = !this.#fallenBack
    return true
  }

  /**
   * It got in with what it presents: the other one is discarded [2.0.1 A02.FR.10].
   * @returns whether that was the newer one
   */
  settle(nowMs: number): boolean {
    const kept = this.#presented(nowMs, 'csms')
    const valid = this.#valid(nowMs, 'csms')
    const renewalLost = this.#fallenBack && valid.length > 1
    this.#fallenBack = false
    this.#own = this.#own.filter((own) => own === kept || !valid.includes(own))
    return renewalLost
  }

  #shown(nowMs: number, use: OwnUse): Own | undefined {
    return this.#presented(nowMs, use) ?? this.#begun(nowMs, use).slice(-1)[0]
  }

  #presented(nowMs: number, use: OwnUse): Own | undefined {
    const valid = this.#valid(nowMs, use)
    const fallenBack = use === 'csms' && this.#fallenBack && valid.length > 1
    return valid[valid.length - (fallenBack ? 2 : 1)]
  }

  #valid(nowMs: number, use: OwnUse): readonly Own[] {
    return this.#begun(nowMs, use).filter(({ validity }) => (validity?.notAfterMs ?? 0) >= nowMs)
  }

  /** Oldest first; of the same second the later one is the newer one. */
  #begun(nowMs: number, use: OwnUse): readonly Own[] {
    return this.#own
      .filter((own) => own.use === use && beginOf(own) <= nowMs)
      .sort((a, b) => beginOf(a) - beginOf(b))
  }

  /**
   * Makes a new key, of the kind of the old one, and a request to sign it.
   * @param uses several: one certificate for all of them
   */
  async request(subject: CertificateSubject, uses: readonly OwnUse[] = ['csms']): Promise<string> {
    const newest = this.#own.filter(({ use }) => uses.includes(use)).slice(-1)[0]
    const kind = newest ? this.#crypto.keyKind(newest.keyPem) : 'ecdsa'
    const { csrPem, keyPem } = await this.#crypto.request(subject, kind)
    this.requestRefused(uses)
    this.#pending.push({ subject, keyPem, uses })
    return csrPem
  }

  /** The CSMS will not sign what was requested. */
  requestRefused(uses: readonly OwnUse[] = ['csms']): void {
    this.#pending = this.#pending.filter((pending) => !sameUses(pending.uses, uses))
  }

  /**
   * Takes the certificate that the CSMS signed, or tells why it is none [1.6 SWP A02.FR.06] [2.0.1
   * A02.FR.06].
   * @param mayBeginLater it is kept for then, where 1.6 is spoken
   * @returns when it begins to count, ms since the epoch
   */
  takeSigned(
    certificatePem: string,
    nowMs: number,
    { uses = ['csms'], mayBeginLater }: TakeOptions,
  ): number | string {
    const pending = this.#pending.find((one) => sameUses(one.uses, uses))
    if (!pending) return 'no certificate was asked for'
    const { subject, keyPem } = pending
    const fromMs = this.#crypto.validity(certificatePem)?.notBeforeMs ?? nowMs
    // Everything else about one that begins later is judged then.
    const asOfMs = mayBeginLater ? Math.max(nowMs, fromMs) : nowMs
    for (const use of uses) {
      const objection = this.#crypto.objectionToSigned({
        certificatePem,
        keyPem,
        subject,
        roots: this.trusted.pems(rootsOf[use]),
        nowMs: asOfMs,
        peer: use === 'csms' ? 'server' : 'client',
      })
      if (objection !== undefined) return objection
    }
    this.requestRefused(uses)
    for (const use of uses) this.#keep(this.#read({ certificatePem, keyPem }, use))
    return fromMs
  }

  /** Forgets what it presents to vehicles: it was revoked. */
  discard(certificatePem: string): void {
    this.#own = this.#own.filter((own) => own.certificatePem !== certificatePem)
  }

  #keep(fresh: Own): void {
    this.#fallenBack = false
    const others = this.#own.filter(({ use }) => use !== fresh.use)
    const alike = this.#own.filter(({ use }) => use === fresh.use)
    this.#own = [...others, ...[...alike, fresh].slice(-mostOwn)]
  }

  /** Every certificate that it presents to vehicles, with those up to its root [2.0.1 M03.FR.05]. */
  vehicleChains(): readonly HashedChain[] {
    return this.#own.flatMap(({ use, certificatePem }) => {
      if (use === 'csms') return []
      const [hash, ...children] = certificatesIn(certificatePem).flatMap(
        (pem) => this.hashIn(pem, certificatePem) ?? [],
      )
      return hash ? [{ hash, children }] : []
    })
  }

  /**
   * The hash of a certificate whose issuer is in its chain or a root that is installed; undefined:
   * nobody here signed it.
   */
  hashIn(
    pem: string,
    chainPem: string,
    algorithm: HashAlgorithm = 'SHA256',
  ): CertificateHash | undefined {
    const issuers = [...certificatesIn(chainPem), ...this.trusted.all]
    const issuer = issuers.find((candidate) => this.#crypto.isSignedBy(pem, candidate))
    return issuer === undefined ? undefined : this.#crypto.hashOf(pem, issuer, algorithm)
  }

  /** How many certificates are installed [2.0.1 SecurityCtrlr.CertificateEntries]. */
  get entries(): number {
    return this.trusted.all.length + this.#own.length
  }

  /**
   * Deletes a root, or what is presented to vehicles [1.6 SWP M04] [2.0.1 M04].
   * @param connected the connection rests on a CSMS root: the one in use stays [1.6 SWP M04.FR.06] [2.0.1 M04.FR.03]
   */
  delete(hash: CertificateHash, connected: boolean): 'Accepted' | 'Failed' | 'NotFound' {
    const root = this.trusted.delete(hash, connected)
    if (root !== 'NotFound') return root
    const named = this.#own.filter((own) => this.#isNamed(own, hash))
    // That for the management system is not deleted from outside [1.6 SWP M04.FR.05] [2.0.1 M04.FR.06].
    if (named.some(({ use }) => use === 'csms')) return 'Failed'
    if (named.length === 0) return 'NotFound'
    this.#own = this.#own.filter((own) => !named.includes(own))
    return 'Accepted'
  }

  #read(keyed: KeyedCertificate, use: OwnUse): Own {
    return { ...keyed, use, validity: this.#crypto.validity(keyed.certificatePem) }
  }

  /** Where nobody knows who issued it, the serial number has to do. */
  #isNamed({ certificatePem }: Own, hash: CertificateHash): boolean {
    const [leaf = certificatePem] = certificatesIn(certificatePem)
    const own = this.hashIn(leaf, certificatePem, hash.hashAlgorithm)
    if (own) return sameHash(own, hash)
    const { serialNumber } = this.#crypto.hashOf(leaf, leaf, 'SHA256')
    return serialNumber.toLowerCase() === plainSerial(hash.serialNumber)
  }
}

/** Of what cannot be read: never. */
function beginOf({ validity }: Own): number {
  return validity?.notBeforeMs ?? Number.POSITIVE_INFINITY
}

function sameUses(a: readonly OwnUse[], b: readonly OwnUse[]): boolean {
  return a.length === b.length && a.every((use) => b.includes(use))
}

/** Every certificate of a PEM text for itself. */
export function certificatesIn(pem: string): readonly string[] {
  return pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
}
