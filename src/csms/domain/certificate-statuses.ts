import type { CertificateHash } from '../../ocpp/station-crypto.ts'
import { isoTime } from '../../shared/clock.ts'
import { certificatesOf } from './certificates.ts'
import type { StationContext } from './domain.ts'

/** Failed: another authority issued it, and nobody else is asked. */
export type ToldStatus = 'Good' | 'Revoked' | 'Unknown' | 'Failed'

/** What a station was told of a certificate that it asked about [2.0.1 M06] [2.1 M07]. */
export interface CertificateStatusRecord {
  /** Hexadecimal, upper case, as the ledger of certificates has it. */
  readonly serial: string
  readonly status: ToldStatus
  /** When it was told, RFC 3339. */
  readonly at: string
}

/** So many certificates are remembered of a station. */
const mostStatuses = 50

const spelling = { good: 'Good', revoked: 'Revoked', unknown: 'Unknown' } as const

/**
 * What there is to tell; the operator sees it as the latest word on this certificate.
 * @param source a list of what was revoked knows nothing else: all the rest is good [2.1 M07.FR.07]
 */
export async function tellStatus(
  hash: CertificateHash,
  source: 'OCSP' | 'CRL',
  { station, domain }: StationContext,
): Promise<ToldStatus> {
  const known = await domain.authority?.standing(hash)
  const standing = known === 'unknown' && source === 'CRL' ? 'good' : known
  const status: ToldStatus = standing ? spelling[standing] : 'Failed'
  const serial = hash.serialNumber.toUpperCase()
  const certificates = certificatesOf(station.record)
  const others = (certificates.statuses ?? []).filter((known) => known.serial !== serial)
  const told = { serial, status, at: isoTime(domain.clock.wallMs()) }
  certificates.statuses = [...others, told].slice(-mostStatuses)
  domain.stations.save(station.record)
  return status
}
