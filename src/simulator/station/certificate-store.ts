import type {
  CertificateHash,
  CertificateSubject,
  HashAlgorithm,
  KeyedCertificate,
  StationCrypto,
  Validity,
} from '../../ocpp/station-crypto.ts'

/** Whose hierarchy a root is of; each version has its own spelling. */
export type RootUse = 'csms' | 'manufacturer'

/** What a station left the factory with. PEM. */
export interface FactoryCertificates {
  readonly csmsRoots: readonly string[]
  readonly manufacturerRoots: readonly string[]
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
}

/** Read once: every connection asks, and reading a certificate costs a third of a millisecond. */
interface Own extends KeyedCertificate {
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

/** How many certificates of its own a station keeps: the newest and one to fall back on. */
const mostOwn = 2

/**
 * The keys and certificates of one station: of its own, and the roots that it trusts. Survives
 * reboots; private keys never leave it but to the TLS handshake [1.6 SWP A02.FR.05].
 */
export class CertificateStore {
  readonly #crypto: StationCrypto
  readonly #own: Own[] = []
  #roots: Root[] = []
  #pending: Pending | undefined
  /** PEM of the root that the server of the open connection was verified with. */
  rootInUse: string | undefined

  constructor(crypto: StationCrypto, factory: FactoryCertificates | undefined) {
    this.#crypto = crypto
    for (const pem of factory?.csmsRoots ?? []) this.#add('csms', pem)
    for (const pem of factory?.manufacturerRoots ?? []) this.#add('manufacturer', pem)
    if (factory?.client) this.adopt(factory.client)
  }

  /** It came with this one, as was found out only now. */
  adopt(factoryClient: KeyedCertificate): void {
    if (this.#own.length === 0) this.#own.push(this.#read(factoryClient))
  }

  /** What it presents to the server: the newest that is valid [1.6 SWP A02.FR.08, A02.FR.09]. */
  client(nowMs: number): KeyedCertificate | undefined {
    return this.#presented(nowMs)
  }

  /** When what it presents expires, ms since the epoch; undefined: it has nothing to present. */
  expiresMs(nowMs: number): number | undefined {
    return this.#presented(nowMs)?.validity?.notAfterMs
  }

  #presented(nowMs: number): Own | undefined {
    let newest: Own | undefined
    let newestFrom = Number.NEGATIVE_INFINITY
    for (const own of this.#own) {
      const { validity } = own
      if (!validity || validity.notBeforeMs > nowMs || validity.notAfterMs < nowMs) continue
      // Of the same second the later one is the newer one.
      if (validity.notBeforeMs >= newestFrom) newest = own
      newestFrom = Math.max(newestFrom, validity.notBeforeMs)
    }
    return newest
  }

  /** PEM of the installed roots of one hierarchy, the fallback last. */
  roots(use: RootUse): readonly string[] {
    return this.#roots.filter((root) => root.use === use).map(({ pem }) => pem)
  }

  /** Makes a new key, of the kind of the old one, and a request to sign it. */
  async request(subject: CertificateSubject): Promise<string> {
    const [newest] = this.#own.slice(-1)
    const kind = newest ? this.#crypto.keyKind(newest.keyPem) : 'ecdsa'
    const { csrPem, keyPem } = await this.#crypto.request(subject, kind)
    this.#pending = { subject, keyPem }
    return csrPem
  }

  /** The CSMS will not sign what was requested. */
  requestRefused(): void {
    this.#pending = undefined
  }

  /**
   * Takes the certificate that the CSMS signed, or tells why it is none [1.6 SWP A02.FR.06].
   * @returns when it begins to count, ms since the epoch
   */
  takeSigned(certificatePem: string, nowMs: number): number | string {
    const pending = this.#pending
    if (!pending) return 'no certificate was asked for'
    const { subject, keyPem } = pending
    const own = this.#read({ certificatePem, keyPem })
    // One that begins later is good, too: everything else about it is judged then.
    const fromMs = own.validity?.notBeforeMs ?? nowMs
    const asOfMs = Math.max(nowMs, fromMs)
    const roots = this.roots('csms')
    const signed = { certificatePem, keyPem, subject, roots, nowMs: asOfMs }
    const objection = this.#crypto.objectionToSigned(signed)
    if (objection !== undefined) return objection
    this.#pending = undefined
    this.#own.push(own)
    this.#own.splice(0, Math.max(0, this.#own.length - mostOwn))
    return fromMs
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

  /**
   * Deletes a root [1.6 SWP M04].
   * @param connected the connection rests on a CSMS root: the one in use stays [M04.FR.06]
   */
  delete(hash: CertificateHash, connected: boolean): 'Accepted' | 'Failed' | 'NotFound' {
    const found = this.#roots.find((root) => sameHash(this.#hash(root, hash.hashAlgorithm), hash))
    if (!found) return this.#isOwn(hash) ? 'Failed' : 'NotFound'
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

  #read(keyed: KeyedCertificate): Own {
    return { ...keyed, validity: this.#crypto.validity(keyed.certificatePem) }
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

  /** Its own certificate cannot be deleted from outside [1.6 SWP M04.FR.05]. */
  #isOwn({ serialNumber }: CertificateHash): boolean {
    return this.#own.some(({ certificatePem }) => {
      const own = this.#crypto.hashOf(certificatePem, certificatePem, 'SHA256')
      return own.serialNumber.toLowerCase() === serialNumber.toLowerCase()
    })
  }

  #hash({ pem, issuerPem }: Root, algorithm: HashAlgorithm): CertificateHash {
    return this.#crypto.hashOf(pem, issuerPem, algorithm)
  }
}

/** White space is no part of a certificate. */
function samePem(a: string, b: string): boolean {
  return a.replace(/\s+/g, '') === b.replace(/\s+/g, '')
}

/** All four are CiStrings [1.6 SWP 6.1]; leading zeroes of a serial number are forgiven. */
function sameHash(ours: CertificateHash, theirs: CertificateHash): boolean {
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()
  return (
    same(ours.issuerNameHash, theirs.issuerNameHash) &&
    same(ours.issuerKeyHash, theirs.issuerKeyHash) &&
    same(ours.serialNumber, theirs.serialNumber.replace(/^0+(?=.)/, ''))
  )
}
