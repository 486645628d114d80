import type { ChargingProfile, ChargingSchedule, SchedulePeriod } from './charging-profile.ts'
import { type ChargingRateUnit, type Limit, tighter, unlimited } from './limit.ts'

const dayMs = 86_400_000
const weekMs = 7 * dayMs

/** What holds from an instant on, and until when nothing about it changes. */
export interface Stretch {
  /** Undefined: there is nothing to say. */
  readonly limit: Limit | undefined
  /** Later than the instant; `Infinity` = for ever. */
  readonly untilMs: number
  /** 0 to 1: something changes when the EV's battery gets there; absent: never. */
  readonly untilSoc?: number
}

/** What besides the time decides what a profile of 2.1 says. */
export interface Circumstances {
  /** State of charge of the EV, 0 to 1. */
  readonly soc?: number | undefined
  /** Since when the station is offline; undefined: it is not. */
  readonly offlineSinceMs?: number | undefined
}

/**
 * What one profile says at an instant. It says nothing outside validFrom..validTo, before its
 * schedule starts, and when its duration, or the recurrence it is cut off by, is over [1.6 5.16.4];
 * nor when the station is offline for longer than it says [2.1 K01.FR.101].
 * "Daily" is 24 hours and "Weekly" 7 days, counted from startSchedule [1.6 7.37].
 *
 * @param startedMs when charging started, or would: the origin of relative schedules
 */
export function scheduledAt(
  profile: ChargingProfile,
  atMs: number,
  startedMs: number,
  { soc, offlineSinceMs }: Circumstances = {},
): Stretch {
  const { offlineMs = Number.POSITIVE_INFINITY } = profile
  const lapsesMs = (offlineSinceMs ?? Number.POSITIVE_INFINITY) + offlineMs
  if (atMs >= lapsesMs) return { limit: undefined, untilMs: Number.POSITIVE_INFINITY }
  const said = saidAt(profile, atMs, startedMs)
  const stretch = { ...said, untilMs: Math.min(said.untilMs, lapsesMs) }
  const { beyondSoc, unit } = profile.schedule
  if (!beyondSoc || !stretch.limit) return stretch
  if (soc === undefined || soc < beyondSoc.soc) return { ...stretch, untilSoc: beyondSoc.soc }
  return { ...stretch, limit: tighter(stretch.limit, limitIn(unit, beyondSoc.limit)) }
}

function saidAt(profile: ChargingProfile, atMs: number, startedMs: number): Stretch {
  const { validFromMs, validToMs, schedule } = profile
  if (atMs >= validToMs) return { limit: undefined, untilMs: Number.POSITIVE_INFINITY }
  if (atMs < validFromMs) return { limit: undefined, untilMs: validFromMs }
  const cycleMs = cycleOf(profile)
  const originMs = originOf(profile, cycleMs, atMs, startedMs)
  if (originMs > atMs) return { limit: undefined, untilMs: Math.min(originMs, validToMs) }
  const offsetMs = atMs - originMs
  const endMs = Math.min(schedule.durationMs, cycleMs)
  if (offsetMs >= endMs) {
    return { limit: undefined, untilMs: Math.min(originMs + cycleMs, validToMs) }
  }
  const { period, nextMs } = periodAt(schedule, offsetMs)
  const untilMs = Math.min(originMs + Math.min(nextMs, endMs), validToMs)
  return { limit: period && limitOf(schedule, period), untilMs }
}

function cycleOf({ kind, recurrency }: ChargingProfile): number {
  if (kind !== 'Recurring') return Number.POSITIVE_INFINITY
  return recurrency === 'Weekly' ? weekMs : dayMs
}

/** When the schedule that counts at this instant starts, or started. */
function originOf(
  { kind, schedule }: ChargingProfile,
  cycleMs: number,
  atMs: number,
  startedMs: number,
): number {
  const startMs = kind === 'Relative' ? startedMs : (schedule.startMs ?? startedMs)
  if (kind !== 'Recurring' || atMs < startMs) return startMs
  return startMs + Math.floor((atMs - startMs) / cycleMs) * cycleMs
}

function periodAt(
  { periods }: ChargingSchedule,
  offsetMs: number,
): { readonly period: SchedulePeriod | undefined; readonly nextMs: number } {
  let period: SchedulePeriod | undefined
  for (const candidate of periods) {
    if (candidate.startMs > offsetMs) return { period, nextMs: candidate.startMs }
    period = candidate
  }
  return { period, nextMs: Number.POSITIVE_INFINITY }
}

function limitOf({ unit, minRate }: ChargingSchedule, period: SchedulePeriod): Limit {
  const { limit, phases, phaseToUse, order, byPhase } = period
  return {
    ...limitIn(unit, limit),
    phases,
    ...(unit === 'W' ? { minWatts: minRate } : { minAmps: minRate }),
    ...(phaseToUse !== undefined && { phaseToUse }),
    ...(byPhase && { byPhase: { unit, limits: byPhase } }),
    ...(order && { order }),
  }
}

function limitIn(unit: ChargingRateUnit, limit: number): Limit {
  return unit === 'W' ? { ...unlimited, watts: limit } : { ...unlimited, amps: limit }
}
