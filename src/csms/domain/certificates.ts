import type { CertificateHash } from '../../ocpp/station-crypto.ts'
import type { StationRecord } from './station.ts'

/** What the operator's certificate authority does for stations; `platform/pki` has one. */
export interface CertificateSigner {
  /**
   * Why a request cannot be signed, in one sentence without a full stop.
   * @param serialNumber what its CN must be
   */
  objectionToRequest(csrPem: string, serialNumber: string): Promise<string | undefined>
  /**
   * Signs a request that nothing is to be said against.
   * @param stationId for its books
   */
  signRequest(csrPem: string, stationId: string, days: number): Promise<SignedChain>
}

interface SignedChain {
  /** PEM: the certificate, then what it was signed with. */
  readonly chainPem: string
  readonly entry: {
    /** Hexadecimal, upper case. */
    readonly serial: string
    readonly commonName: string
    /** RFC 3339. */
    readonly notBefore: string
    readonly notAfter: string
  }
}

/** A certificate that was signed for a station. Written in place; times are RFC 3339. */
export interface SignedRecord {
  readonly serial: string
  readonly commonName: string
  readonly notBefore: string
  readonly notAfter: string
  readonly signedAt: string
  /** Sent: the station has not answered yet. Undelivered: it cannot have got it. */
  state: 'Sent' | 'Installed' | 'Rejected' | 'Undelivered'
}

/** A root that is installed at a station, as it was reported or accepted. */
export interface RootRecord {
  /** As the version spells it. */
  readonly certificateType: string
  readonly hash: CertificateHash
}

/** What is known of a station's certificates. */
export interface CertificatesRecord {
  /** Oldest first, the latest few. */
  signed: SignedRecord[]
  roots: RootRecord[]
  /** Why its last request was not signed; absent where it was. */
  refusal?: { readonly at: string; readonly reason: string } | undefined
}

const mostSigned = 20
const mostRoots = 100

export function certificatesOf(record: StationRecord): CertificatesRecord {
  record.certificates ??= { signed: [], roots: [] }
  return record.certificates
}

export function addSigned(record: StationRecord, signed: SignedRecord): void {
  const certificates = certificatesOf(record)
  certificates.refusal = undefined
  certificates.signed.push(signed)
  if (certificates.signed.length > mostSigned) certificates.signed.shift()
}

export function addRoot(record: StationRecord, root: RootRecord): void {
  const { roots } = certificatesOf(record)
  if (roots.some((known) => isSame(known, root.certificateType, root.hash))) return
  roots.push(root)
  if (roots.length > mostRoots) roots.shift()
}

/** The station listed all it has of one type. */
export function replaceRoots(
  record: StationRecord,
  certificateType: string,
  hashes: readonly CertificateHash[],
): void {
  const certificates = certificatesOf(record)
  certificates.roots = certificates.roots.filter((root) => root.certificateType !== certificateType)
  for (const hash of hashes) addRoot(record, { certificateType, hash })
}

export function removeRoot(record: StationRecord, hash: CertificateHash): void {
  const certificates = certificatesOf(record)
  certificates.roots = certificates.roots.filter(
    (root) => !isSame(root, root.certificateType, hash),
  )
}

/** How many were signed for a station since then. */
export function signedSince(record: StationRecord, sinceMs: number): number {
  const signed = record.certificates?.signed ?? []
  return signed.filter(({ signedAt }) => Date.parse(signedAt) >= sinceMs).length
}

/** The certificate that a station presents, where it was signed here. */
export function presented({ certificates, security }: StationRecord): SignedRecord | undefined {
  return certificates?.signed.find(({ serial }) => serial === security?.certificateSerial)
}

function isSame(root: RootRecord, certificateType: string, hash: CertificateHash): boolean {
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()
  return (
    root.certificateType === certificateType &&
    same(root.hash.serialNumber, hash.serialNumber) &&
    // Hashes of two algorithms cannot be compared; the serial number then has to do.
    (root.hash.hashAlgorithm !== hash.hashAlgorithm ||
      (same(root.hash.issuerNameHash, hash.issuerNameHash) &&
        same(root.hash.issuerKeyHash, hash.issuerKeyHash)))
  )
}
