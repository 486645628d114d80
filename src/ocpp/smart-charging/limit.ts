import type { PowerOrder } from './power-order.ts'

/** How many phases of the grid may carry current. */
export type Phases = 1 | 2 | 3

/** [1.6 7.12] W is the total of all phases, A is per phase [1.6 errata 3.69]. */
export type ChargingRateUnit = PowerOrder['unit']

/** Limits of L1, L2 and L3 apart, for EVs that tell their phases apart; `Infinity` = none [2.1 K01.FR.142]. */
export interface PhaseLimits {
  readonly unit: ChargingRateUnit
  readonly limits: readonly [number, number, number]
}

/**
 * What may flow to an EV. A charging profile limits either watts or amperes; where several hold at
 * once every field keeps the tighter one, so that no conversion can loosen any of them.
 */
export interface Limit {
  /** All phases together; `Infinity` = no limit, negative (2.x) = the EV gives back that much. */
  readonly watts: number
  /** On each phase. */
  readonly amps: number
  readonly phases: Phases
  /** minChargingRate: less than this is not worth charging with [1.6 3.13.4, 7.13]. */
  readonly minWatts: number
  readonly minAmps: number
  /** Which phase carries the current, where `phases` is 1 and somebody chose [2.0.1 K01.FR.19]. */
  readonly phaseToUse?: Phases
  /** 2.1: besides, each phase for itself. */
  readonly byPhase?: PhaseLimits
  /** 2.1: what the prevailing transaction profile orders [2.1 Q]. */
  readonly order?: PowerOrder
}

export const unlimited: Limit = {
  watts: Number.POSITIVE_INFINITY,
  amps: Number.POSITIVE_INFINITY,
  phases: 3,
  minWatts: 0,
  minAmps: 0,
}

/** Both hold: the minimum at any time [1.6 3.13.3]. */
export function tighter(a: Limit, b: Limit): Limit {
  const phaseToUse = a.phaseToUse ?? b.phaseToUse
  const order = a.order ?? b.order
  // Only a TxProfile has them.
  const byPhase = a.byPhase ?? b.byPhase
  return {
    watts: Math.min(a.watts, b.watts),
    amps: Math.min(a.amps, b.amps),
    phases: a.phases < b.phases ? a.phases : b.phases,
    minWatts: Math.max(a.minWatts, b.minWatts),
    minAmps: Math.max(a.minAmps, b.minAmps),
    ...(phaseToUse !== undefined && { phaseToUse }),
    ...(byPhase && { byPhase }),
    ...(order && { order }),
  }
}

/**
 * What local generation adds to a limit: in the units in which there is one [2.1 K27].
 *
 * @param voltage phase to neutral
 */
export function raised(limit: Limit, extra: Limit, voltage: number, share = 1): Limit {
  const { watts, amps, phases } = limit
  const by = (unit: ChargingRateUnit) => rateOf({ ...extra, phases }, unit, voltage) * share
  return {
    ...limit,
    watts: Number.isFinite(watts) ? watts + by('W') : watts,
    amps: Number.isFinite(amps) ? amps + by('A') : amps,
  }
}

/**
 * The limit as one number of a unit. Watts and amperes are converted with the nominal voltage and
 * the phases that may be used [1.6 errata 3.34, 3.69].
 *
 * @param voltage phase to neutral
 */
export function rateOf(limit: Limit, unit: ChargingRateUnit, voltage: number): number {
  const apart = phaseRates(limit, unit, voltage)
  if (!apart) return evenRate(limit, unit, voltage)
  return unit === 'W' ? apart.reduce((sum, rate) => sum + rate, 0) : Math.min(...apart)
}

/** The limit of each phase that may be used; undefined where they are not told apart. */
export function phaseRates(
  limit: Limit,
  unit: ChargingRateUnit,
  voltage: number,
): readonly number[] | undefined {
  const { byPhase, phases } = limit
  if (!byPhase) return undefined
  const even = evenRate(limit, unit, voltage) / (unit === 'W' ? phases : 1)
  const perUnit = byPhase.unit === unit ? 1 : unit === 'W' ? voltage : 1 / voltage
  return byPhase.limits.slice(0, phases).map((rate) => Math.min(even, rate * perUnit))
}

function evenRate({ watts, amps, phases }: Limit, unit: ChargingRateUnit, voltage: number): number {
  return unit === 'W'
    ? Math.min(watts, amps * phases * voltage)
    : Math.min(amps, watts / (phases * voltage))
}

/** minChargingRate of the limit in one unit; 0 = none. */
export function minRateOf(
  { minWatts, minAmps, phases }: Limit,
  unit: ChargingRateUnit,
  voltage: number,
): number {
  return unit === 'W'
    ? Math.max(minWatts, minAmps * phases * voltage)
    : Math.max(minAmps, minWatts / (phases * voltage))
}
