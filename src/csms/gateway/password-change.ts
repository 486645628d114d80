import { isoTime } from '../../shared/clock.ts'
import type { StationContext } from '../domain/domain.ts'
import { accessOf } from '../domain/security.ts'
import { hashPassword } from './credentials.ts'

/**
 * The password that is about to be set is kept as a hash before it leaves: a station that takes it
 * and is cut off before it answers can connect all the same, and so it can after this process died.
 * [1.6 SWP A01] [2.0.1 A01]
 */
export async function keepNextPassword(
  password: string,
  { station, domain }: StationContext,
): Promise<void> {
  const nextPasswordHash = await hashPassword(password)
  const { record } = station
  record.security ??= {}
  record.security.nextPasswordHash = nextPasswordHash
  domain.stations.save(record)
  domain.accessChanged?.(station.id, accessOf(record) ?? {})
}

/**
 * Once accepted, the new password counts and the old one no longer [1.6 SWP A01.FR.03] [2.0.1
 * A01.FR.03]; refused, the old one stays [A01.FR.04].
 */
export function passwordAnswered(accepted: boolean, { station, domain }: StationContext): void {
  const { record } = station
  const { security } = record
  if (security?.nextPasswordHash === undefined) return
  if (accepted) {
    security.passwordHash = security.nextPasswordHash
    security.passwordChangedAt = isoTime(domain.clock.wallMs())
  }
  security.nextPasswordHash = undefined
  domain.stations.save(record)
  domain.accessChanged?.(station.id, accessOf(record) ?? {})
}
