import { formatQuantity } from '../../document/units.ts'
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
    // What is open beside an executor that is not comes from traffic.
    const isOpen = executorOf(executor).model === 'open'
    const what = isOpen ? '' : 'open model, traffic of '
    const most = isOpen && isRamp(loadCurve(plan)) ? 'up to ' : ''
    parts.push(`${what}${most}${thousands(offered)} exchanges/s (${messages}) offered`)
  }
  return parts.join('; ')
}

function isRamp(curve: LoadCurve | undefined): boolean {
  const first = curve?.points[0]?.value
  return curve?.points.some(({ value }) => value !== first) ?? false
}

/** Columns of a curve. */
const curveWidth = 48
const bars = '▁▂▃▄▅▆▇█'

/** The load over time as rows of `--dry-run`; none where it follows the answers. */
export function loadCurveRows(plan: Plan): readonly (readonly [string, string])[] {
  const curve = loadCurve(plan)
  const { steadyMs } = plan.load
  if (!curve || steadyMs === undefined) return []
  const total = curve.unit === 'stations' ? [] : [totalText(curve, steadyMs)]
  const first = curve.points[0]?.value ?? 0
  if (!isRamp(curve)) {
    return [['Curve', [`${amount(first)} ${curve.unit} throughout`, ...total].join(', ')]]
  }
  const values = Array.from({ length: curveWidth }, (_, i) =>
    valueAt(curve, ((i + 0.5) / curveWidth) * steadyMs),
  )
  const peak = peakOf(curve)
  const line = values
    .map((value) => bars[Math.round((value / peak) * (bars.length - 1))] ?? '')
    .join('')
  const last = curve.points[curve.points.length - 1]?.value ?? 0
  const ends = `from ${amount(first)} to ${amount(last)} ${curve.unit}, ${amount(peak)} at the peak`
  return [
    ['Curve', `${line} ${formatQuantity({ dimension: 'duration', value: steadyMs })}`],
    ['', [ends, ...total].join(', ')],
  ]
}

function totalText({ unit, points }: LoadCurve, steadyMs: number): string {
  let sum = 0
  points.forEach(({ atMs, value }, i) => {
    const next = points[i + 1] ?? { atMs: steadyMs, value }
    sum += ((value + next.value) / 2) * ((next.atMs - atMs) / 1000)
  })
  return `${thousands(Math.round(sum))} ${unit.replace('/s', '')} in all`
}

/** Stations that are connected together at most. */
export function peakStations(plan: Plan): number {
  const stations = plan.fleets.reduce((sum, { count }) => sum + count, 0)
  const curve = loadCurve(plan)
  return curve?.unit === 'stations' ? Math.min(stations, peakOf(curve)) : stations
}

function peakOf({ points }: LoadCurve): number {
  return Math.max(...points.map(({ value }) => value))
}

function valueAt({ points }: LoadCurve, atMs: number): number {
  const next = points.findIndex((point) => point.atMs > atMs)
  const after = points[next]
  const before = points[(next < 0 ? points.length : next) - 1]
  if (!after || !before) return before?.value ?? after?.value ?? 0
  const share = (atMs - before.atMs) / (after.atMs - before.atMs)
  return before.value + share * (after.value - before.value)
}

function amount(value: number): string {
  return thousands(Number(value.toPrecision(4)))
}

/** CALLs that fall due at instants of their own: the executor's at its peak, and all traffic. */
export function offeredPerSecond(plan: Plan): number {
  const curve = loadCurve(plan)
  const peak = curve?.unit === 'exchanges/s' ? peakOf(curve) : 0
  return peak + trafficPerSecond(plan)
}

/** The executor's load over time; undefined where it follows the answers. */
function loadCurve({ fleets, load }: Plan): LoadCurve | undefined {
  return executorOf(load.executor).curve?.(load.executor.options, fleets, load.steadyMs ?? 0)
}

/** Whether CALLs have instants of their own. */
export function loadModel({ fleets, load }: Plan): LoadModel {
  const { model, endsByItself } = executorOf(load.executor)
  if (model !== 'closed') return model
  // Drivers come at instants of their own; what their sessions send follows the answers.
  if (fleets.some(({ arrivals }) => arrivals)) return 'mixed'
  if (fleets.every(({ traffic }) => traffic.length === 0)) return model
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
