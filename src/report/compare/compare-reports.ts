import type { Report } from '../result.ts'
import { comparabilityOf } from './comparability.ts'
import { blocks } from './estimate.ts'
import { figuresOf, seriesShape } from './figure.ts'
import { type ChangeVerdict, judgeChange, type MetricChange } from './judge-change.ts'
import { searchedRates } from './searched-rates.ts'

/** What `csms report compare --json` prints, schema version 1: only ever extended. */
export interface Comparison {
  readonly schemaVersion: 1
  readonly verdict: ChangeVerdict
  readonly before: ComparedRun
  readonly after: ComparedRun
  /** Why these runs should not be compared; only with `--force` is there a comparison then. */
  readonly refusals: readonly string[]
  readonly warnings: readonly string[]
  readonly metrics: readonly MetricChange[]
  readonly noise: NoiseReport
}

interface ComparedRun {
  readonly runId: string
  readonly startedAt: string
  readonly verdict: Report['verdict']
}

/** How the noise was judged. */
interface NoiseReport {
  /** How likely none of the metrics shows a change that is none: 0.95, over all of them together. */
  readonly level: number
  /** How many metrics that is. */
  readonly metrics: number
  readonly blocks: number
  readonly pointSeconds: number
  /** Null where the series is too short. */
  readonly before: SeriesShape | null
  readonly after: SeriesShape | null
}

interface SeriesShape {
  readonly points: number
  /** Of the response time's median, from one point to the next. */
  readonly autocorrelation: number
}

const level = 0.95

/** Holds every figure of two runs against the noise within them. Pure and without chance. */
export function compareReports(before: Report, after: Report): Comparison {
  const found = searchedRates(before, after)
  const pairs = found?.areApart ? found.judged(pairsOf(before, after)) : pairsOf(before, after)
  const judged = pairs.filter(([a, b]) => a.noise !== undefined && b.noise !== undefined)
  const miss = (1 - level) / Math.max(1, judged.length)
  const metrics = pairs.map(([a, b]) => judgeChange(a, b, miss))
  return {
    schemaVersion: 1,
    verdict: verdictOf(metrics, found?.areApart ? ['rate'] : headlines),
    before: runOf(before),
    after: runOf(after),
    ...comparabilityOf(before, after),
    metrics,
    noise: {
      level,
      metrics: judged.length,
      blocks,
      pointSeconds: before.seriesIntervalSeconds,
      before: shapeOf(before),
      after: shapeOf(after),
    },
  }
}

/** What at least one of the runs measured. */
function pairsOf(before: Report, after: Report) {
  const afters = new Map(figuresOf(after).map((figure) => [figure.metric, figure]))
  return figuresOf(before).flatMap((figure) => {
    const other = afters.get(figure.metric)
    const isMeasured = figure.value !== null || (other && other.value !== null)
    return other && isMeasured ? [[figure, other] as const] : []
  })
}

const headlines: readonly string[] = ['rate', 'errors', 'p50', 'p95', 'p99']

/** Nothing worse is good news only where most of the headlines could be told. */
function verdictOf(metrics: readonly MetricChange[], headlines: readonly string[]): ChangeVerdict {
  const has = (wanted: ChangeVerdict) => metrics.some(({ verdict }) => verdict === wanted)
  if (has('worse')) return 'worse'
  if (has('better')) return 'better'
  const told = metrics.filter(
    ({ metric, verdict }) => headlines.includes(metric) && verdict !== 'cannot tell',
  )
  return told.length > headlines.length / 2 ? 'same' : 'cannot tell'
}

function runOf({ runId, startedAt, verdict }: Report): ComparedRun {
  return { runId, startedAt, verdict }
}

function shapeOf(report: Report): SeriesShape | null {
  const shape = seriesShape(report)
  return shape ? { points: shape.points, autocorrelation: shape.autocorrelation } : null
}
