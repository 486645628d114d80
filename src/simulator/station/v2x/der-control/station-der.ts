import type { GridEventFaultEnumType } from 'typed-ocpp/dist/ocpp21/types.js'
import type { CancelTimer } from '../../../../shared/clock.ts'
import { type GridRule, noRule } from '../../../physics/grid.ts'
import type { ReactiveOrder } from '../../../physics/reactive.ts'
import { Notices } from '../../notices.ts'
import { changeGrid } from '../../station-grid.ts'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'
import type { DerControl, DerControlType } from './der-control.ts'
import { DerControlBook } from './der-control-book.ts'
import { backShare, mayEnter, ridesThroughMs, supportShare, watches } from './grid-rules.ts'
import { Ramps, type Shares } from './ramps.ts'
import { reactiveOrder } from './reactive-rules.ts'

/** A timer is set for no longer than this: clocks are set meanwhile. */
const longestWaitMs = 3_600_000
const watchTypes = Object.keys(watches) as readonly DerControlType[]

/** A control of disconnection that sees the grid leave its band. */
interface Alert {
  /** Simulated ms at which the grid left it. */
  readonly sinceMs: number
  readonly fault: GridEventFaultEnumType
  tripped: boolean
  timer: CancelTimer | undefined
}

/**
 * The inverter of a station that is a distributed energy resource: keeps its DER controls, follows
 * those that the grid calls for, and tells of what begins, ends and trips [2.1 R04, R05].
 */
class StationDer {
  readonly book = new DerControlBook()
  readonly #station: Station2x
  readonly #notices: Notices
  readonly #alerts = new Map<DerControlType, Alert>()
  /** The fault that was told of which neither frequency nor voltage shows. */
  #faultTold: string | undefined
  /** Tripped, and not yet back in service. */
  #outOfService = false
  /** Momentary cessation: back as soon as the grid is. */
  #ceased = false
  #entering: CancelTimer | undefined
  readonly #ramps: Ramps
  /** Back in service, and not yet at full power. */
  #starting = false
  #timer: CancelTimer | undefined
  /** Scheduled transitions are watched. */
  #awake = true

