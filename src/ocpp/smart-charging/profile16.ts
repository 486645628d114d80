import type { SetChargingProfileRequest } from 'typed-ocpp/dist/ocpp16/types.js'
import type { ChargingProfile, ChargingProfilePurpose } from './charging-profile.ts'
import type { Phases } from './limit.ts'

/** A ChargingProfile as 1.6 writes it [1.6 7.8]. */
export type ChargingProfile16 = SetChargingProfileRequest['csChargingProfiles']
type Purpose16 = ChargingProfile16['chargingProfilePurpose']
type Schedule16 = ChargingProfile16['chargingSchedule']
type Period16 = Schedule16['chargingSchedulePeriod'][number]

const purposes: Readonly<Record<Purpose16, ChargingProfilePurpose>> = {
  ChargePointMaxProfile: 'ChargingStationMaxProfile',
  TxDefaultProfile: 'TxDefaultProfile',
  TxProfile: 'TxProfile',
}

export function purposeOf16(purpose: Purpose16): ChargingProfilePurpose {
  return purposes[purpose]
}

/** Reads a profile in which `faultOf16` finds nothing wrong. */
export function readProfile16(wire: ChargingProfile16): ChargingProfile {
  const { chargingSchedule: schedule } = wire
  return {
    id: wire.chargingProfileId,
    stackLevel: wire.stackLevel,
    purpose: purposes[wire.chargingProfilePurpose],
    kind: wire.chargingProfileKind,
    recurrency: wire.chargingProfileKind === 'Recurring' ? wire.recurrencyKind : undefined,
    validFromMs: instant(wire.validFrom) ?? Number.NEGATIVE_INFINITY,
    validToMs: instant(wire.validTo) ?? Number.POSITIVE_INFINITY,
    schedule: {
      startMs: instant(schedule.startSchedule),
      durationMs: seconds(schedule.duration ?? Number.POSITIVE_INFINITY),
      unit: schedule.chargingRateUnit,
      periods: schedule.chargingSchedulePeriod.map((period) => ({
        startMs: seconds(period.startPeriod),
        limit: period.limit,
        phases: phasesOf(period),
      })),
      minRate: schedule.minChargingRate ?? 0,
    },
  }
}

/**
 * What is wrong with a profile that its schema accepts; undefined = nothing. recurrencyKind beside
 * another kind than Recurring is left unread [1.6 errata 3.56], validFrom and validTo are legal with
 * every purpose [1.6 errata 3.65, 3.66].
 */
export function faultOf16(wire: ChargingProfile16): string | undefined {
  const { validFrom, validTo, chargingSchedule: schedule } = wire
  if (wire.stackLevel < 0) return 'stackLevel is negative'
  if ([validFrom, validTo, schedule.startSchedule].some((text) => Number.isNaN(instant(text)))) {
    return 'a date is none'
  }
  if (validFrom !== undefined && validTo !== undefined && !(at(validFrom) < at(validTo))) {
    return 'validFrom is not before validTo'
  }
  if (wire.chargingProfileKind === 'Recurring') {
    if (wire.recurrencyKind === undefined) return 'a Recurring profile needs recurrencyKind'
    if (schedule.startSchedule === undefined) return 'a Recurring profile needs startSchedule'
  }
  return scheduleFault(schedule)
}

function scheduleFault({ duration, minChargingRate, chargingSchedulePeriod }: Schedule16) {
  if (duration !== undefined && duration <= 0) return 'duration is not positive'
  if (minChargingRate !== undefined && minChargingRate < 0) return 'minChargingRate is negative'
  // [1.6 errata 3.45]
  if (chargingSchedulePeriod[0]?.startPeriod !== 0) return 'the first startPeriod is not 0'
  let last = -1
  for (const { startPeriod, limit, numberPhases = 3 } of chargingSchedulePeriod) {
    if (startPeriod <= last) return 'the periods are not in the order of their startPeriod'
    if (limit < 0) return 'a limit is negative'
    if (numberPhases < 1 || numberPhases > 3) return 'numberPhases is not 1, 2 or 3'
    last = startPeriod
  }
  return undefined
}

/** [1.6 7.14] 3 where it is not given. */
function phasesOf({ numberPhases }: Period16): Phases {
  return numberPhases === 1 || numberPhases === 2 ? numberPhases : 3
}

function instant(text: string | undefined): number | undefined {
  return text === undefined ? undefined : at(text)
}

function at(text: string): number {
  return Date.parse(text)
}

function seconds(count: number): number {
  return count * 1000
}
