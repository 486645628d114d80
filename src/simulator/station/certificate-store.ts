import type {
  CertificateHash,
  CertificateSubject,
  HashAlgorithm,
  KeyedCertificate,
  StationCrypto,
  Validity,
} from '../../ocpp/station-crypto.ts'

/** Whose hierarchy a root is of; each version has its own spelling. 1.6 knows the first two. */
export type RootUse = 'csms' | 'manufacturer' | 'v2g' | 'mo' | 'oem'

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

export interface RootLimits {
  /** CertificateStoreMaxLength. */
  readonly most: number
  /** AdditionalRootCertificateCheck. */
  readonly additionalCheck: boolean
}

/** How an installation ended; with an objection where it did not. */
export type Installation =
  | { readonly status: 'Accepted' }
  | { readonly status: 'Rejected'; readonly objection: string; readonly invalid: boolean }

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

interface Root {
  readonly use: RootUse
  readonly pem: string
  readonly issuerPem: string
  /** Kept only until the station connected with its successor [1.6 SWP M05.FR.11]. */
  fallback: boolean
}

/** How many certificates of its own a station keeps for a use: the newest and one to fall back on. */
const mostOwn = 2

/**
 * The keys and certificates of one station: of its own, and the roots that it trusts. Survives
 * reboots; private keys never leave it but to the TLS handshake [1.6 SWP A02.FR.05].
 */
export class CertificateStore {
  readonly #crypto: StationCrypto
  #own: Own[] = []
  #roots: Root[] = []
  #pending: Pending[] = []
  /** The newest did not get it in: the one before is presented. */
  #fallenBack = false
  /** PEM of the root that the server of the open connection was verified with. */
  rootInUse: string | undefined

  constructor(crypto: StationCrypto, factory: FactoryCertificates | undefined) {
    this.#crypto = crypto
    for (const pem of factory?.csmsRoots ?? []) this.#add('csms', pem)
    for (const pem of factory?.manufacturerRoots ?? []) this.#add('manufacturer', pem)
    for (const pem of factory?.v2gRoots ?? []) this.#add('v2g', pem)
    for (const pem of factory?.moRoots ?? []) this.#add('mo', pem)
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

  /** When what it presents expires, ms since the epoch; undefined: it has nothing to present. */
  expiresMs(nowMs: number, use: OwnUse = 'csms'): number | undefined {
    return this.#presented(nowMs, use)?.validity?.notAfterMs
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

  #presented(nowMs: number, use: OwnUse): Own | undefined {
    const valid = this.#valid(nowMs, use)
    const fallenBack = use === 'csms' && this.#fallenBack && valid.length > 1
    return valid[valid.length - (fallenBack ? 2 : 1)]
  }

  /** Oldest first; of the same second the later one is the newer one. */
  #valid(nowMs: number, use: OwnUse): readonly Own[] {
    return this.#own
      .filter((own) => own.use === use && isValid(own, nowMs))
      .sort((a, b) => (a.validity?.notBeforeMs ?? 0) - (b.validity?.notBeforeMs ?? 0))
  }

