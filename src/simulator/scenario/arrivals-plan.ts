import type { Reader } from '../../document/reader.ts'
import { entryOf, type SourceNode, type Span } from '../../document/source-node.ts'
import { formatQuantity } from '../../document/units.ts'
import { sinceStart } from './fields/time-of-day.ts'
import type { ArrivalsPlan, FleetPlan, LoadPlan } from './plan.ts'
import type { ArrivalsDraft } from './sections/arrivals.ts'
import type { FleetDraft } from './sections/fleet.ts'

const dayMs = 86_400_000

/** Puts the points of a curve in the simulated day; they have to follow one another. */
export function arrivalsPlan(
  { points, backlog, node }: ArrivalsDraft,
  startsAtMs: number,
  reader: Reader,
): ArrivalsPlan | undefined {
  const placed: { readonly atMs: number; readonly perSecond: number }[] = []
  for (const [i, { at, perSecond }] of points.entries()) {
    const before = placed.at(-1)?.atMs
    const since = sinceStart(at, startsAtMs)
    // The day may end at the time of day when it began.
    const atMs = since === 0 && before !== undefined && at.kind === 'clock' ? dayMs : since
    if (before !== undefined && atMs <= before) {
      const message = `${at.text} is not after ${points[i - 1]?.at.text ?? ''}, in a day that begins with "startsAt".`
      return reader.report(pointSpan(node, i), message)
    }
    placed.push({ atMs, perSecond })
  }
  return { points: placed, backlog }
}

function pointSpan(node: SourceNode, i: number): Span {
  const list = node.kind === 'map' ? entryOf(node, 'curve')?.value : node
  const point = list?.kind === 'list' ? list.items[i] : undefined
  const at = point?.kind === 'map' ? entryOf(point, 'at')?.value : undefined
  return (at ?? point ?? node).span
}

/** How long drivers may go on charging when the day is over, where the file does not say; real ms. */
const standardGracefulStopMs = 30_000

/** Where the file does not say how long steady is, the last point of the curves does. */
export function withDay(
  load: LoadPlan,
  arrivals: readonly (ArrivalsPlan | undefined)[],
  speed: number,
  saidGracefulStopMs: number | undefined,
): LoadPlan {
  const lasts = arrivals.flatMap((one) => one?.points.at(-1)?.atMs ?? [])
  if (lasts.length === 0) return load
  const lengthMs = Math.max(...lasts) / speed
  const { steadyMs = lengthMs > 0 ? lengthMs : undefined } = load
  return { ...load, steadyMs, gracefulStopMs: saidGracefulStopMs ?? standardGracefulStopMs }
}

/** Whether arrivals go with the rest of the file. */
export function checkArrivals(
  drafts: readonly FleetDraft[],
  { executor, steadyMs }: LoadPlan,
  reader: Reader,
): void {
  for (const { arrivals, hasScript, name, node } of drafts) {
    if (!arrivals) continue
    const at = entryOf(node, 'arrivals')?.keySpan ?? node.span
    if (!hasScript) reader.report(at, `Fleet "${name}" has no "script" that drivers could play.`)
    if (executor.name !== 'once') {
      reader.report(at, `"arrivals" goes with the executor once, not with ${executor.name}.`)
    }
    if (steadyMs === undefined) {
      const message = 'The day does not end: say a later point of the curve, or "steady: 60s".'
      reader.report(at, message)
    }
  }
}

/** Drivers that come in the first `lengthMs` of the simulated day: what lies under the curve. */
export function driversWithin({ points }: ArrivalsPlan, lengthMs: number): number {
  const [first] = points
  const last = points.at(-1)
  if (!first || !last) return 0
  const all = [{ ...first, atMs: 0 }, ...points, { ...last, atMs: Math.max(last.atMs, lengthMs) }]
  let drivers = 0
  for (const [i, to] of all.entries()) {
    const from = all[i - 1]
    if (!from || to.atMs === from.atMs || from.atMs >= lengthMs) continue
    const share = (Math.min(to.atMs, lengthMs) - from.atMs) / (to.atMs - from.atMs)
    const end = from.perSecond + share * (to.perSecond - from.perSecond)
    drivers += ((share * (to.atMs - from.atMs)) / 1000) * ((from.perSecond + end) / 2)
  }
  return drivers
}

/** For `--dry-run`. */
export function describeArrivals(
  { name, arrivals }: FleetPlan,
  lengthMs: number,
): string | undefined {
  if (!arrivals) return undefined
  const rates = arrivals.points.map(({ perSecond }) => perSecond)
  const peak = Math.max(...rates) * 3600
  const drivers = Math.round(driversWithin(arrivals, lengthMs))
  const day = formatQuantity({ dimension: 'duration', value: lengthMs })
  return `${name}: about ${drivers.toLocaleString('en-US')} drivers in ${day}, up to ${Number(peak.toPrecision(4))}/h`
}
