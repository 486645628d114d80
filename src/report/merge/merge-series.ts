import type { SeriesPoint } from '../../metrics/series.ts'
import type { RunFacts } from '../run-facts.ts'

type SeriesFacts = RunFacts['series']

/**
 * Several series as one: rates, backlog and connections add. A point keeps percentiles, not its
 * samples, so those of several runners cannot be had exactly: the slowest runner's stand, which the
 * true ones never exceed.
 */
export function mergeSeries(all: readonly SeriesFacts[]): SeriesFacts {
  const intervalSeconds = Math.max(...all.map((series) => series.intervalSeconds))
  const merged = new Map<number, SeriesPoint>()
  for (const series of all) {
    for (const point of widened(series, intervalSeconds)) {
      const there = merged.get(point.second)
      merged.set(point.second, there ? together(there, point) : point)
    }
  }
  const points = [...merged.values()].sort((a, b) => a.second - b.second)
  const peaks = [
    ...points.map(({ connected }) => connected),
    ...all.map((one) => one.peakConnected),
  ]
  return { intervalSeconds, points, peakConnected: Math.max(0, ...peaks) }
}

/** Points of so many seconds; rates and gauges of those within one average. */
function widened({ points, intervalSeconds }: SeriesFacts, seconds: number): SeriesPoint[] {
  if (intervalSeconds === seconds) return [...points]
  const groups = new Map<number, SeriesPoint[]>()
  for (const point of points) {
    const begin = Math.floor(point.second / seconds) * seconds
    groups.set(begin, [...(groups.get(begin) ?? []), point])
  }
  return [...groups].map(([second, group]) => averaged(second, group))
}

function averaged(second: number, group: readonly SeriesPoint[]): SeriesPoint {
  const [first, ...others] = group
  if (!first) throw new Error('a group has a point')
  const sum = others.reduce(together, first)
  const mean = (total: number): number => Math.round((total / group.length) * 10) / 10
  return {
    ...sum,
    second,
    offeredPerSecond: mean(sum.offeredPerSecond),
    completedPerSecond: mean(sum.completedPerSecond),
    errorsPerSecond: mean(sum.errorsPerSecond),
    droppedPerSecond: mean(sum.droppedPerSecond),
    messagesPerSecond: mean(sum.messagesPerSecond),
    backlog: Math.round(sum.backlog / group.length),
    connected: Math.round(sum.connected / group.length),
  }
}

function together(a: SeriesPoint, b: SeriesPoint): SeriesPoint {
  const rate = (of: (point: SeriesPoint) => number): number => Math.round((of(a) + of(b)) * 10) / 10
  return {
    second: Math.min(a.second, b.second),
    offeredPerSecond: rate(({ offeredPerSecond }) => offeredPerSecond),
    completedPerSecond: rate(({ completedPerSecond }) => completedPerSecond),
    errorsPerSecond: rate(({ errorsPerSecond }) => errorsPerSecond),
    droppedPerSecond: rate(({ droppedPerSecond }) => droppedPerSecond),
    messagesPerSecond: rate(({ messagesPerSecond }) => messagesPerSecond),
    backlog: a.backlog + b.backlog,
    connected: a.connected + b.connected,
    responseP50Ms: highest(a.responseP50Ms, b.responseP50Ms),
    responseP95Ms: highest(a.responseP95Ms, b.responseP95Ms),
    responseP99Ms: highest(a.responseP99Ms, b.responseP99Ms),
    lagP99Ms: highest(a.lagP99Ms, b.lagP99Ms),
  }
}

function highest(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b)
}
