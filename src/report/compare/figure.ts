import { type EncodedHistogram, LatencyHistogram } from '../../metrics/latency-histogram.ts'
import type { LatencySummary } from '../../metrics/latency-summary.ts'
import { isWithin } from '../generator-report.ts'
import type { Report, SeriesPointReport } from '../result.ts'
import { type Estimate, estimateMean } from './estimate.ts'

type Unit = 'ms' | '/s' | 'share'

/** How far a figure may be off: of its value, or of 1 for a share. */
export interface Noise {
  readonly error: number
  readonly freedom: number
}

/** One number of a report that can be held against another report's. */
export interface Figure {
  /** As `--fail-on` names it: `p99`, `service.p95`, `p50{action:Heartbeat}`. */
  readonly metric: string
  readonly unit: Unit
  readonly better: 'lower' | 'higher'
  /** Smaller changes count as none: a part of the value, or of 1 for a share. */
  readonly least: number
  readonly value: number | null
  /** Undefined where there is too little to tell it from. */
  readonly noise: Noise | undefined
  /** Why there is no noise to hold a change against, where it is not for want of points. */
  readonly silence?: string
  /** Mean of its per-second values; a change must show there too. */
  readonly seriesMean?: number
}

/**
 * What differs from run to run (where processes land, the clock of the CPU) cannot be seen within one
 * run; a change below this part is never called one.
 */
const leastChange = 0.05
/** A ten-thousandth of what was due. */
const leastErrorChange = 0.0001

const percents = { p50: 50, p95: 95, p99: 99, 'p99.9': 99.9 } as const

type Percentile = keyof typeof percents

const percentileNames = Object.keys(percents) as readonly Percentile[]

/** The estimates from the points of the headline window that a report's figures rest on. */
interface SeriesNoise {
  readonly rate: Estimate | undefined
  readonly errors: Estimate | undefined
  readonly p50: Estimate | undefined
  readonly p95: Estimate | undefined
  readonly p99: Estimate | undefined
}

/** Everything that a comparison looks at, the most important first. */
export function figuresOf(report: Report): Figure[] {
  const points = headlinePoints(report)
  const series = seriesNoise(points)
  const { histograms } = report
  return [
    figure('rate', '/s', 'higher', report.exchanges.perSecond, series.rate),
    errorFigure(points, series.errors),
    ...responseFigures(report, series),
    ...percentileNames.map((name) =>
      leaning(`service.${name}`, report.serviceTimeMs, histograms.serviceTime, name, series),
    ),
    ...connectFigures(report),
    ...actionFigures(report, series),
  ]
}

/** The estimate of the response time's median: how long the series is and how it hangs together. */
export function seriesShape(report: Report): Estimate | undefined {
  return seriesNoise(headlinePoints(report)).p50
}

/** Whole points of the window that the figures cover. */
function headlinePoints(report: Report): readonly SeriesPointReport[] {
  const { window, series, seriesIntervalSeconds } = report
  const covered = window.phases.filter(
    ({ phase }) => window.headline === 'run' || phase === window.headline,
  )
  const from = Math.min(...covered.map(({ atSecond }) => atSecond))
  const to = Math.max(...covered.map(({ atSecond, seconds }) => atSecond + seconds))
  return series.filter(({ second }) => isWithin(second, { from, to }, seriesIntervalSeconds))
}

function seriesNoise(points: readonly SeriesPointReport[]): SeriesNoise {
  const estimate = (of: (point: SeriesPointReport) => number | null) =>
    estimateMean(points.map(of).filter((value) => value !== null))
  return {
    rate: estimate(({ completedPerSecond }) => completedPerSecond),
    errors: estimate(errorShare),
    p50: estimate(({ responseP50Ms }) => responseP50Ms),
    p95: estimate(({ responseP95Ms }) => responseP95Ms),
    p99: estimate(({ responseP99Ms }) => responseP99Ms),
  }
}

function errorShare({ errorsPerSecond, offeredPerSecond }: SeriesPointReport): number {
  return offeredPerSecond > 0 ? Math.min(1, errorsPerSecond / offeredPerSecond) : 0
}

