import type { CertificateHash, HashAlgorithm, StationCrypto } from '../../ocpp/station-crypto.ts'

/** Whose hierarchy a root is of; each version has its own spelling. 1.6 knows the first two. */
export type RootUse = 'csms' | 'manufacturer' | 'v2g' | 'mo' | 'oem'

interface RootLimits {
  /** CertificateStoreMaxLength. */
  readonly most: number
  /** AdditionalRootCertificateCheck. */
  readonly additionalCheck: boolean
}

/** How an installation ended; with an objection where it did not. */
type Installation =
  | { readonly status: 'Accepted' }
  | { readonly status: 'Rejected'; readonly objection: string; readonly invalid: boolean }

interface Root {
  readonly use: RootUse
  readonly pem: string
  readonly issuerPem: string
  /** Kept only until the station connected with its successor [1.6 SWP M05.FR.11]. */
  fallback: boolean
}

/** The roots that one station trusts. Survives reboots. */
export class TrustedRoots {
  readonly #crypto: StationCrypto
  #roots: Root[] = []
  /** PEM of the root that the server of the open connection was verified with. */
  #inUse: string | undefined

  constructor(crypto: StationCrypto) {
    this.#crypto = crypto
  }

  /** It came with it. */
  add(use: RootUse, pem: string): void {
    const issuer = this.#roots.find((root) => this.#crypto.isSignedBy(pem, root.pem))
    this.#roots.push({ use, pem, issuerPem: issuer?.pem ?? pem, fallback: false })
  }

  /** PEM of the installed roots of one hierarchy, the fallback last. */
  pems(use: RootUse): readonly string[] {
    return this.#roots.filter((root) => root.use === use).map(({ pem }) => pem)
  }

  /** PEM of all. */
  get all(): readonly string[] {
    return this.#roots.map(({ pem }) => pem)
  }

  /** The hashes of the installed roots of one hierarchy [1.6 SWP M03]. */
  hashes(use: RootUse): readonly CertificateHash[] {
    return this.#roots.filter((root) => root.use === use).map((root) => this.#hash(root, 'SHA256'))
  }

  /** [1.6 SWP M05] [2.0.1 M05] */
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
    this.add(use, pem)
    return { status: 'Accepted' }
  }

  /** @param connected the connection rests on a CSMS root: the one in use stays [1.6 SWP M04.FR.06] */
  delete(hash: CertificateHash, connected: boolean): 'Accepted' | 'Failed' | 'NotFound' {
    const found = this.#roots.find((root) => sameHash(this.#hash(root, hash.hashAlgorithm), hash))
    if (!found) return 'NotFound'
    if (connected && this.#isInUse(found)) return 'Failed'
    this.#roots = this.#roots.filter((root) => root !== found)
    return 'Accepted'
  }

  /** The server was verified with the successor: the old root goes [1.6 SWP M05.FR.12]. */
  connectedWith(rootPem: string): void {
    this.#inUse = rootPem
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

  #isInUse({ use, pem }: Root): boolean {
    if (use !== 'csms') return false
    return this.#inUse === undefined ? this.pems('csms').length === 1 : samePem(this.#inUse, pem)
  }

  #hash({ pem, issuerPem }: Root, algorithm: HashAlgorithm): CertificateHash {
    return this.#crypto.hashOf(pem, issuerPem, algorithm)
  }
}

/** As comparisons take it: leading zeroes of a serial number are forgiven. */
export function plainSerial(serialNumber: string): string {
  return serialNumber.replace(/^0+(?=.)/, '').toLowerCase()
}

/** White space is no part of a certificate. */
function samePem(a: string, b: string): boolean {
  return a.replace(/\s+/g, '') === b.replace(/\s+/g, '')
}

/** All four are CiStrings [1.6 SWP 6.1]. */
export function sameHash(ours: CertificateHash, theirs: CertificateHash): boolean {
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()
  return (
    same(ours.issuerNameHash, theirs.issuerNameHash) &&
    same(ours.issuerKeyHash, theirs.issuerKeyHash) &&
    same(ours.serialNumber, plainSerial(theirs.serialNumber))
  )
}
