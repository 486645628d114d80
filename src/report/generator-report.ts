import { lengthOf, meanOver } from '../metrics/bounded-samples.ts'
import type { LatencyHistogram } from '../metrics/latency-histogram.ts'
import { highestSound, inMs, summarise } from '../metrics/latency-summary.ts'
import type { Phase, WindowSeconds } from '../metrics/phase.ts'
import { selectArrivals } from '../metrics/selection.ts'
import { whyNotSustained } from '../metrics/sustained.ts'
import { tightestP99Ms } from '../metrics/threshold-results.ts'
import {
  busiestCpuShare,
  type HealthSample,
  judgeValidity,
  type Validity,
} from '../metrics/validity.ts'
import type { ExchangeNumbers } from './action-reports.ts'
import { perSecond, rounded, showCountOf } from './figures.ts'
import { missingLoad } from './missing-stations.ts'
import type { GeneratorReport, SustainedReport } from './result.ts'
import type { MachineSample, RunFacts } from './run-facts.ts'

/** Seconds since the run began. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** The judged window in seconds since the run began: steady, or all of it. */
export function judgedSeconds({ windows }: RunFacts, headline: readonly Phase[]): Span {
  let at = 0
  let from = Number.POSITIVE_INFINITY
  let to = 0
  for (const { phase, seconds } of windows) {
    if (headline.includes(phase)) {
      from = Math.min(from, at)
      to = at + seconds
    }
    at += seconds
  }
  return { from, to }
}

/** Only whole seconds of the window count: an edge mixes two windows. */
export function isWithin(second: number, { from, to }: Span, width = 1): boolean {
  return second >= from && second + width <= to
}

/** Whether the generator was the limit of the judged window. */
export function validityOf(
  facts: RunFacts,
  numbers: ExchangeNumbers,
  lag: LatencyHistogram,
  judged: Span,
): Validity {
  const { response } = numbers.headline
  if (facts.generatorLimits) return knownValidity(facts.model, facts.generatorLimits)
  // One late timer among a hundred would be the p99: a short run must not be INVALID by luck.
  const lagPercent = highestSound(lag)
  return judgeValidity({
    model: facts.model,
    lagP99Ms: lagPercent === undefined ? null : inMs(lag.percentile(lagPercent)),
    ...(lagPercent !== undefined && { lagPercent }),
    responseP99Ms: inMs(response.percentile(99)),
    tightestP99Ms: tightestP99Ms(facts.thresholds),
    health: healthWithin(facts, judged),
    localSocketErrors: facts.localSocketErrors,
  })
}

function knownValidity(model: RunFacts['model'], reasons: readonly string[]): Validity {
  const saturated = reasons.length > 0
  return { valid: model === 'closed' || !saturated, saturated, reasons }
}

function healthWithin(facts: RunFacts, judged: Span): HealthSample[] {
  return facts.workers
    .flatMap(({ health }) => health)
    .filter((sample) => isWithin(sample.second, judged, lengthOf(sample)))
}

/** How the load generator itself fared. */
export function generatorReport(
  facts: RunFacts,
  numbers: ExchangeNumbers,
  lag: LatencyHistogram,
  judged: Span,
  validity: Validity,
): GeneratorReport {
  const health = healthWithin(facts, judged)
  const busiest = [...busiestCpuShare(health).values()]
  const mean = meanOver(health, ({ cpuShare }) => cpuShare)
  return {
    lagMs: summarise(lag),
    gateWaitMs: summarise(numbers.headline.gateWait),
    cpuShare: {
      mean: mean === null ? null : rounded(mean),
      max: busiest.length === 0 ? null : rounded(Math.max(...busiest)),
    },
    workers: facts.workers.length,
    maxRssBytes: facts.workers.reduce((most, worker) => Math.max(most, worker.maxRssBytes), 0),
    machine: machineShares(facts, judged),
    limitedBy: validity.saturated ? 'generator' : null,
  }
}

function machineShares({ machine = [] }: RunFacts, judged: Span): GeneratorReport['machine'] {
  const samples = machine.filter((one) => isWithin(one.second, judged, lengthOf(one)))
  const mean = (of: (sample: MachineSample) => number): number | null => {
    const share = meanOver(samples, of)
    return share === null ? null : rounded(share)
  }
  return {
    idleShare: mean(({ idleShare }) => idleShare),
    stolenShare: mean(({ stolenShare }) => stolenShare),
  }
}

/** Whether the offered rate was sustained. */
export function sustainedReport(
  facts: RunFacts,
  { headline, exchanges }: ExchangeNumbers,
  windows: WindowSeconds,
  judged: Span,
  validity: Validity,
): SustainedReport {
  const dropped = headline.dropped + headline.unsent
  const offered = headline.settled + headline.dropped
  const interval = facts.series.intervalSeconds
  const points = facts.series.points.filter(({ second }) => isWithin(second, judged, interval))
  const doubt = validity.valid ? [] : ['the generator was the limit']
  const missing = missingLoad(facts)
  const why = whyNotSustained({
    steadySeconds: windows.steady,
    offered,
    achieved: headline.achieved,
    errors: headline.errors,
    dropped,
    backlog: points.map(({ backlog }) => backlog),
  })
  const unbegun = neverBegun(facts)
  const reasons = [...doubt, ...(missing === undefined ? [] : [missing]), ...unbegun, ...why]
  return {
    sustained: reasons.length === 0,
    reasons,
    offeredPerSecond: perSecond(offered, judged.to - judged.from),
    achievedPerSecond: exchanges.perSecond,
  }
}

/** Sessions and commands of steady that found no station. */
function neverBegun({ metrics }: RunFacts): string[] {
  return (['session', 'command'] as const).flatMap((kind) => {
    const { dropped, unbegun } = selectArrivals(metrics, kind, {}, ['steady'])
    const never = dropped + unbegun
    if (never === 0) return []
    return [`${showCountOf(never, `${kind} was`, `${kind}s were`)} due and never begun`]
  })
}
