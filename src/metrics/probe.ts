import { inMs } from './latency-summary.ts'
import type { Phase, WindowSeconds } from './phase.ts'
import { selectExchanges } from './selection.ts'
import type { Snapshot } from './snapshot.ts'
import { backlogSlope, whyNotHeld } from './sustained.ts'
import { metricSpec } from './threshold-metrics.ts'
import { evaluateThreshold, tightestP99Ms } from './threshold-results.ts'
import { operators, type ThresholdPlan } from './thresholds.ts'
import { busiestCpuShare, type HealthSample, judgeValidity, lagLimitMs } from './validity.ts'

/** What was measured while one rate was offered. */
export interface ProbeFacts {
  readonly offeredPerSecond: number
  readonly confirming: boolean
  /** Of the measured window, the time to settle left out. */
  readonly seconds: number
  /** What was counted in it: the difference of the snapshots at its two ends. */
  readonly counted: Snapshot
  /** CALLs due and not settled, at every whole second of it. */
  readonly backlog: readonly number[]
  readonly health: readonly HealthSample[]
  /** Sockets that this machine failed to open or keep meanwhile, by error code. */
  readonly localSocketErrors: Readonly<Record<string, number>>
  /** Of the scenario; those that name a window of their own are none of a probe's. */
  readonly thresholds: readonly ThresholdPlan[]
}

export type LimitedBy = 'generator' | 'target' | 'threshold'

/** One rate with what it came to. Times in milliseconds. */
export interface ProbeResult {
  readonly offeredPerSecond: number
  readonly achievedPerSecond: number
  readonly p50: number | null
  readonly p95: number | null
  readonly p99: number | null
  /** Share of what was due. */
  readonly errors: number
  /** CALLs per second by which the backlog grew. */
  readonly backlogSlope: number
  readonly generatorLagP99: number | null
  /** Of the busiest worker; 1 is one core fully used. */
  readonly cpu: number | null
  readonly verdict: 'held' | 'broke'
  /** It was to hold for long: the highest that had held in a probe. */
  readonly confirming: boolean
  /** Why it broke, a sentence each, the limit first. */
  readonly reasons: readonly string[]
}

/** All of a search happens in this phase. */
export const probePhase: Phase = 'warmup'

/**
 * Whether a rate held: the rules of a sustained rate and every threshold, unless the generator was
 * the limit, which says nothing of the target.
 */
export function judgeProbe(facts: ProbeFacts): {
  readonly result: ProbeResult
  readonly limitedBy: LimitedBy | null
} {
  const window = selectExchanges(facts.counted, {}, [probePhase])
  const { all } = window
  const lagP99Ms = inMs(window.lag.percentile(99))
  const due = Math.max(1, window.settled + window.dropped)
  const limits: Readonly<Record<LimitedBy, readonly string[]>> = {
    generator: generatorReasons(facts, lagP99Ms, inMs(window.response.percentile(99))),
    target: whyNotHeld({
      steadySeconds: facts.seconds,
      // The ends of a window may cut through one CALL.
      offered: Math.max(1, facts.offeredPerSecond * facts.seconds - 1),
      achieved: window.achieved,
      errors: window.errors,
      dropped: window.dropped + window.unsent,
      backlog: facts.backlog,
    }),
    threshold: thresholdReasons(facts),
  }
  const cpu = [...busiestCpuShare(facts.health).values()]
  const order: readonly LimitedBy[] = ['generator', 'target', 'threshold']
  const reasons = order.flatMap((limit) => limits[limit])
  return {
    limitedBy: order.find((limit) => limits[limit].length > 0) ?? null,
    result: {
      offeredPerSecond: facts.offeredPerSecond,
      achievedPerSecond: rounded(window.achieved / facts.seconds),
      p50: inMs(all.percentile(50)),
      p95: inMs(all.percentile(95)),
      p99: inMs(all.percentile(99)),
      errors: window.errors / due,
      backlogSlope: rounded(backlogSlope(facts.backlog)),
      generatorLagP99: lagP99Ms,
      cpu: cpu.length === 0 ? null : Math.round(Math.max(...cpu) * 1000) / 1000,
      verdict: reasons.length === 0 ? 'held' : 'broke',
      confirming: facts.confirming,
      reasons,
    },
  }
}

/**
 * Whether a rate that is still being held breaks a limit whatever comes: even if not one late CALL
 * is added until the end, those so far are too many, and they break it by themselves already.
 *
 * @param share of the time that is over: the 99th percentile of all will not lie below the one of
 *   which 1 %/share of those so far lie beyond
 */
export function isHopeless(
  counted: Snapshot,
  thresholds: readonly ThresholdPlan[],
  share: number,
): boolean {
  const { lag, response, all } = selectExchanges(counted, {}, [probePhase])
  const least = (percent: number): number => 100 - (100 - percent) / share
  const tightest = tightestP99Ms(thresholds)
  const isLate = (percent: number): boolean => {
    const lagMs = inMs(lag.percentile(percent))
    return lagMs !== null && lagMs > lagLimitMs(inMs(response.percentile(percent)), tightest)
  }
  if (least(99) > 0 && isLate(99) && isLate(least(99))) return true
  return thresholds.filter(isProbeLimit).some((plan) => {
    const { metric, aggregate, selection, operator, bound, percent } = plan
    const isUpper = operator === '<' || operator === '<='
    if (metric !== 'ocpp_response_time' || aggregate !== 'p' || !isUpper) return false
    if (Object.keys(selection).length > 0 || least(percent) <= 0) return false
    const leastMs = inMs(all.percentile(least(percent)))
    return leastMs !== null && !operators[operator](leastMs, bound)
  })
}

function generatorReasons(
  { health, localSocketErrors, thresholds }: ProbeFacts,
  lagP99Ms: number | null,
  responseP99Ms: number | null,
): readonly string[] {
  return judgeValidity({
    model: 'open',
    lagP99Ms,
    responseP99Ms,
    tightestP99Ms: tightestP99Ms(thresholds),
    health,
    localSocketErrors,
  }).reasons
}

function thresholdReasons({ thresholds, counted, seconds }: ProbeFacts): string[] {
  const windows: WindowSeconds = { ramp: 0, warmup: 0, steady: 0, drain: 0, [probePhase]: seconds }
  return thresholds.filter(isProbeLimit).flatMap((plan) => {
    const measured = { snapshot: counted, windows, headline: [probePhase] }
    const { actual, pass, unit } = evaluateThreshold({ ...plan, during: undefined }, measured)
    // A short probe may have no samples of a rare action; the confirmation must.
    if (pass || actual === null) return []
    const shown = unit === 'ms' ? `${actual.toFixed(1)} ms` : `${Number(actual.toPrecision(4))}`
    return [`${plan.selector} ${plan.expression} failed: ${shown}`]
  })
}

/** What has a window of its own, or happens once, is judged when the run is over. */
export function isProbeLimit({ metric, during }: ThresholdPlan): boolean {
  return metricSpec(metric).wholeRun !== true && (during === undefined || during === 'steady')
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}
