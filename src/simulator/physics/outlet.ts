import { type Limit, rateOf, unlimited } from '../../ocpp/smart-charging/limit.ts'
import type { EvPlan, EvsePlan } from '../scenario/plan.ts'
import { Battery } from './battery.ts'
import type { Grid } from './grid.ts'
import { Meter } from './meter.ts'
import { type Phase, phaseCurrentA, phasesInUse } from './phases.ts'
import { backPowerW, leastPowerW, offeredPowerW, pathPowerW, phasePowersW } from './power-path.ts'
import { type ReactiveOrder, reactiveVar } from './reactive.ts'

const msPerHour = 3_600_000

/** What a charge waits for; the first goal reached counts. */
export interface OutletGoal {
  /** 0 to 1. */
  readonly soc?: number
  /** Wh since the EV was plugged in. */
  readonly energyWh?: number
}

/**
 * The physical side of one EVSE: cable, EV, contactor and meter. It has no clock: `advanceTo` first,
 * then act or read; an act holds from the instant last advanced to. Energy is the exact integral of
 * power between acts, so how often it is advanced makes no difference.
 *
 * Units: W, A, V, Wh, simulated milliseconds.
 */
export class Outlet {
  /** Undefined: one that is as it should be. */
  grid: Pick<Grid, 'frequencyHz' | 'voltageShare'> | undefined
  readonly #evse: EvsePlan
  readonly #voltage: number
  readonly #meter: Meter
  #ev: EvPlan | undefined
  #battery: Battery | undefined
  #pathClosed = false
  #suspendedByEv = false
  #suspendedByEvse = false
  #limit: Limit = unlimited
  #backW = 0
  #reactive: ReactiveOrder | undefined
  #sessionStartWh: number
  #nowMs = 0
  /** Cached: what the path lets through now; negative = the EV gives back. */
  #flowW = 0

  /** @param voltage phase to neutral; @param meterStartWh import register at the start */
  constructor(evse: EvsePlan, voltage: number, meterStartWh: number) {
    this.#evse = evse
    this.#voltage = voltage
    this.#meter = new Meter(meterStartWh)
    this.#sessionStartWh = meterStartWh
  }

  /** An EV arrives; the session's energy counts from here. */
  plug(ev: EvPlan): void {
    this.#ev = ev
    this.#battery = new Battery(ev)
    this.#sessionStartWh = this.#meter.importWh
    this.#suspendedByEv = false
    this.#suspendedByEvse = false
    this.#update()
  }

  /** The EV leaves; the contactor opens. */
  unplug(): void {
    this.#ev = undefined
    this.#battery = undefined
    this.#pathClosed = false
    this.#suspendedByEv = false
    this.#suspendedByEvse = false
    this.#update()
  }

  /** Closes the contactor; energy flows if an EV is there that takes it. */
  closePath(): void {
    this.#pathClosed = true
    this.#update()
  }

  openPath(): void {
    this.#pathClosed = false
    this.#update()
  }

  suspend(by: 'ev' | 'evse', on: boolean): void {
    if (by === 'ev') this.#suspendedByEv = on
    else this.#suspendedByEvse = on
    this.#update()
  }

  /**
   * What charging profiles allow from now on, and how much they want back from the EV.
   *
   * @param backW not negative; whatever the EV gives instead of taking
   */
  setLimit(limit: Limit, backW: number = 0): void {
    this.#limit = limit
    this.#backW = backW
    this.#update()
  }

  /** What reactive power its inverter makes from now on; undefined: none. */
  setReactive(order: ReactiveOrder | undefined): void {
    this.#reactive = order
  }

