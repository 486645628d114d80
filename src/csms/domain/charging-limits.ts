import { isoTime } from '../../shared/clock.ts'
import type { Domain } from './domain.ts'
import type { Station } from './station.ts'

/** A limit that somebody else set at a 2.x station, as it told [2.0.1 K11-K14]. */
export interface ChargingLimitRecord {
  /** 0: the whole station. */
  readonly evseId: number
  readonly source: string
  readonly isGridCritical: boolean
  /** 2.1: it adds to what others allow. */
  readonly isLocalGeneration: boolean
  /** ChargingScheduleType, where the station tells them. */
  readonly schedules: readonly object[]
  /** When it was heard of, RFC 3339. */
  readonly since: string
}

/** So many are remembered of one station; the oldest goes first. */
const mostLimits = 50

export function noteLimit(
  domain: Domain,
  { record }: Station,
  limit: Omit<ChargingLimitRecord, 'since'>,
): void {
  const others = (record.chargingLimits ?? []).filter((known) => !isSame(known, limit))
  const fresh = { ...limit, since: isoTime(domain.clock.wallMs()) }
  record.chargingLimits = [...others, fresh].slice(-mostLimits)
  domain.stations.save(record)
}

/** [2.0.1 K13] */
export function noteLimitCleared(
  domain: Domain,
  { record }: Station,
  evseId: number,
  source: string,
): void {
  const left = (record.chargingLimits ?? []).filter(
    (known) => known.evseId !== evseId || known.source !== source,
  )
  record.chargingLimits = left
  domain.stations.save(record)
}

function isSame(
  one: Omit<ChargingLimitRecord, 'since'>,
  other: Omit<ChargingLimitRecord, 'since'>,
): boolean {
  return (
    one.evseId === other.evseId &&
    one.source === other.source &&
    one.isLocalGeneration === other.isLocalGeneration
  )
}
