import { interpolated, type PowerOrder } from '../../ocpp/smart-charging/power-order.ts'
import type { GridPlan } from '../scenario/plan.ts'
import type { ReactiveOrder } from './reactive.ts'

export const nominalHz = 50

/** Power at the meter of the building between which local load balancing keeps still, W. */
export interface BalanceBand {
  /** It charges with what falls short of this, and so much more. */
  readonly lowerW: number
  readonly lowerOffsetW: number
  /** It gives back what goes beyond this, and so much more. */
  readonly upperW: number
  readonly upperOffsetW: number
}

/** What rules of the grid leave of the power of an EVSE. */
export interface GridRule {
  /** Nothing flows in either direction. */
  readonly tripped: boolean
  /** Of the most that hardware sends back, 0 to 1. */
  readonly backShare: number
  /** Makes EVs give back at least this share of what hardware can; 0 = does not [2.1 FreqDroop]. */
  readonly supportShare: number
  /** Of the most that hardware takes, 0 to 1. */
  readonly takeShare: number
}

export const noRule: GridRule = { tripped: false, backShare: 1, supportShare: 0, takeShare: 1 }

/**
 * The grid as one station meets it: its connection, what else hangs on it, and what frequency, voltage
 * and those who look after them say. Plain state; whoever changes it tells the station's limiter.
 */
export class Grid {
  readonly plan: GridPlan | undefined
  frequencyHz = nominalHz
  /** Of the nominal voltage, 1 = as it should be. */
  voltageShare = 1
  /** What everything else behind the connection draws, W; negative = it generates. */
  loadW: number
  /** What a local energy management system wants of each EVSE, W; undefined: nothing. */
  externalW: number | undefined
  /** The frequency that setpoints follow: changes below a threshold are not worth one. */
  followedHz = nominalHz
  /** The last aFRR signal [2.1 Q08]. */
  signal = 0
  /** Undefined: local load balancing was not configured. */
  balance: BalanceBand | undefined
  /** A fault that neither frequency nor voltage shows [2.1 GridEventFaultEnumType]. */
  fault: string | undefined
  /** A change to this frequency is worth another setpoint. */
  follows: (hz: number) => boolean = () => true
  /** Hear of every change, before power follows. */
  readonly listeners: (() => void)[] = []
  /** What rules of the grid say at an EVSE. */
  rule: (evseId: number) => GridRule = () => noRule
  /** The reactive power that rules of the grid make at an EVSE; undefined: none. */
  reactive: (evseId: number) => ReactiveOrder | undefined = () => undefined
  /** Somebody who orders energy back from an EV at this EVSE may. */
  permits: (evseId: number) => boolean = () => true

  constructor(plan?: GridPlan) {
    this.plan = plan
    this.loadW = plan?.loadW ?? 0
  }

  /**
   * What the connection leaves to EVs.
   *
   * @param backW that EVs send back at the same time
   */
  leftW(backW: number): number {
    if (!this.plan) return Number.POSITIVE_INFINITY
    return Math.max(0, this.plan.maxPowerW - this.loadW + backW)
  }

  /**
   * The power that an order comes to, W; negative = back to the grid. Undefined: as much as the limit
   * lets through.
   *
   * @param perUnitW watts of one unit of the order
   * @param elsewhereW what other EVSEs of the station draw
   */
  orderedW(order: PowerOrder, perUnitW: number, elsewhereW: number): number | undefined {
    const setpointW = order.setpoint === undefined ? undefined : order.setpoint * perUnitW
    switch (order.mode) {
      case 'ChargingOnly':
        return undefined
      case 'Idle':
        return 0
      case 'CentralSetpoint':
      case 'CentralFrequency':
        return setpointW ?? 0
      case 'ExternalSetpoint':
        return this.externalW ?? setpointW ?? 0
      case 'ExternalLimits':
        return this.externalW
      case 'LocalFrequency':
        return (
          order.baselineW +
          interpolated(order.frequencyCurve, this.followedHz) +
          interpolated(order.signalCurve, this.signal)
        )
      case 'LocalLoadBalancing':
        return this.#balancingW(this.loadW + elsewhereW)
    }
  }

  /** [2.1 Q09] */
  #balancingW(drawnW: number): number {
    const { balance } = this
    if (!balance) return 0
    if (drawnW > balance.upperW) return balance.upperW - balance.upperOffsetW - drawnW
    if (drawnW < balance.lowerW) return balance.lowerW + balance.lowerOffsetW - drawnW
    return 0
  }
}
