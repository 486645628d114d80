import { type Limit, tighter, unlimited } from '../../ocpp/smart-charging/limit.ts'
import type { Grid } from '../physics/grid.ts'
import type { ReactiveOrder } from '../physics/reactive.ts'
import type { Evse } from './evse.ts'

/** What the grid makes of the limits of a station's EVSEs. */
export interface GridOrders {
  /** What is left to all that charge. */
  readonly totalW: number
  /** What each has to send back, not negative. */
  readonly backW: ReadonlyMap<Evse, number>
}

const none: GridOrders = { totalW: Number.POSITIVE_INFINITY, backW: new Map() }

/**
 * Tightens limits by what the grid says and by what operation modes of profiles come to, one EVSE
 * after the other: what balances the load of a building counts those before it [2.1 Q09].
 */
export function orderedByGrid(grid: Grid | undefined, limits: Map<Evse, Limit>): GridOrders {
  if (!grid) return none
  const backW = new Map<Evse, number>()
  const flowW = new Map([...limits.keys()].map((evse) => [evse, evse.outlet.powerW]))
  for (const [evse, limit] of limits) {
    const elsewhereW = sum(flowW) - (flowW.get(evse) ?? 0)
    const order = orderAt(grid, evse, limit, elsewhereW)
    limits.set(evse, order.limit)
    backW.set(evse, order.backW)
    flowW.set(evse, evse.outlet.powerUnderW(order.limit, order.backW))
  }
  const givenW = [...flowW.values()].reduce((all, one) => all + Math.max(0, -one), 0)
  return { totalW: grid.leftW(givenW), backW }
}

/** The reactive power of an EVSE under a limit: what its profile orders goes before rules of the grid. */
export function reactiveAt(
  grid: Grid,
  { id, outlet }: Evse,
  limit: Limit,
): ReactiveOrder | undefined {
  if (grid.rule(id).tripped) return undefined
  const { order } = limit
  if (order?.setpointReactive === undefined) return grid.reactive(id)
  return { fixedVar: order.setpointReactive * unitOf(outlet, limit), perW: 0 }
}

/** W, or var, of one unit of an order. */
function unitOf(outlet: Evse['outlet'], limit: Limit): number {
  return limit.order?.unit === 'A' ? outlet.phasesUnder(limit) * outlet.voltageV : 1
}

function orderAt(
  grid: Grid,
  { id, outlet, plan }: Evse,
  limit: Limit,
  elsewhereW: number,
): { readonly limit: Limit; readonly backW: number } {
  const { order } = limit
  const { tripped, backShare, supportShare, takeShare } = grid.rule(id)
  if (tripped) return { limit: upTo(limit, 0), backW: 0 }
  const unitW = unitOf(outlet, limit)
  const orderedW = order && grid.orderedW(order, unitW, elsewhereW)
  const mostW = Number.POSITIVE_INFINITY
  // Support of the grid goes before what somebody ordered, and both within what the rules leave.
  const supportW = supportShare > 0 ? -supportShare * outlet.mostBackW : mostW
  const wantedW = Math.min(orderedW ?? mostW, supportW)
  const limited = takeShare < 1 ? upTo(limit, plan.maxPowerW * takeShare) : limit
  if (wantedW >= 0) return { limit: wantedW < mostW ? upTo(limited, wantedW) : limited, backW: 0 }
  const backLimitW = -(order?.dischargeLimit ?? -mostW) * unitW
  const allowedW = grid.permits(id) ? Math.min(outlet.mostBackW * backShare, backLimitW) : 0
  return { limit: upTo(limited, 0), backW: Math.min(-wantedW, allowedW) }
}

function upTo(limit: Limit, watts: number): Limit {
  return tighter(limit, { ...unlimited, watts })
}

function sum(flows: ReadonlyMap<Evse, number>): number {
  return [...flows.values()].reduce((all, one) => all + one, 0)
}