function figure(
  metric: string,
  unit: Unit,
  better: Figure['better'],
  value: number | null,
  estimate: Estimate | undefined,
): Figure {
  const base = { metric, unit, better, least: leastChange, value, noise: relative(estimate) }
  return estimate === undefined ? base : { ...base, seriesMean: estimate.mean }
}

function errorFigure(points: readonly SeriesPointReport[], noise: Estimate | undefined): Figure {
  const sum = (of: (point: SeriesPointReport) => number) =>
    points.reduce((total, point) => total + of(point), 0)
  const offered = sum(({ offeredPerSecond }) => offeredPerSecond)
  const value = offered > 0 ? sum(({ errorsPerSecond }) => errorsPerSecond) / offered : null
  const base = {
    metric: 'errors',
    unit: 'share',
    better: 'lower',
    least: leastErrorChange,
  } as const
  return { ...base, value, noise }
}

function responseFigures({ responseTimeAllMs, histograms }: Report, series: SeriesNoise): Figure[] {
  const own = (['p50', 'p95', 'p99'] as const).map((name) =>
    figure(name, 'ms', 'lower', responseTimeAllMs[name], series[name]),
  )
  const tail = leaning('p99.9', responseTimeAllMs, histograms.responseTimeAll, 'p99.9', series)
  // A stall of one second decides p99.9 alone: it has changed only where p99 moved as well.
  return [...own, series.p99 === undefined ? tail : { ...tail, seriesMean: series.p99.mean }]
}

/** A percentile without a series of its own: the noise of the response time's and its own luck. */
function leaning(
  metric: string,
  times: LatencySummary,
  encoded: EncodedHistogram,
  name: Percentile,
  series: SeriesNoise,
): Figure {
  const value = name === 'p99.9' ? times.p999 : times[name]
  const shared = relative(series[name === 'p99.9' ? 'p99' : name])
  const luck = samplingError(LatencyHistogram.decode(encoded), percents[name])
  const noise =
    shared === undefined || luck === undefined
      ? undefined
      : { error: Math.hypot(shared.error, luck), freedom: shared.freedom }
  return { metric, unit: 'ms', better: 'lower', least: leastChange, value, noise }
}

/** Connects come in one burst, which is one sample, however many stations: there is no noise to see. */
function connectFigures({ stations }: Report): Figure[] {
  return (['p50', 'p95'] as const).map((name) => ({
    metric: `connect.${name}`,
    unit: 'ms',
    better: 'lower',
    least: leastChange,
    value: stations.connectTimeMs[name],
    noise: undefined,
    silence: 'stations connect in one burst, and nothing shows how another would differ',
  }))
}

function actionFigures({ actions, histograms }: Report, series: SeriesNoise): Figure[] {
  return Object.entries(actions).flatMap(([action, { responseTimeMs }]) => {
    const encoded = histograms.actions[action]?.responseTime
    if (!encoded) return []
    return (['p50', 'p95', 'p99'] as const).map((name) =>
      leaning(`${name}{action:${action}}`, responseTimeMs, encoded, name, series),
    )
  })
}

function relative(estimate: Estimate | undefined): Noise | undefined {
  if (estimate === undefined || estimate.mean <= 0) return undefined
  return { error: estimate.error / estimate.mean, freedom: estimate.freedom }
}

/**
 * How far a percentile of so many samples is off by luck, as a part of it: half the distance of the
 * percentiles one standard error of the rank below and above (Woodruff).
 */
function samplingError(histogram: LatencyHistogram, percent: number): number | undefined {
  const { count } = histogram
  if (count === 0) return undefined
  const share = percent / 100
  const reach = 100 * Math.sqrt((share * (1 - share)) / count)
  const low = histogram.percentile(Math.max(percent - reach, 1e-6)) ?? 0
  const high = histogram.percentile(Math.min(percent + reach, 100)) ?? 0
  return Math.log(Math.max(1, high) / Math.max(1, low)) / 2
}
