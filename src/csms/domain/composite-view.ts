import { type ChargingProfile, installedAt } from '../../ocpp/smart-charging/charging-profile.ts'
import {
  type CompositePeriod,
  type CompositeSchedule,
  compositeSchedule,
} from '../../ocpp/smart-charging/composite-schedule.ts'
import {
  type InstalledProfile,
  priorityStack,
  stackAt,
  stationStacks,
  transactionStack,
} from '../../ocpp/smart-charging/installed-profiles.ts'
import {
  type ChargingRateUnit,
  minRateOf,
  raised,
  rateOf,
} from '../../ocpp/smart-charging/limit.ts'
import { faultOf2x, readProfile2x } from '../../ocpp/smart-charging/profile2x.ts'
import { faultOf16, readProfile16 } from '../../ocpp/smart-charging/profile16.ts'
import { boundAt, prevailing, type Stack } from '../../ocpp/smart-charging/stack.ts'
import { utcOffsetMs } from '../../ocpp/utc-offset.ts'
import { isoTime } from '../../shared/clock.ts'
import { type ChargingProfileRecord, is2x, openAt } from './charging-profiles.ts'
import type { Domain } from './domain.ts'
import type { Station } from './station.ts'
import type { TransactionRecord } from './transaction.ts'
import { variableValue } from './variables.ts'

/** More periods than this no view has. */
const longestView = 1000

/** What the profiles that a station accepted leave; where they say nothing, a period has no limit. */
interface CompositeView {
  readonly connectorId?: number
  readonly evseId?: number
  /** RFC 3339. */
  readonly scheduleStart: string
  /** Seconds; less than asked for where that would be more periods than anybody reads. */
  readonly duration: number
  readonly chargingRateUnit: ChargingRateUnit
  readonly chargingSchedulePeriod: readonly {
    readonly startPeriod: number
    readonly limit?: number
    readonly numberPhases: number
  }[]
  readonly minChargingRate?: number
}

export interface CompositeQuestion {
  /** 1.6 connectorId, 2.x evseId; 0: the station as a whole. */
  readonly place: number
  /** Seconds, at least 1. */
  readonly duration: number
  readonly unit: ChargingRateUnit
  /** Phase to neutral. */
  readonly voltage: number
}

/**
 * The composite schedule from now on by what the management system knows: unlike the station's own
 * answer to GetCompositeSchedule it knows no hardware.
 */
export function compositeView(
  { clock }: Domain,
  station: Station,
  question: CompositeQuestion,
): CompositeView {
  const fromMs = Math.floor(clock.wallMs() / 1000) * 1000
  const schedule = knownComposite(station, question, fromMs)
  const { place, unit } = question
  return {
    ...(station.record.protocol === 'ocpp1.6' ? { connectorId: place } : { evseId: place }),
    scheduleStart: isoTime(fromMs),
    duration: schedule.duration,
    chargingRateUnit: unit,
    chargingSchedulePeriod: schedule.periods.map(shown),
    ...(schedule.minChargingRate > 0 && { minChargingRate: schedule.minChargingRate }),
  }
}

/** The same from any instant on, as numbers; `Infinity` = no limit. */
export function knownComposite(
  station: Station,
  { place, duration, unit, voltage }: CompositeQuestion,
  fromMs: number,
): CompositeSchedule {
  const open = openAt(station, place)
  // A station's clock may be ahead.
  const startedMs = Math.min(fromMs, Date.parse(open?.startedAt ?? '') || fromMs)
  const installed = installedAtStation(station, open)
  const stacks = stacksOf(station, installed, place, open)
  const sources = place === 0 ? [0] : [place, 0]
  const generation = sources.map((source) => stackAt(installed, 'LocalGeneration', source))
  return compositeSchedule(
    (atMs) => {
      const bound = boundAt(stacks, atMs, startedMs)
      let { limit, untilMs } = bound
      for (const stack of generation) {
        const extra = prevailing(stack, atMs, startedMs)
        untilMs = Math.min(untilMs, extra.untilMs)
        if (extra.limit) limit = raised(limit, extra.limit, voltage)
      }
      const minRate = minRateOf(limit, unit, voltage)
      return { rate: rateOf(limit, unit, voltage), phases: limit.phases, minRate, untilMs }
    },
    fromMs,
    duration,
    longestView,
  )
}

function shown({ startPeriod, limit, numberPhases }: CompositePeriod) {
  return { startPeriod, ...(Number.isFinite(limit) && { limit }), numberPhases }
}

function installedAtStation(
  { record }: Station,
  open: TransactionRecord | undefined,
): readonly InstalledProfile<ChargingProfile>[] {
  const localMs = utcOffsetMs(variableValue(record, 'ClockCtrlr', 'TimeOffset')) ?? 0
  return (record.chargingProfiles ?? [])
    .filter(
      ({ profile, transactionId }) =>
        profile.chargingProfilePurpose !== 'TxProfile' ||
        (open !== undefined && transactionId === open.transactionId),
    )
    .flatMap((known) => readRecord(known, localMs) ?? [])
}

/** Undefined where it cannot be read. */
function readRecord(
  { connectorId, evseId, profile, since }: ChargingProfileRecord,
  localMs: number,
): InstalledProfile<ChargingProfile> | undefined {
  const sinceMs = Date.parse(since)
  if (is2x(profile)) {
    if (faultOf2x(profile)) return undefined
    const read = readProfile2x(profile, sinceMs, { localMs })
    return { place: evseId ?? -1, profile: installedAt(read, sinceMs) }
  }
  return faultOf16(profile) === undefined
    ? { place: connectorId ?? -1, profile: installedAt(readProfile16(profile), sinceMs) }
    : undefined
}

function stacksOf(
  { record }: Station,
  installed: readonly InstalledProfile<ChargingProfile>[],
  place: number,
  open: TransactionRecord | undefined,
): readonly Stack[] {
  const whole = stationStacks(installed)
  if (place === 0) return whole
  const own = transactionStack(installed, place)
  const hasPriority = open && record.priorityCharging?.includes(String(open.transactionId))
  return [
    hasPriority ? [...priorityStack(installed, place), ...own] : own,
    stackAt(installed, 'ChargingStationExternalConstraints', place),
    ...whole,
  ]
}
