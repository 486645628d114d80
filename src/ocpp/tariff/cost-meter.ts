import type {
  ChargingPeriodType,
  CostDetailsType,
  PriceType,
  TotalCostType,
} from 'typed-ocpp/dist/ocpp21/types.js'
import { Charges } from './charges.ts'
import { ChargingPeriods } from './charging-periods.ts'
import { appliesAtStart, type PaymentMeans } from './conditions.ts'
import { energyCost, fixedCost, rounded, timeCost, withTax, written } from './money.ts'
import { type Elements, elementsAt, type Place, type Slice, slicesOf } from './slices.ts'
import type { CostPart, FixedConditions, Tariff } from './tariff.ts'

/** What a meter shows at one instant, and what goes on from it. */
export interface Reading {
  /** Of the wire clock, ms since the epoch. */
  readonly atMs: number
  /** Import less export register, whole. */
  readonly registerWh: number
  readonly powerW: number
  /** Over all phases. */
  readonly currentA: number
  /** Energy flows from now on; else it is idle time. */
  readonly charging: boolean
}

export interface CostOptions {
  readonly tariff: Tariff
  readonly place: Place
  readonly payment?: PaymentMeans | undefined
  /** Of the reservation that the transaction uses, how long it stood. */
  readonly reservedSeconds?: number | undefined
}

/**
 * Calculates the cost of one transaction from readings, exactly: in whole watt-hours and whole
 * seconds since the first reading, split where another price begins to apply [2.1 I12].
 */
export class CostMeter {
  readonly #options: CostOptions
  readonly #startMs: number
  readonly #startWh: number
  #tariff: Tariff
  #charges = new Charges()
  #periods: ChargingPeriods
  #last: Slice
  #reservedSeconds: number | undefined
  /** No more costs are added: maxCost was reached [2.1 I12.FR.39]. */
  #frozen = false