  constructor(station: Station2x) {
    this.#station = station
    const { services } = station
    this.#notices = new Notices(services)
    this.#ramps = new Ramps(services.clocks.simulated, () => {
      changeGrid(services, () => undefined)
    })
    const { grid } = services
    grid.rule = (evseId) => this.#rule(evseId)
    grid.reactive = (evseId) => this.#reactive(evseId)
    grid.listeners.push(() => this.#watch())
  }

  /** Wire ms. */
  get nowMs(): number {
    return this.#station.services.wireMs()
  }

  /** Controls or time changed: tells what began and what ended, and power follows. */
  review(): void {
    this.#timer?.()
    this.#timer = undefined
    if (!this.#awake) return
    const nowMs = this.nowMs
    for (const { control, started, superseded } of this.book.review(nowMs)) {
      void this.#notices.add('NotifyDERStartStop', {
        controlId: control.id,
        started,
        timestamp: this.#station.services.wireTime(),
        ...(superseded.length > 0 && { supersededIds: superseded.map(({ id }) => id) }),
      })
    }
    changeGrid(this.#station.services, () => undefined)
    this.#await(nowMs)
  }

  /** The CSMS is in reach: what it did not hear follows, and time counts again. */
  resume(): void {
    this.#awake = true
    this.#notices.resume()
    this.review()
  }

  /** Power is cut, or the run is over: no timer is left running, and nothing is out of service. */
  suspend(): void {
    this.#awake = false
    this.#timer?.()
    this.#entering?.()
    this.#entering = undefined
    for (const { timer } of this.#alerts.values()) timer?.()
    this.#alerts.clear()
    this.#ramps.forget()
    this.#starting = false
    this.#outOfService = false
    this.#ceased = false
    this.#faultTold = undefined
  }

  #inForce(type: DerControlType): DerControl | undefined {
    return this.book.inForce(type, this.nowMs)
  }

  /** The controls that an EVSE follows now; undefined: it follows none. */
  #followed(evseId: number): ((type: DerControlType) => DerControl | undefined) | undefined {
    const { services, model } = this.#station
    const at = { id: evseId }
    const ctrlr = `${services.evse(evseId)?.plan.current ?? 'DC'}DERCtrlr`
    if (!model.flag(`${ctrlr}.Enabled`, at)) return undefined
    const modes = model.list(`${ctrlr}.ModesSupported`, at)
    return (type) => (modes.includes(type) ? this.#inForce(type) : undefined)
  }

  #rule(evseId: number): GridRule {
    const inForce = this.#followed(evseId)
    if (!inForce) return noRule
    const { grid } = this.#station.services
    const shares = this.#ramps.of(evseId) ?? this.#targetOf(inForce)
    return {
      ...shares,
      tripped: this.#outOfService || this.#ceased,
      supportShare: supportShare(inForce('FreqDroop')?.content.freqDroop, grid.frequencyHz),
    }
  }

  #reactive(evseId: number): ReactiveOrder | undefined {
    const { services } = this.#station
    const evse = services.evse(evseId)
    const inForce = this.#followed(evseId)
    if (!evse || !inForce) return undefined
    const { plan, outlet } = evse
    const { maxPowerW, dischargeW = 0 } = plan
    const { powerW, mostVar } = outlet
    const volts = services.grid.voltageShare * 100
    return reactiveOrder(inForce, { powerW, mostVar, maxPowerW, dischargeW, volts })
  }

  #targetOf(inForce: (type: DerControlType) => DerControl | undefined): Shares {
    return { takeShare: 1, backShare: backShare(inForce, this.#station.services.grid) }
  }

  /** Shares of power on their way to where the controls want them. */
  #ramp(): void {
    const followed = this.#station.services.evses.flatMap(({ id }) => {
      const inForce = this.#followed(id)
      return inForce ? [[id, this.#targetOf(inForce)] as const] : []
    })
    const targets = new Map(followed)
    if (this.#outOfService || this.#ceased) {
      this.#ramps.drop(targets.keys())
      return
    }
    const gradients = this.#inForce('Gradients')?.content.gradient
    const service = this.#inForce('EnterService')?.content.enterService
    const softS = service?.rampRate ?? gradients?.softGradient ?? 0
    const seconds = this.#starting ? softS : (gradients?.gradient ?? 0)
    if (this.#ramps.follow(targets, seconds * 1000)) this.#starting = false
  }

  /** The grid is another, or what is looked at. Called before power follows. */
  #watch(): void {
    if (!this.#awake) return
    for (const type of watchTypes) this.#look(type)
    this.#lookAtFault()
    const tripped = watchTypes.filter((type) => this.#alerts.get(type)?.tripped)
    this.#ceased = tripped.some((type) => watches[type]?.momentary)
    if (this.#faultTold !== undefined || tripped.some((type) => !watches[type]?.momentary)) {
      this.#outOfService = true
      this.#entering?.()
      this.#entering = undefined
    } else if (this.#outOfService) {
      this.#enter()
    }
    this.#ramp()
  }

  /** Undefined where nobody follows it, too. */
  #watched(type: DerControlType): DerControl | undefined {
    const { evses } = this.#station.services
    return evses.map(({ id }) => this.#followed(id)?.(type)).find((control) => control)
  }

  #look(type: DerControlType): void {
    const { services } = this.#station
    const control = this.#watched(type)
    const delayMs = control && ridesThroughMs(control, services.grid)
    const alert = this.#alerts.get(type)
    if (delayMs === undefined) {
      if (!alert) return
      alert.timer?.()
      this.#alerts.delete(type)
      if (alert.tripped) this.#alarm(type, alert.fault, true)
      return
    }
    if (alert?.tripped) return
    const nowMs = services.clocks.simulated.monotonicMicros() / 1000
    const fault = watches[type]?.fault ?? 'LocalEmergency'
    const pending = alert ?? { sinceMs: nowMs, fault, tripped: false, timer: undefined }
    this.#alerts.set(type, pending)
    pending.timer?.()
    const leftMs = pending.sinceMs + delayMs - nowMs
    if (leftMs <= 0) {
      this.#trip(type, pending)
    } else {
      pending.timer = services.clocks.simulated.after(leftMs, () => {
        this.#trip(type, pending)
        changeGrid(services, () => undefined)
      })
    }
  }

  #trip(type: DerControlType, alert: Alert): void {
    alert.timer = undefined
    alert.tripped = true
    this.#alarm(type, alert.fault, false)
  }

  /** What no control watches stops the inverter at once [2.1 R05]. */
  #lookAtFault(): void {
    const { grid, evses } = this.#station.services
    const fault = evses.some(({ id }) => this.#followed(id)) ? grid.fault : undefined
    if (fault === this.#faultTold) return
    if (this.#faultTold !== undefined) {
      this.#alarm('EnterService', this.#faultTold as GridEventFaultEnumType, true)
    }
    if (fault !== undefined) this.#alarm('EnterService', fault as GridEventFaultEnumType, false)
    this.#faultTold = fault
  }

  /** Back into service as EnterService says; without one at once. */
  #enter(): void {
    const { services } = this.#station
    const service = this.#inForce('EnterService')?.content.enterService
    if (!mayEnter(service, services.grid)) {
      this.#entering?.()
      this.#entering = undefined
      return
    }
    const seconds = (service?.delay ?? 0) + (service?.randomDelay ?? 0) * services.random.next()
    if (seconds === 0) {
      this.#begin()
      return
    }
    this.#entering ??= services.clocks.simulated.after(seconds * 1000, () => {
      this.#entering = undefined
      this.#begin()
      changeGrid(services, () => undefined)
    })
  }

  #begin(): void {
    this.#outOfService = false
    this.#starting = true
  }

  #alarm(
    controlType: DerControlType,
    gridEventFault: GridEventFaultEnumType,
    ended: boolean,
  ): void {
    void this.#notices.add('NotifyDERAlarm', {
      controlType,
      gridEventFault,
      alarmEnded: ended,
      timestamp: this.#station.services.wireTime(),
    })
  }

  /** @param reviewedMs wire ms up to which all is told: time went on since, which misses nothing */
  #await(reviewedMs: number): void {
    const waitMs = this.book.nextMs(reviewedMs) - this.nowMs
    if (waitMs === Number.POSITIVE_INFINITY) return
    const { simulated } = this.#station.services.clocks
    const withinMs = Math.min(Math.max(0, waitMs), longestWaitMs)
    this.#timer = simulated.after(withinMs, () => this.review())
  }
}

export const stationDer = new StationPart((station) => new StationDer(station))

/** Some EVSE of this station can follow this control. */
export function supportsControl({ model, services }: Station2x, type: DerControlType): boolean {
  return services.evses.some(
    ({ id, plan }) =>
      plan.dischargeW !== undefined &&
      model.list(`${plan.current}DERCtrlr.ModesSupported`, { id }).includes(type),
  )
}
