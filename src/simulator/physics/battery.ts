import type { EvPlan } from '../scenario/plan.ts'

/** Share of the full acceptance that is left just before 100 %. */
const acceptanceAtFull = 0.05
/** Less than this missing counts as full, Wh: far below any meter's resolution. */
const negligibleWh = 1e-6
/** A taper over less than this share of the capacity is none: numbers would get lost in it. */
const narrowestTaper = 1e-6

/**
 * A traction battery: what it holds and how fast it takes more. Acceptance is the EV's full power up
 * to `taperFrom`, then falls linearly with the state of charge to 5 % of it at 100 %, where charging
 * ends. Under a constant cap that is solved in closed form (a flat stretch, then an exponential
 * decay), so one step of a day equals a day of steps. What the meter imports is what the battery
 * gets; giving back costs what `DischargePlan.efficiency` says. Units: W, Wh, hours; of the meter.
 */
export class Battery {
  readonly #capacityWh: number
  readonly #maxPowerW: number
  readonly #taperFrom: number
  readonly #reserveWh: number
  readonly #efficiency: number
  #chargeWh: number

  constructor(ev: EvPlan) {
    this.#capacityWh = ev.batteryWh
    this.#maxPowerW = ev.maxPowerW
    this.#taperFrom = ev.taperFrom > 1 - narrowestTaper ? 1 : Math.max(0, ev.taperFrom)
    this.#reserveWh = ev.batteryWh * (ev.discharge?.reserveSoc ?? 0)
    this.#efficiency = ev.discharge?.efficiency ?? 1
    this.#chargeWh = ev.batteryWh * Math.min(1, Math.max(0, ev.soc))
  }

  /** 0 to 1. */
  get soc(): number {
    return this.full ? 1 : this.#chargeWh / this.#capacityWh
  }

  get full(): boolean {
    return this.#missingWh <= negligibleWh
  }

  /** It has nothing left to give back. */
  get spent(): boolean {
    return this.#spareWh <= negligibleWh
  }

  /** Wh that would bring the battery to this state of charge; 0 where it is beyond, or full. */
  whTo(soc: number): number {
    if (this.full) return 0
    return Math.max(0, Math.min(1, soc) * this.#capacityWh - this.#chargeWh)
  }

  /** What it draws now when offered `capW`. */
  powerW(capW: number): number {
    return this.full ? 0 : Math.min(capW, this.#acceptanceW(this.#chargeWh))
  }

  /** Charges for `hours` with at most `capW`; returns the Wh taken. */
  charge(capW: number, hours: number): number {
    const flatW = Math.min(capW, this.#maxPowerW)
    if (flatW <= 0 || hours <= 0 || this.full) return 0
    const flatWh = this.#flatWh(flatW)
    const flatHours = Math.min(hours, flatWh / flatW)
    const taperHours = hours - flatHours
    const taper = taperHours > 0 ? this.#taperedWh(this.#chargeWh + flatWh, taperHours) : 0
    const taken = Math.min(flatHours * flatW + taper, this.#missingWh)
    this.#chargeWh = Math.min(this.#capacityWh, this.#chargeWh + taken)
    return taken
  }

  /** Gives back for `hours` with `powerW`; returns the Wh given, at most what there is to give. */
  discharge(powerW: number, hours: number): number {
    const given = Math.min(Math.max(0, powerW * hours), Math.max(0, this.#spareWh))
    // All there is to give leaves the reserve, and not a rounding error less.
    const leastWh = Math.min(this.#chargeWh, this.#reserveWh)
    this.#chargeWh = Math.max(leastWh, this.#chargeWh - given / this.#efficiency)
    return given
  }

  /** Hours until it has nothing left to give with `powerW`; undefined where it gives nothing. */
  hoursToReserve(powerW: number): number | undefined {
    return powerW > 0 ? Math.max(0, this.#spareWh) / powerW : undefined
  }

  /** Hours until it has taken `wh` with at most `capW`; undefined where it never will. */
  hoursFor(wh: number, capW: number): number | undefined {
    if (wh <= 0) return 0
    const flatW = Math.min(capW, this.#maxPowerW)
    if (flatW <= 0 || wh > this.#missingWh + negligibleWh) return undefined
    const reachable = Math.min(wh, this.#missingWh)
    const flatWh = Math.min(this.#flatWh(flatW), reachable)
    const taperWh = reachable - flatWh
    if (taperWh <= 0) return flatWh / flatW
    const power = this.#acceptanceW(this.#chargeWh + flatWh)
    return flatWh / flatW - Math.log1p((-taperWh * this.#decay) / power) / this.#decay
  }

  get #missingWh(): number {
    return this.#capacityWh - this.#chargeWh
  }

  /** What it can give back until its reserve, as the meter counts it. */
  get #spareWh(): number {
    return (this.#chargeWh - this.#reserveWh) * this.#efficiency
  }

  /** d(acceptance)/d(energy) in the taper, 1/h: acceptance falls by this many W per Wh taken. */
  get #decay(): number {
    return ((1 - acceptanceAtFull) * this.#maxPowerW) / ((1 - this.#taperFrom) * this.#capacityWh)
  }

  #acceptanceW(chargeWh: number): number {
    const beyondWh = chargeWh - this.#taperFrom * this.#capacityWh
    if (beyondWh <= 0 || this.#taperFrom >= 1) return this.#maxPowerW
    return this.#maxPowerW - beyondWh * this.#decay
  }

  /** Wh still to be taken before acceptance falls below `flatW`, which is at most the EV's power. */
  #flatWh(flatW: number): number {
    if (this.#taperFrom >= 1) return this.#missingWh
    const beyondWh = (this.#maxPowerW - flatW) / this.#decay
    const kneeWh = Math.min(this.#capacityWh, this.#taperFrom * this.#capacityWh + beyondWh)
    return Math.max(0, kneeWh - this.#chargeWh)
  }

  #taperedWh(fromWh: number, hours: number): number {
    const power = this.#acceptanceW(fromWh)
    return (-Math.expm1(-this.#decay * hours) * power) / this.#decay
  }
}