  constructor(options: CostOptions, first: Reading) {
    this.#options = options
    this.#tariff = options.tariff
    this.#startMs = first.atMs
    this.#startWh = first.registerWh
    this.#last = {
      startMs: first.atMs,
      seconds: 0,
      energyWh: 0,
      chargingSeconds: 0,
      idleSeconds: 0,
      idlePeriodSeconds: 0,
      powerW: first.powerW,
      currentA: first.currentA,
      charging: first.charging,
    }
    this.#periods = new ChargingPeriods()
    this.#chargeAtStart('fixedFee')
    if (options.reservedSeconds !== undefined) this.reserved(options.reservedSeconds)
    this.#begin(this.#elements(this.#last))
  }

  get tariff(): Tariff {
    return this.#tariff
  }

  /** So far, taxes included, in the currency of the tariff. */
  get totalCost(): number {
    return written(this.#charges.total.inclTax)
  }

  /** Readings that are older than the last one say nothing new, and nothing at all what is no number. */
  advance(reading: Reading): void {
    const seconds = Math.round((reading.atMs - this.#startMs) / 1000)
    if (!Number.isFinite(reading.registerWh) || !(seconds >= this.#last.seconds)) return
    const to = { seconds, energyWh: reading.registerWh - this.#startWh }
    for (const slice of slicesOf(this.#tariff, this.#options.place, this.#last, to)) {
      const before = this.#last
      this.#use(this.#elements(before), before, slice)
      this.#last = slice
    }
    const { powerW, currentA, charging } = reading
    const idlePeriodSeconds = charging ? 0 : this.#last.idlePeriodSeconds
    this.#last = { ...this.#last, powerW, currentA, charging, idlePeriodSeconds }
    this.#begin(this.#elements(this.#last))
    this.#periods.measured(powerW, currentA)
  }

  /** What the transaction uses was reserved so long; counted once [2.1 I12.FR.06 to FR.08]. */
  reserved(seconds: number): void {
    if (this.#reservedSeconds !== undefined) return
    this.#reservedSeconds = seconds
    this.#chargeAtStart('reservationFixed')
    const { reservationTime } = this.#tariff
    const price = this.#priceAtStart(reservationTime)
    if (!price) return
    const cost = timeCost(price.priceMinute, seconds)
    this.#charges.add('reservationTime', reservationTime?.taxRates, cost)
  }

  /** From the last reading on; nothing is calculated anew [2.1 I11.FR.08]. */
  change(tariff: Tariff): void {
    this.#tariff = tariff
    this.#begin(this.#elements(this.#last))
  }

  copy(): CostMeter {
    const first = { ...this.#last, atMs: this.#startMs, registerWh: this.#startWh }
    const twin = new CostMeter(this.#options, first)
    twin.#tariff = this.#tariff
    twin.#charges = this.#charges.copy()
    twin.#periods = this.#periods.copy()
    twin.#last = this.#last
    twin.#reservedSeconds = this.#reservedSeconds
    twin.#frozen = this.#frozen
    return twin
  }

  /**
   * When this cost is reached if everything goes on as it does now: whole seconds from the last
   * reading on; undefined: not within that time.
   */
  secondsUntil(cost: number, withinSeconds: number): number | undefined {
    if (this.totalCost >= cost) return 0
    const { powerW, currentA, charging, energyWh, seconds } = this.#last
    const after = (more: number): number => {
      const future = this.copy()
      const registerWh = this.#startWh + energyWh + Math.round((powerW * more) / 3600)
      const atMs = this.#startMs + (seconds + more) * 1000
      future.advance({ atMs, registerWh, powerW, currentA, charging })
      return future.totalCost
    }
    if (after(withinSeconds) < cost) return undefined
    let [short, enough] = [0, withinSeconds]
    while (enough - short > 1) {
      const middle = Math.floor((short + enough) / 2)
      if (after(middle) < cost) short = middle
      else enough = middle
    }
    return enough
  }

  /** @param final with its charging periods, and what minCost makes of it [2.1 I12.FR.38] */
  details(final: boolean): CostDetailsType {
    const { energyWh, chargingSeconds, idleSeconds } = this.#last
    const reservedSeconds = this.#reservedSeconds
    const details: CostDetailsType = {
      totalCost: this.#cost(final),
      totalUsage: {
        energy: energyWh,
        chargingTime: chargingSeconds,
        idleTime: idleSeconds,
        ...(reservedSeconds !== undefined && { reservationTime: reservedSeconds }),
      },
    }
    if (final) details.chargingPeriods = [...this.#wirePeriods()]
    return details
  }

  #cost(final: boolean): TotalCostType {
    if (this.#frozen) return this.#charges.cost(this.#tariff, 'MaxCost')
    const { minCost, currency } = this.#tariff
    if (!final || !minCost || !this.#isBelow(minCost)) {
      return this.#charges.cost(this.#tariff, 'NormalCost')
    }
    const fixed = completed(minCost)
    const { exclTax, inclTax } = fixed
    return {
      currency,
      typeOfCost: 'MinCost',
      fixed,
      total: {
        ...(exclTax !== undefined && { exclTax }),
        ...(inclTax !== undefined && { inclTax }),
      },
    }
  }

  #isBelow({ exclTax, inclTax }: PriceType): boolean {
    const { total } = this.#charges
    return (
      (exclTax !== undefined && written(total.exclTax) < exclTax) ||
      (inclTax !== undefined && written(total.inclTax) < inclTax)
    )
  }

  #wirePeriods(): readonly ChargingPeriodType[] {
    return this.#periods.list((seconds) => this.#startMs + seconds * 1000)
  }

  #elements(at: Slice): Elements {
    return elementsAt(this.#tariff, this.#options.place, at)
  }

  #begin(elements: Elements): void {
    this.#periods.begin(this.#tariff, elements, this.#last.seconds)
  }

  /** Once, by what held at the start [2.1 I12.FR.06, I12.FR.30]. */
  #chargeAtStart(part: 'fixedFee' | 'reservationFixed'): void {
    const field = this.#tariff[part]
    const price = this.#priceAtStart(field)
    if (price) this.#charges.add(part, field?.taxRates, fixedCost(price.priceFixed))
  }

  #priceAtStart<Price extends { readonly conditions?: FixedConditions }>(
    field: { readonly prices: readonly Price[] } | undefined,
  ): Price | undefined {
    const { place, payment = {} } = this.#options
    const calendar = { localMs: this.#startMs + place.offsetMs, evseKind: place.evseKind }
    return field?.prices.find(({ conditions }) => appliesAtStart(conditions, calendar, payment))
  }

  #use(elements: Elements, from: Slice, to: Slice): void {
    this.#begin(elements)
    this.#periods.used(from, to)
    if (this.#frozen) return
    const charges = this.#charges.copy()
    this.#charge(charges, elements, from, to)
    if (!this.#isAbove(charges)) {
      this.#charges = charges
      return
    }
    this.#frozen = true
    this.#charges = this.#upToMaxCost(elements, from, to)
  }

  #charge(charges: Charges, elements: Elements, from: Slice, to: Slice): void {
    const tariff = this.#tariff
    const { energy, chargingTime, idleTime } = elements
    if (energy) {
      const wh = to.energyWh - from.energyWh
      charges.add('energy', tariff.energy?.taxRates, energyCost(energy.priceKwh, wh))
    }
    const time = from.charging ? chargingTime : idleTime
    if (!time) return
    const part: CostPart = from.charging ? 'chargingTime' : 'idleTime'
    const cost = timeCost(time.priceMinute, to.seconds - from.seconds)
    charges.add(part, tariff[part]?.taxRates, cost)
  }

  #isAbove(charges: Charges): boolean {
    const { maxCost } = this.#tariff
    if (!maxCost) return false
    const { total } = charges
    const { exclTax, inclTax } = maxCost
    return (
      (exclTax !== undefined && written(total.exclTax) > exclTax) ||
      (inclTax !== undefined && written(total.inclTax) > inclTax)
    )
  }

  /** The last whole second of a slice until which the tariff's maxCost is kept. */
  #upToMaxCost(elements: Elements, from: Slice, to: Slice): Charges {
    const after = (seconds: number): Charges => {
      const charges = this.#charges.copy()
      const share = to.seconds > from.seconds ? seconds / (to.seconds - from.seconds) : 0
      const energyWh = from.energyWh + Math.floor((to.energyWh - from.energyWh) * share)
      const until = { ...to, seconds: from.seconds + seconds, energyWh }
      this.#charge(charges, elements, from, until)
      return charges
    }
    let [kept, above] = [0, to.seconds - from.seconds]
    while (above - kept > 1) {
      const middle = Math.floor((kept + above) / 2)
      if (this.#isAbove(after(middle))) above = middle
      else kept = middle
    }
    return after(kept)
  }
}

/** A bound of a tariff as a price, gross and net where its taxes tell both. */
function completed(price: PriceType): PriceType {
  const { exclTax, taxRates } = price
  if (exclTax === undefined || price.inclTax !== undefined) return price
  const net = { above: BigInt(Math.round(exclTax * 1e9)), below: 1_000_000_000n }
  return { ...price, inclTax: written(rounded(withTax(net, taxRates ?? []))) }
}
