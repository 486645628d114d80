import type { CertificateHash } from '../../ocpp/station-crypto.ts'
import type { CertificateStatusRecord } from './certificate-statuses.ts'
import type { ContractRecord } from './contracts.ts'
import type { Domain } from './domain.ts'
import type { StationRecord } from './station.ts'

/** What a station wants a certificate for: this management system, vehicles, or both. */
export type RequestedUse = 'station' | 'secc' | 'combined'

/** What the operator's certificate authority does for stations; `platform/pki` has one. */
export interface CertificateSigner {
  /**
   * Why a request cannot be signed, in one sentence without a full stop.
   * @param name what its CN must be; undefined: that is not known
   * @param stationId who asks
   */
  objectionToRequest(
    csrPem: string,
    name: string | undefined,
    stationId: string,
    use?: RequestedUse,
  ): Promise<string | undefined>
  /**
   * Signs a request that nothing is to be said against.
   * @param stationId for its books
   */
  signRequest(
    csrPem: string,
    stationId: string,
    days: number,
    use?: RequestedUse,
  ): Promise<SignedChain>
  /** The contract that a vehicle's request names; undefined: it is no request that can be signed. */
  requestedContract(csrPem: string): Promise<string | undefined>
  /** Certifies a vehicle's key for a contract. Rejects for what is no request. */
  signContract(csrPem: string, emaid: string, days: number): Promise<SignedChain>
  /** What is known of a certificate; undefined: another authority issued it. */
  standing(hash: CertificateHash): Promise<'good' | 'revoked' | 'unknown' | undefined>
  /** DER in base64 [RFC 6960]; undefined: another authority issued it. */
  ocspResponse(hash: CertificateHash): Promise<string | undefined>
  /** What is to be said of a chain that a vehicle presented, the leaf first. */
  judge(chainPem: string): Promise<ChainVerdict>
}

/** Unverifiable: nothing trusted here signed it, or it cannot be read. */
export type ChainVerdict = 'good' | 'expired' | 'revoked' | 'unverifiable'

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
  /** 2.x: as the request named it; absent where it named none. */
  readonly certificateType?: string
  /** Sent: the station has not answered yet. Undelivered: it has not answered, and may not have got it. */
  state: 'Sent' | 'Installed' | 'Rejected' | 'Undelivered'
}

/** A root that is installed at a station, as it was reported or accepted. */
export interface RootRecord {
  /** As the version spells it. */
  readonly certificateType: string
  readonly hash: CertificateHash
  /** 2.x: those between it and its root. */
  readonly children?: readonly CertificateHash[]
}

/** A certificate that is sent until the station answers. Written in place. */
export interface CertificateDelivery {
  readonly serial: string
  readonly chainPem: string
  readonly notAfter: string
  /** SHA-256 of the request that it answers, in hexadecimal. */
  readonly request: string
  /** 2.x: as the request named it. */
  readonly certificateType?: string
  /** 2.1: of the request. */
  readonly requestId?: number
  /** How often it was sent. */
  attempts: number
}

/** What is known of a station's certificates. */
export interface CertificatesRecord {
  /** Oldest first, the latest few. */
  signed: SignedRecord[]
  roots: RootRecord[]
  /** Why its last request was not signed; absent where it was. */
  refusal?: { readonly at: string; readonly reason: string } | undefined
  /** The latest, until it was answered or given up. */
  delivery?: CertificateDelivery | undefined
  /** 2.x: of vehicles that asked for them here, the latest few, oldest first. */
  contracts?: readonly ContractRecord[]
  /** 2.x: what it was told of certificates that it asked about, the latest few, oldest first. */
  statuses?: readonly CertificateStatusRecord[]
}

/** What the operator may see of it: no certificate itself. */
export interface CertificatesView extends Omit<CertificatesRecord, 'delivery'> {
  readonly delivery?: Pick<CertificateDelivery, 'serial' | 'attempts'>
}

export function certificatesView({ certificates }: StationRecord): CertificatesView {
  const { delivery, ...shown } = certificates ?? { signed: [], roots: [] }
  if (!delivery) return shown
  const { serial, attempts } = delivery
  return { ...shown, delivery: { serial, attempts } }
}

const mostSigned = 20
const mostRoots = 100

/** What is known of them, made where nothing is yet. */
export function certificatesOf(record: StationRecord): CertificatesRecord {
  record.certificates ??= { signed: [], roots: [] }
  return record.certificates
}

/** The request that it answers takes the place of any earlier one. */
export function addSigned(
  record: StationRecord,
  signed: SignedRecord,
  delivery: CertificateDelivery,
): void {
  const certificates = certificatesOf(record)
  certificates.refusal = undefined
  certificates.delivery = delivery
  certificates.signed.push(signed)
  if (certificates.signed.length > mostSigned) certificates.signed.shift()
}

/** A station answered to a certificate, or will not be sent it any more. */
export function settleSigned(
  record: StationRecord,
  serial: string,
  state: SignedRecord['state'],
): boolean {
  const { certificates } = record
  const signed = certificates?.signed.find((known) => known.serial === serial)
  if (certificates?.delivery?.serial === serial) certificates.delivery = undefined
  if (signed) signed.state = state
  return signed !== undefined
}

/** A certificate was revoked: nobody needs it any more. */
export function dropDelivery({ stations }: Pick<Domain, 'stations'>, serial: string): void {
  for (const record of stations.list()) {
    if (record.certificates?.delivery?.serial !== serial) continue
    settleSigned(record, serial, 'Undelivered')
    stations.save(record)
  }
}

/** A station has a root, once. */
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
  const roots = hashes.map((hash) => ({ certificateType, hash }))
  replaceInstalled(record, [certificateType], roots)
}

/**
 * The station listed all it has of these types.
 * @param types undefined: of every type
 */
export function replaceInstalled(
  record: StationRecord,
  types: readonly string[] | undefined,
  roots: readonly RootRecord[],
): void {
  const certificates = certificatesOf(record)
  certificates.roots = types
    ? certificates.roots.filter(({ certificateType }) => !types.includes(certificateType))
    : []
  for (const root of roots) addRoot(record, root)
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
