import type { OperationMode, PowerOrder } from '../../ocpp/smart-charging/power-order.ts'
import type { Grid } from '../physics/grid.ts'
import { Outlet } from '../physics/outlet.ts'
import type { EvPlan, EvsePlan, StationTemplate } from '../scenario/plan.ts'
import type { IdToken } from '../steps/actor.ts'

/** Somebody may charge here. */
export interface Authorization {
  readonly token: IdToken
  readonly how: 'local' | 'remote'
  /** 2.x: of RequestStartTransaction. */
  readonly remoteStartId: number | undefined
}

/** What limits the EVSEs of a station from one instant to the next. */
export interface Limiter {
  /** Brings outlets up to this instant, through every change of a limit on the way. */
  advance(nowMs: number): void
  /** Somebody acted at an outlet at this instant: who shares a limit, shares it anew. */
  changed(nowMs: number): void
  /** Simulated ms until a limit changes next; undefined = never. */
  readonly msToChange: number | undefined
}

/** What is wrong at a connector; `code` is what the scenario said, whatever the version. */
export interface Fault {
  /** Where; nobody charges at the others of the EVSE either. */
  readonly connector: number
  readonly code: string
  readonly info: string | undefined
}

/**
 * One EVSE: an outlet with its connectors, and who may use it. Of several connectors one is in use
 * at a time. Plain state; `Activity` acts on it and tells the behaviour.
 */
export class Evse {
  /** 1-based. */
  readonly id: number
  readonly plan: EvsePlan
  /** 1.6 connectorId of its first connector: 1.6 numbers the connectors of the whole station. */
  readonly firstConnectorId: number
  readonly outlet: Outlet
  /** The connector whose cable is plugged, 1-based. */
  cable: number | undefined
  /** What is plugged into it. */
  ev: EvPlan | undefined
  /** The socket that a cable is locked in whose other end was pulled from the EV. */
  leftCable: number | undefined
  /** The connector that a pending authorization is for. */
  wanted: number | undefined
  authorization: Authorization | undefined
  /** A remote start was accepted and is on its way to energy. */
  claimed = false
  fault: Fault | undefined
  /** Sample interval that a `charge` step asked for, simulated ms. */
  meterEveryMs: number | undefined
  /** Undefined as long as no charging profile was set. */
  limiter: Limiter | undefined
  /** Limits where there is no other; undefined as long as the grid limits nothing. */
  gridLimiter: Limiter | undefined
  /** Of the whole station; undefined as long as nothing is known of it. */
  grid: Grid | undefined
  /** What the profile in force orders; undefined: it only limits charging. */
  order: PowerOrder | undefined
  /** Hears that it orders another operation mode. */
  onMode: ((mode: OperationMode) => void) | undefined
  /** Hears that what the limiter allows here may have changed. */
  onLimit: (() => void) | undefined
  readonly #simulatedMs: () => number

  /** @param simulatedMs the instant that the outlet is advanced to */
  constructor(
    id: number,
    plan: EvsePlan,
    firstConnectorId: number,
    electrics: { readonly voltage: number; readonly meterStartWh: number },
    simulatedMs: () => number,
  ) {
    this.id = id
    this.plan = plan
    this.firstConnectorId = firstConnectorId
    this.outlet = new Outlet(plan, electrics.voltage, electrics.meterStartWh)
    this.#simulatedMs = simulatedMs
  }

  /** What limits it now. */
  get limits(): Limiter | undefined {
    return this.limiter ?? this.gridLimiter
  }

  get connectors(): number {
    return this.plan.connectors.length
  }

  /** Energy may flow: contactor closed on a plugged EV. */
  get energized(): boolean {
    return this.outlet.pathClosed
  }

  /** Nobody uses it or is about to, and nothing is wrong with it. */
  get free(): boolean {
    return !this.energized && !this.authorization && !this.claimed && !this.fault
  }

  /** The connector that counts where only the EVSE is named: in use, wanted, or the first. */
  get connector(): number {
    return this.cable ?? this.wanted ?? 1
  }

  /** 1.6 connectorId of the connector in use. */
  get connectorId(): number {
    return this.firstConnectorId + this.connector - 1
  }

  /** Lets the outlet catch up with the clock; before reading and before acting. */
  advance(): void {
    const nowMs = this.#simulatedMs()
    this.limits?.advance(nowMs)
    this.outlet.advanceTo(nowMs)
  }

  /** Follows the profile that holds from now on. */
  obey(order: PowerOrder | undefined): void {
    const before = this.order?.mode
    this.order = order
    if (order?.mode !== before) this.onMode?.(order?.mode ?? 'ChargingOnly')
  }

  plug(connector: number, ev: EvPlan): void {
    this.advance()
    this.cable = connector
    this.ev = ev
    this.outlet.plug(ev)
    this.#changed()
  }

  unplug(): void {
    this.advance()
    this.cable = undefined
    this.ev = undefined
    this.outlet.unplug()
    this.#changed()
  }

  closePath(): void {
    this.advance()
    this.outlet.closePath()
    this.#changed()
  }

  openPath(): void {
    this.advance()
    this.outlet.openPath()
    this.#changed()
  }

  suspend(by: 'ev' | 'evse', on: boolean): void {
    this.advance()
    this.outlet.suspend(by, on)
    this.#changed()
  }

  /** Import register as both versions report it, whole Wh; never falls. */
  get registerWh(): number {
    return Math.round(this.outlet.importWh)
  }

  #changed(): void {
    this.limits?.changed(this.#simulatedMs())
  }
}

/** The EVSEs of a station; 1.6 numbers their connectors through. */
export function evsesOf(template: StationTemplate, simulatedMs: () => number): readonly Evse[] {
  let connectorId = 1
  return template.evses.map((plan, i) => {
    const evse = new Evse(i + 1, plan, connectorId, template, simulatedMs)
    connectorId += plan.connectors.length
    return evse
  })
}

/** A cable is in one of its connectors, whether there is an EV at its other end or not. */
export function isPlugged({ cable, leftCable }: Evse): boolean {
  return (cable ?? leftCable) !== undefined
}

/** Connector types of 2.x: s... is a socket, whose cable the driver brings; c... a fixed cable. */
export function isSocket(connectorType: string | undefined): boolean {
  return connectorType !== undefined && /^s/i.test(connectorType)
}