  /** Lets time pass; an instant before the last one changes nothing. */
  advanceTo(ms: number): void {
    const hours = (ms - this.#nowMs) / msPerHour
    if (hours <= 0) return
    this.#nowMs = ms
    if (this.#reactive) this.#meter.countReactive(this.reactiveVar * hours)
    const battery = this.#battery
    if (!battery || this.#flowW === 0) return
    if (this.#flowW > 0) this.#meter.countImport(battery.charge(this.#flowW, hours))
    else this.#meter.countExport(battery.discharge(-this.#flowW, hours))
  }

  /** An EV would take energy if only the limit let it. */
  get demanding(): boolean {
    return this.#ev !== undefined && this.#conducts() && !this.full
  }

  /** Watts that the EV would get under a limit, its battery's acceptance left aside. */
  offerW(limit: Limit): number {
    return this.#ev ? pathPowerW(this.#evse, this.#ev, this.#voltage, limit) : 0
  }

  /** The EV is there and sends energy back when it is told to. */
  get givesBack(): boolean {
    return this.mostBackW > 0 && this.#conducts()
  }

  /** What EV and EVSE can send back at most, W. */
  get mostBackW(): number {
    return this.#ev ? backPowerW(this.#evse, this.#ev, this.#voltage, this.phases) : 0
  }

  /** The least that a limit must leave for any energy to flow, W. */
  leastW(limit: Limit): number {
    return this.#ev ? leastPowerW(this.#evse, this.#ev, this.#voltage, limit) : 0
  }

  /** Phases that would carry current under a limit. */
  phasesUnder(limit: Limit): Phase {
    return phasesInUse(this.#evse, this.#ev, limit.phases)
  }

  get pluggedIn(): boolean {
    return this.#ev !== undefined
  }

  get pathClosed(): boolean {
    return this.#pathClosed
  }

  /**
   * Who keeps energy from flowing although cable and contactor would let it; the EVSE where both do
   * [1.6 4.9].
   */
  get suspendedBy(): 'ev' | 'evse' | undefined {
    if (!this.#ev || !this.#pathClosed) return undefined
    const flowW = this.#allowedW()
    if (this.#suspendedByEvse || flowW === 0) return 'evse'
    const exhausted = flowW < 0 ? this.#battery?.spent : this.full
    return this.#suspendedByEv || exhausted ? 'ev' : undefined
  }

  /** Power.Active.Import; negative while the EV gives back. */
  get powerW(): number {
    return this.#takenW(this.#flowW)
  }

  /** What `powerW` would be under another limit and another order to give back. */
  powerUnderW(limit: Limit, backW: number): number {
    return this.#conducts() ? this.#takenW(this.#allowedW(limit, backW)) : 0
  }

  /** The most that the EVSE offers now, whatever the EV takes; 0 while the EVSE suspends. */
  get offeredW(): number {
    const limitW = rateOf({ ...this.#limit, phases: this.phases }, 'W', this.#voltage)
    return this.#suspendedByEvse ? 0 : Math.max(0, Math.min(this.#evse.maxPowerW, limitW))
  }

  /** Power in either direction over the most that the EVSE can give, 0 to 1. */
  get loadShare(): number {
    return Math.min(1, Math.abs(this.powerW) / this.#evse.maxPowerW)
  }

  /** Phases that carry current when it flows. */
  get phases(): Phase {
    return this.phasesUnder(this.#limit)
  }

  /** What its inverter absorbs on purpose; negative = injects. Only with a closed path. */
  get reactiveVar(): number {
    if (!this.#reactive || !this.#conducts()) return 0
    return reactiveVar(this.#reactive, this.powerW, this.mostVar)
  }

  /** What its inverter can absorb or inject: 44 % of its rating [IEEE 1547 category B]. */
  get mostVar(): number {
    const { dischargeW, maxPowerW } = this.#evse
    return dischargeW === undefined ? 0 : 0.44 * Math.max(dischargeW, maxPowerW)
  }

  /** Amperes on one phase of the grid side, the sign as `powerW`. */
  currentA(phase: Phase): number {
    const { phaseToUse } = this.#limit
    const apart =
      this.#ev && this.powerW > 0
        ? phasePowersW(this.#evse, this.#ev, this.#voltage, this.#limit)
        : undefined
    if (apart) {
      // What its battery does not take is missing on all alike.
      const share = this.powerW / apart.reduce((sum, watts) => sum + watts, 0)
      return ((apart[phase - 1] ?? 0) * share) / this.#voltage
    }
    return phaseCurrentA(this.powerW, this.#voltage, this.phases, phase, phaseToUse)
  }

  /** Phase to neutral. */
  get voltageV(): number {
    return this.#voltage
  }

  /** State of charge, 0 to 1; undefined without an EV. */
  get soc(): number | undefined {
    return this.#battery?.soc
  }

  /** The EV is there and takes no more. */
  get full(): boolean {
    return this.#battery?.full ?? false
  }

  /** Energy.Active.Import.Register. */
  get importWh(): number {
    return this.#meter.importWh
  }

  /** Energy.Active.Export.Register. */
  get exportWh(): number {
    return this.#meter.exportWh
  }

  /** Absorbed on purpose until now. */
  get importVarh(): number {
    return this.#meter.importVarh
  }

  /** Injected on purpose until now. */
  get exportVarh(): number {
    return this.#meter.exportVarh
  }

  /** Imported since the EV was plugged in; without an EV, by the last one. */
  get sessionWh(): number {
    return this.#meter.importWh - this.#sessionStartWh
  }

  /**
   * Whole milliseconds until the first of the goals is reached if nothing changes; 0 where one
   * already is; undefined where none ever will be (suspended, path open, battery full before).
   */
  millisUntil(goal: OutletGoal): number | undefined {
    const bySoc = goal.soc === undefined ? undefined : this.#millisFor(this.#whToSoc(goal.soc))
    const byEnergy =
      goal.energyWh === undefined ? undefined : this.#millisFor(goal.energyWh - this.sessionWh)
    if (bySoc === undefined || byEnergy === undefined) return bySoc ?? byEnergy
    return Math.min(bySoc, byEnergy)
  }

  /**
   * Whole milliseconds until the battery ends the flow, full or at its reserve; 0: it has; undefined:
   * it never will.
   */
  get millisToHalt(): number | undefined {
    if (this.#flowW >= 0) return this.millisUntil({ soc: 1 })
    if (this.#battery?.spent) return 0
    return wholeMillis(this.#battery?.hoursToReserve(-this.#flowW))
  }

  #whToSoc(soc: number): number {
    return this.#battery?.whTo(soc) ?? Number.POSITIVE_INFINITY
  }

  #millisFor(wh: number): number | undefined {
    if (wh <= 0) return 0
    return wholeMillis(this.#battery?.hoursFor(wh, this.#flowW))
  }

  #update(): void {
    this.#flowW = this.#conducts() ? this.#allowedW() : 0
  }

  /** What cable, EVSE and EV let through under a limit and an order to give back. */
  #allowedW(limit: Limit = this.#limit, backW: number = this.#backW): number {
    const offeredW = offeredPowerW(limit, this.phasesUnder(limit), this.#voltage)
    const orderedW = Math.min(-backW, offeredW)
    return orderedW < 0 ? Math.max(orderedW, -this.mostBackW) : this.offerW(limit)
  }

  #conducts(): boolean {
    return this.#pathClosed && !this.#suspendedByEv && !this.#suspendedByEvse
  }

  #takenW(flowW: number): number {
    const battery = this.#battery
    if (!battery || flowW === 0) return 0
    if (flowW > 0) return battery.powerW(flowW)
    return battery.spent ? 0 : flowW
  }
}

/** The small surplus keeps rounding from stopping a hair short of the goal. */
function wholeMillis(hours: number | undefined): number | undefined {
  return hours === undefined ? undefined : Math.ceil(hours * msPerHour + 1e-3)
}
