import type { Domain } from './domain.ts'
import type { Station } from './station.ts'

/** What the EV at an EVSE told over ISO 15118 [2.0.1 K15-K17]. */
export interface EvChargingRecord {
  readonly evseId: number
  /** Undefined where no transaction was known. */
  readonly transactionId: number | string | undefined
  /** ChargingNeedsType; undefined: it told only its schedule. */
  readonly needs: object | undefined
  /** When they were told, RFC 3339. */
  readonly needsAt: string | undefined
  /** What they were answered. */
  readonly answer: string | undefined
  /** Of the profile that was made for it. */
  readonly profileId: number | undefined
  /** ChargingScheduleType: how it means to charge; undefined: not told yet. */
  readonly schedule: object | undefined
  /** Whether that was within what it may. */
  readonly scheduleStatus: string | undefined
  /** How often a profile was sent once more because its schedule was beyond it. */
  readonly renegotiations: number
}

/** Of so many EVSEs of one station. */
const mostEvs = 100

/** Undefined: nothing was told of one there. */
export function evAt({ record }: Station, evseId: number): EvChargingRecord | undefined {
  return record.evCharging?.find((known) => known.evseId === evseId)
}

/** Changes what is known of the EV at an EVSE. */
export function noteEv(
  domain: Domain,
  station: Station,
  evseId: number,
  news: Partial<EvChargingRecord>,
): EvChargingRecord {
  const { record } = station
  const before: EvChargingRecord = evAt(station, evseId) ?? {
    evseId,
    transactionId: undefined,
    needs: undefined,
    needsAt: undefined,
    answer: undefined,
    profileId: undefined,
    schedule: undefined,
    scheduleStatus: undefined,
    renegotiations: 0,
  }
  const after = { ...before, ...news }
  const others = (record.evCharging ?? []).filter((known) => known.evseId !== evseId)
  record.evCharging = [...others, after].slice(-mostEvs)
  domain.stations.save(record)
  return after
}
