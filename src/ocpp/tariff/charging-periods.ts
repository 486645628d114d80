import type { ChargingPeriodType, CostDimensionType } from 'typed-ocpp/dist/ocpp21/types.js'
import type { Elements, Slice } from './slices.ts'
import type { Conditions, Tariff } from './tariff.ts'

interface Period {
  readonly tariff: Tariff
  readonly elements: Elements
  /** Since the transaction began. */
  readonly seconds: number
  energyWh: number
  chargingSeconds: number
  idleSeconds: number
  /** Of the readings within it. */
  power: Range | undefined
  current: Range | undefined
}

interface Range {
  readonly min: number
  readonly max: number
}

/** Whose prices change more often made the times up, or the power: the rest is one period. */
const mostPeriods = 1000

/** The periods of a transaction in which the same prices applied [2.1 I12.FR.35, I12.FR.36]. */
export class ChargingPeriods {
  readonly #periods: Period[] = []

  /** Begins a period where other prices apply than in the present one. */
  begin(tariff: Tariff, elements: Elements, seconds: number): void {
    const present = this.#present
    if (present && present.tariff === tariff && same(present.elements, elements)) return
    // One that nothing happened in was none.
    if (present && isEmpty(present) && present.seconds === seconds) this.#periods.pop()
    if (this.#periods.length >= mostPeriods) return
    this.#periods.push({
      tariff,
      elements,
      seconds,
      energyWh: 0,
      chargingSeconds: 0,
      idleSeconds: 0,
      power: undefined,
      current: undefined,
    })
  }

  used(from: Slice, to: Slice): void {
    const present = this.#present
    if (!present) return
    present.energyWh += to.energyWh - from.energyWh
    present.chargingSeconds += to.chargingSeconds - from.chargingSeconds
    present.idleSeconds += to.idleSeconds - from.idleSeconds
    this.measured(from.powerW, from.currentA)
  }

  measured(powerW: number, currentA: number): void {
    const present = this.#present
    if (!present) return
    present.power = widened(present.power, powerW)
    present.current = widened(present.current, currentA)
  }

  copy(): ChargingPeriods {
    const twin = new ChargingPeriods()
    for (const period of this.#periods) twin.#periods.push({ ...period })
    return twin
  }

  /** @param instant ms since the epoch, of so many seconds since the transaction began */
  list(instant: (seconds: number) => number): readonly ChargingPeriodType[] {
    return this.#periods.map((period) => {
      const dimensions = dimensionsOf(period)
      return {
        tariffId: period.tariff.tariffId,
        startPeriod: new Date(instant(period.seconds)).toISOString(),
        ...(dimensions.length > 0 && { dimensions }),
      }
    })
  }

  get #present(): Period | undefined {
    return this.#periods[this.#periods.length - 1]
  }
}

function same(one: Elements, other: Elements): boolean {
  return (
    one.energy === other.energy &&
    one.chargingTime === other.chargingTime &&
    one.idleTime === other.idleTime
  )
}

function isEmpty({ energyWh, chargingSeconds, idleSeconds }: Period): boolean {
  return energyWh === 0 && chargingSeconds === 0 && idleSeconds === 0
}

function widened(range: Range | undefined, value: number): Range {
  if (!range) return { min: value, max: value }
  return { min: Math.min(range.min, value), max: Math.max(range.max, value) }
}

/** What the price of a period came from: what was used, and what chose the price. */
function dimensionsOf(period: Period): CostDimensionType[] {
  const { tariff, energyWh, chargingSeconds, idleSeconds, power, current } = period
  const dimensions: CostDimensionType[] = []
  const add = (type: CostDimensionType['type'], volume: number) => {
    dimensions.push({ type, volume: Math.round(volume * 1000) / 1000 })
  }
  if (energyWh !== 0) add('Energy', energyWh)
  if (chargingSeconds > 0) add('ChargingTime', chargingSeconds)
  if (idleSeconds > 0) add('IdleTIme', idleSeconds)
  if (power && depends(tariff, ['minPower', 'maxPower'])) {
    add('MinPower', power.min)
    add('MaxPower', power.max)
  }
  if (current && depends(tariff, ['minCurrent', 'maxCurrent'])) {
    add('MinCurrent', current.min)
    add('MaxCurrent', current.max)
  }
  return dimensions
}

/** Some price of the tariff applies only where one of these is kept. */
export function depends(tariff: Tariff, on: readonly (keyof Conditions)[]): boolean {
  return [tariff.energy, tariff.chargingTime, tariff.idleTime].some((field) =>
    field?.prices.some(({ conditions }) => on.some((key) => conditions?.[key] !== undefined)),
  )
}
