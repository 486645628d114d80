import type { ChargingRateUnit, PhaseLimits, Phases } from './limit.ts'
import type { PowerOrder } from './power-order.ts'

/** In the names of 2.x; 1.6 calls the station's own ChargePointMaxProfile [1.6 7.10]. */
export type ChargingProfilePurpose =
  | 'ChargingStationExternalConstraints'
  | 'ChargingStationMaxProfile'
  | 'TxDefaultProfile'
  | 'TxProfile'
  /** 2.1: in place of Tx(Default)Profiles while a transaction has priority [2.1 K21]. */
  | 'PriorityCharging'
  /** 2.1: adds to what the others allow [2.1 K27]. */
  | 'LocalGeneration'

type ChargingProfileKind = 'Absolute' | 'Recurring' | 'Relative' | 'Dynamic'
type RecurrencyKind = 'Daily' | 'Weekly'

/** What tells the profiles of a station apart. */
export interface ProfileKey {
  readonly id: number
  /** 0 is the lowest; the highest that has something to say prevails [1.6 3.13.2]. */
  readonly stackLevel: number
  readonly purpose: ChargingProfilePurpose
}

/** A charging profile of any version, with all instants in ms since the epoch. */
export interface ChargingProfile extends ProfileKey {
  readonly kind: ChargingProfileKind
  /** Of a Recurring one only. */
  readonly recurrency: RecurrencyKind | undefined
  /** `-Infinity`: since it was received. */
  readonly validFromMs: number
  /** The first instant at which it is no longer valid; `Infinity`: until it is replaced. */
  readonly validToMs: number
  /** 2.1 maxOfflineDuration: longer than that the station may not use it while it is offline. */
  readonly offlineMs?: number
  readonly schedule: ChargingSchedule
}

export interface ChargingSchedule {
  /** Undefined: relative to the start of charging [1.6 7.13]. Dynamic: of its last update. */
  readonly startMs: number | undefined
  /** `Infinity`: the last period goes on. */
  readonly durationMs: number
  readonly unit: ChargingRateUnit
  /** In the order of their starts, the first of which is 0. */
  readonly periods: readonly SchedulePeriod[]
  /** In `unit`; 0 = none. */
  readonly minRate: number
  /** 2.1 limitAtSoC: from this state of charge on, 0 to 1, no more than this, in `unit`. */
  readonly beyondSoc?: { readonly soc: number; readonly limit: number }
}

export interface SchedulePeriod {
  /** Since the start of the schedule. */
  readonly startMs: number
  /** In the unit of the schedule; `Infinity` where a 2.1 operation mode needs none. */
  readonly limit: number
  /** 3 where the wire says nothing [1.6 7.14]. */
  readonly phases: Phases
  /** 2.x: which one, where it is one. */
  readonly phaseToUse?: Phases
  /** 2.1: L1, L2 and L3 apart; `limit` is none then. */
  readonly byPhase?: PhaseLimits['limits']
  /** 2.1: what its operation mode orders beside the limit; absent: ChargingOnly. */
  readonly order?: PowerOrder
}

/** May stop to count although nobody took it away, and then the next one does [2.1 K28.FR.13]. */
export function mayLapse({ kind, offlineMs }: ChargingProfile): boolean {
  return kind === 'Dynamic' || offlineMs !== undefined
}

/**
 * The profile as it counts from the instant of its installation. A limit of the whole station has no
 * transaction to be relative to: its schedule, where it names no start, starts now [1.6 7.9, 7.13].
 */
export function installedAt(profile: ChargingProfile, nowMs: number): ChargingProfile {
  const { purpose, kind, schedule } = profile
  const perTransaction =
    purpose === 'TxProfile' || purpose === 'TxDefaultProfile' || purpose === 'PriorityCharging'
  if (perTransaction || (kind !== 'Relative' && schedule.startMs !== undefined)) return profile
  if (kind === 'Dynamic') return profile
  return { ...profile, kind: 'Absolute', schedule: { ...schedule, startMs: nowMs } }
}
