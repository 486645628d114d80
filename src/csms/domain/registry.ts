import { isoTime } from '../../shared/clock.ts'
import type { Domain } from './domain.ts'
import { endTransaction } from './ledger.ts'
import { type AccessChange, accessOf, orderAccess } from './security.ts'
import { newStation, type Station, type StationRecord } from './station.ts'
import { isOpen } from './transaction.ts'

/**
 * Makes a station known before it connects, or changes what its next connection is judged by.
 * Undefined where one to register is known, or one to change is not.
 */
export function registerStation(
  domain: Domain,
  edit: {
    readonly kind: 'register' | 'change'
    readonly stationId: string
    readonly change: AccessChange
  },
): StationRecord | undefined {
  const { kind, stationId, change } = edit
  const known = domain.stations.get(stationId)
  if ((kind === 'register') === (known !== undefined)) return undefined
  const record = known ?? newStation(stationId)
  orderAccess(record, change, isoTime(domain.clock.wallMs()))
  domain.stations.save(record)
  domain.accessChanged?.(stationId, accessOf(record) ?? {})
  return record
}

/**
 * Ends the open transactions of a station that is about to be removed: with the last register it
 * reported, now, for the reason `StationRemoved`. False, and nothing done, where it has some and
 * nobody forces it.
 */
export function removeStation(domain: Domain, station: Station, force: boolean): boolean {
  const open = station.transactions.filter(isOpen)
  if (open.length > 0 && !force) return false
  const stoppedAt = isoTime(domain.clock.wallMs())
  for (const transaction of open) {
    const meterStopWh = transaction.lastRegisterWh ?? transaction.meterStartWh
    endTransaction(domain, transaction, { stoppedAt, meterStopWh, reason: 'StationRemoved' })
  }
  return true
}
