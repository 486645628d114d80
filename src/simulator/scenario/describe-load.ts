import type { LoadModel } from '../../metrics/validity.ts'
import type { LoadCurve } from '../executors/executor.ts'
import { executorOf } from '../executors/registry.ts'
import { thousands } from './counted.ts'
import type { Plan } from './plan.ts'

/** What `--dry-run` says of the load. */
export function describeLoad(plan: Plan): string {
  const { executor } = plan.load
  const parts = plan.fleets.every(({ arrivals }) => arrivals)
    ? ['drivers come by the curves of their fleets, each plays the script once on a free station']
    : [executorOf(executor).describe(executor.options, plan.fleets)]
  const offered = offeredPerSecond(plan)
  if (offered > 0) {
    const messages = `${thousands(offered * 2)} messages/s`
    parts.push(`open model, ${thousands(offered)} exchanges/s (${messages}) offered`)
  }
  return parts.join('; ')
}

/** CALLs that fall due at instants of their own: the executor's at its peak, and all traffic. */
export function offeredPerSecond(plan: Plan): number {
  const curve = loadCurve(plan)
  const peak = curve?.unit === 'exchanges/s' ? Math.max(...curve.points.map(valueOf)) : 0
  return peak + trafficPerSecond(plan)
}

/** The executor's load over time; undefined where it follows the answers. */
export function loadCurve({ fleets, load }: Plan): LoadCurve | undefined {
  return executorOf(load.executor).curve?.(load.executor.options, fleets, load.steadyMs ?? 0)
}

/** Whether CALLs have instants of their own. */
export function loadModel({ fleets, load }: Plan): LoadModel {
  const { model, endsByItself } = executorOf(load.executor)
  const open = fleets.some(({ traffic }) => traffic.length > 0)
  if (model !== 'closed' || !open) return model
  // Scripts that are played once are not what such a run measures.
  return endsByItself ? 'open' : 'mixed'
}

function trafficPerSecond({ fleets }: Plan): number {
  let sum = 0
  for (const { count, traffic } of fleets) {
    for (const { everyMs, ratePerSecond } of traffic) {
      sum += everyMs === undefined ? (ratePerSecond ?? 0) : (count * 1000) / everyMs
    }
  }
  return sum
}

function valueOf({ value }: { readonly value: number }): number {
  return value
}
