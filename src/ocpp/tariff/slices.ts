import type { TariffEnergyPriceType, TariffTimePriceType } from 'typed-ocpp/dist/ocpp21/types.js'
import { applies, calendarEdges } from './conditions.ts'
import type { Conditions, Tariff } from './tariff.ts'

/** Where a tariff is applied. */
export interface Place {
  readonly evseKind: 'AC' | 'DC'
  /** Local time less UTC. */
  readonly offsetMs: number
}

/** Where a transaction is, in whole numbers since it began, and what goes on from there. */
export interface Slice {
  readonly startMs: number
  readonly seconds: number
  readonly energyWh: number
  readonly chargingSeconds: number
  readonly idleSeconds: number
  /** Of the present idle period. */
  readonly idlePeriodSeconds: number
  readonly powerW: number
  readonly currentA: number
  readonly charging: boolean
}

/** The price of each kind that applies: the first one whose conditions hold [2.1 I12.FR.34]. */
export interface Elements {
  readonly energy: TariffEnergyPriceType | undefined
  readonly chargingTime: TariffTimePriceType | undefined
  readonly idleTime: TariffTimePriceType | undefined
}

/** What applies at the beginning of a slice [2.1 I12.FR.34]. */
export function elementsAt(tariff: Tariff, place: Place, at: Slice): Elements {
  const moment = {
    localMs: at.startMs + at.seconds * 1000 + place.offsetMs,
    evseKind: place.evseKind,
    energyWh: at.energyWh,
    powerW: at.powerW,
    currentA: at.currentA,
    seconds: at.seconds,
    chargingSeconds: at.chargingSeconds,
    idleSeconds: at.idlePeriodSeconds,
  }
  const first = <Price extends { conditions?: Conditions }>(prices: readonly Price[] | undefined) =>
    prices?.find(({ conditions }) => applies(conditions, moment))
  return {
    energy: first(tariff.energy?.prices),
    chargingTime: first(tariff.chargingTime?.prices),
    idleTime: first(tariff.idleTime?.prices),
  }
}

/**
 * The way from one reading to the next, cut wherever date, time, duration or energy may make
 * another price apply. Energy is taken to have flowed evenly; what it adds up to is exact.
 */
export function slicesOf(
  tariff: Tariff,
  place: Place,
  from: Slice,
  to: { readonly seconds: number; readonly energyWh: number },
): readonly Slice[] {
  const lasts = to.seconds - from.seconds
  const cuts = new Set<number>()
  for (const conditions of conditionsOf(tariff)) {
    for (const cut of cutsOf(conditions, place, from, to)) {
      if (cut > from.seconds && cut < to.seconds) cuts.add(cut)
    }
  }
  const ends = [...cuts].sort((a, b) => a - b)
  ends.push(to.seconds)
  const energyWh = to.energyWh - from.energyWh
  return ends.map((seconds) => {
    const share = lasts > 0 ? (seconds - from.seconds) / lasts : 1
    return after(from, seconds - from.seconds, from.energyWh + Math.round(energyWh * share))
  })
}

function after(from: Slice, lasted: number, energyWh: number): Slice {
  const charging = from.charging ? lasted : 0
  const idle = lasted - charging
  return {
    ...from,
    seconds: from.seconds + lasted,
    energyWh,
    chargingSeconds: from.chargingSeconds + charging,
    idleSeconds: from.idleSeconds + idle,
    idlePeriodSeconds: from.idlePeriodSeconds + idle,
  }
}

function* conditionsOf({ energy, chargingTime, idleTime }: Tariff): Generator<Conditions> {
  for (const field of [energy, chargingTime, idleTime]) {
    for (const { conditions } of field?.prices ?? []) if (conditions) yield conditions
  }
}

/** Seconds since the start at which a condition may come to hold or cease to. */
function* cutsOf(
  conditions: Conditions,
  { offsetMs }: Place,
  from: Slice,
  to: { readonly seconds: number; readonly energyWh: number },
): Generator<number> {
  const local = from.startMs + offsetMs
  const [begin, end] = [local + from.seconds * 1000, local + to.seconds * 1000]
  for (const edge of calendarEdges(conditions, begin, end)) {
    yield Math.ceil((edge - local) / 1000)
  }
  const since = (already: number) => (bound: number) => from.seconds + bound - already
  yield* stated(conditions.minTime, conditions.maxTime)
  if (from.charging) {
    const { minChargingTime, maxChargingTime } = conditions
    yield* stated(minChargingTime, maxChargingTime).map(since(from.chargingSeconds))
  } else {
    const { minIdleTime, maxIdleTime } = conditions
    yield* stated(minIdleTime, maxIdleTime).map(since(from.idlePeriodSeconds))
  }
  const flowed = to.energyWh - from.energyWh
  if (flowed === 0) return
  for (const bound of stated(conditions.minEnergy, conditions.maxEnergy)) {
    const share = (bound - from.energyWh) / flowed
    yield from.seconds + Math.ceil(share * (to.seconds - from.seconds))
  }
}

function stated(...bounds: readonly (number | undefined)[]): number[] {
  return bounds.filter((bound): bound is number => bound !== undefined)
}