  /** PEM of the installed roots of one hierarchy, the fallback last. */
  roots(use: RootUse): readonly string[] {
    return this.#roots.filter((root) => root.use === use).map(({ pem }) => pem)
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
   * @returns when it begins to count, ms since the epoch
   */
  takeSigned(
    certificatePem: string,
    nowMs: number,
    uses: readonly OwnUse[] = ['csms'],
  ): number | string {
    const pending = this.#pending.find((one) => sameUses(one.uses, uses))
    if (!pending) return 'no certificate was asked for'
    const { subject, keyPem } = pending
    const fromMs = this.#crypto.validity(certificatePem)?.notBeforeMs ?? nowMs
    // One that begins later is good, too: everything else about it is judged then.
    const asOfMs = Math.max(nowMs, fromMs)
    for (const use of uses) {
      const objection = this.#crypto.objectionToSigned({
        certificatePem,
        keyPem,
        subject,
        roots: this.roots(rootsOf[use]),
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

  /** [1.6 SWP M05] */
  install(use: RootUse, pem: string, limits: RootLimits, nowMs: number): Installation {
    const objection = this.#crypto.objectionToRoot(pem, nowMs)
    if (objection !== undefined) return { status: 'Rejected', objection, invalid: true }
    if (this.#roots.some((root) => root.use === use && samePem(root.pem, pem))) {
      return { status: 'Accepted' }
    }
    if (use === 'csms' && limits.additionalCheck) return this.#succeed(pem)
    if (this.#roots.length >= limits.most) {
      const full = `there is room for ${limits.most} certificates`
      return { status: 'Rejected', objection: full, invalid: false }
    }
    this.#add(use, pem)
    return { status: 'Accepted' }
  }

  /** The hashes of the installed roots of one hierarchy [1.6 SWP M03]. */
  hashes(use: RootUse): readonly CertificateHash[] {
    return this.#roots.filter((root) => root.use === use).map((root) => this.#hash(root, 'SHA256'))
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
  hashIn(pem: string, chainPem: string): CertificateHash | undefined {
    const issuers = [...certificatesIn(chainPem), ...this.#roots.map((root) => root.pem)]
    const issuer = issuers.find((candidate) => this.#crypto.isSignedBy(pem, candidate))
    return issuer === undefined ? undefined : this.#crypto.hashOf(pem, issuer, 'SHA256')
  }

  /** How many certificates are installed [2.0.1 SecurityCtrlr.CertificateEntries]. */
  get entries(): number {
    return this.#roots.length + this.#own.length
  }

  /**
   * Deletes a root, or what is presented to vehicles [1.6 SWP M04] [2.0.1 M04].
   * @param connected the connection rests on a CSMS root: the one in use stays [M04.FR.06]
   */
  delete(hash: CertificateHash, connected: boolean): 'Accepted' | 'Failed' | 'NotFound' {
    const found = this.#roots.find((root) => sameHash(this.#hash(root, hash.hashAlgorithm), hash))
    if (!found) {
      if (this.#isOwn(hash, ['csms'])) return 'Failed'
      if (!this.#isOwn(hash, ['v2g', 'v2g20'])) return 'NotFound'
      this.#own = this.#own.filter(
        (own) => own.use === 'csms' || !this.#isSerial(own, hash.serialNumber),
      )
      return 'Accepted'
    }
    if (connected && this.#inUse(found)) return 'Failed'
    this.#roots = this.#roots.filter((root) => root !== found)
    return 'Accepted'
  }

  /** The server was verified with the successor: the old root goes [1.6 SWP M05.FR.12]. */
  connectedWith(rootPem: string): void {
    this.rootInUse = rootPem
    const used = this.#roots.find(({ pem }) => samePem(pem, rootPem))
    if (used && !used.fallback) this.#roots = this.#roots.filter(({ fallback }) => !fallback)
  }

  /** With AdditionalRootCertificateCheck a root is signed by the one it replaces [M05.FR.09-11]. */
  #succeed(pem: string): Installation {
    const old = this.#roots.find(({ use, fallback }) => use === 'csms' && !fallback)
    if (old && !this.#crypto.isSignedBy(pem, old.pem)) {
      const objection = 'it is not signed by the root that it would replace'
      return { status: 'Rejected', objection, invalid: true }
    }
    this.#roots = this.#roots.filter(({ use, fallback }) => use !== 'csms' || !fallback)
    const fresh = { use: 'csms', pem, issuerPem: old?.pem ?? pem, fallback: false } as const
    if (old) old.fallback = true
    this.#roots.unshift(fresh)
    return { status: 'Accepted' }
  }

  #read(keyed: KeyedCertificate, use: OwnUse): Own {
    return { ...keyed, use, validity: this.#crypto.validity(keyed.certificatePem) }
  }

  #add(use: RootUse, pem: string): void {
    const issuer = this.#roots.find((root) => this.#crypto.isSignedBy(pem, root.pem))
    this.#roots.push({ use, pem, issuerPem: issuer?.pem ?? pem, fallback: false })
  }

  #inUse({ use, pem }: Root): boolean {
    if (use !== 'csms') return false
    return this.rootInUse === undefined
      ? this.roots('csms').length === 1
      : samePem(this.rootInUse, pem)
  }

  /**
   * Its certificate for the management system cannot be deleted from outside [1.6 SWP M04.FR.05]
   * [2.0.1 M04.FR.06].
   */
  #isOwn({ serialNumber }: CertificateHash, uses: readonly OwnUse[]): boolean {
    return this.#own.some((own) => uses.includes(own.use) && this.#isSerial(own, serialNumber))
  }

  #isSerial({ certificatePem }: Own, serialNumber: string): boolean {
    const own = this.#crypto.hashOf(certificatePem, certificatePem, 'SHA256')
    return own.serialNumber.toLowerCase() === plain(serialNumber)
  }

  #hash({ pem, issuerPem }: Root, algorithm: HashAlgorithm): CertificateHash {
    return this.#crypto.hashOf(pem, issuerPem, algorithm)
  }
}

function isValid({ validity }: Own, nowMs: number): boolean {
  return validity !== undefined && validity.notBeforeMs <= nowMs && validity.notAfterMs >= nowMs
}

function sameUses(a: readonly OwnUse[], b: readonly OwnUse[]): boolean {
  return a.length === b.length && a.every((use) => b.includes(use))
}

/** Every certificate of a PEM text for itself. */
export function certificatesIn(pem: string): readonly string[] {
  return pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
}

/** As comparisons take it: leading zeroes of a serial number are forgiven. */
function plain(serialNumber: string): string {
  return serialNumber.replace(/^0+(?=.)/, '').toLowerCase()
}

/** White space is no part of a certificate. */
function samePem(a: string, b: string): boolean {
  return a.replace(/\s+/g, '') === b.replace(/\s+/g, '')
}

/** All four are CiStrings [1.6 SWP 6.1]. */
function sameHash(ours: CertificateHash, theirs: CertificateHash): boolean {
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()
  return (
    same(ours.issuerNameHash, theirs.issuerNameHash) &&
    same(ours.issuerKeyHash, theirs.issuerKeyHash) &&
    same(ours.serialNumber, plain(theirs.serialNumber))
  )
}
