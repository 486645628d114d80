import { type Phase, phases, secondsOf, type WindowSeconds } from './phase.ts'
import type { Snapshot } from './snapshot.ts'
import { metricSpec } from './threshold-metrics.ts'
import { type During, operators, type ThresholdPlan } from './thresholds.ts'

export interface ThresholdResult {
  readonly metric: string
  readonly expression: string
  /** What it covered. */
  readonly during: During
  /** Milliseconds for times; null where there was nothing to tell it from. */
  readonly actual: number | null
  readonly unit: 'ms' | 'count'
  readonly pass: boolean
  /** Why it failed, where the number does not say it. */
  readonly note?: string
}

/** What was measured, and over which windows. */
export interface Measured {
  readonly snapshot: Snapshot
  /** How long each window lasted (while the run goes on: so far). */
  readonly windows: WindowSeconds
  /** What a threshold without `during` covers: `headlinePhases` of the planned windows. */
  readonly headline: readonly Phase[]
}

/**
 * Holds one threshold against what was measured. One that nothing was measured for fails, with the
 * note "no samples": green means that something ran. A count of nothing is 0, though, and is judged.
 */
export function evaluateThreshold(plan: ThresholdPlan, measured: Measured): ThresholdResult {
  const spec = metricSpec(plan.metric)
  const chosen = coveredPhases(plan, measured.headline)
  const aggregates = spec.measure({
    snapshot: measured.snapshot,
    selection: plan.selection,
    phases: chosen,
    seconds: secondsOf(measured.windows, chosen),
  })
  const actual = aggregates(plan.aggregate, plan.percent)
  const result = {
    metric: plan.selector,
    expression: plan.expression,
    during: duringOf(chosen),
    unit: spec.unit,
    actual,
  }
  if (actual === null) return { ...result, pass: false, note: 'no samples' }
  return { ...result, pass: operators[plan.operator](actual, plan.bound) }
}

function duringOf(chosen: readonly Phase[]): During {
  return chosen.length === 1 ? (chosen[0] ?? 'run') : 'run'
}

function coveredPhases(plan: ThresholdPlan, headline: readonly Phase[]): readonly Phase[] {
  if (plan.during === 'run') return phases
  if (plan.during !== undefined) return [plan.during]
  return metricSpec(plan.metric).wholeRun ? phases : headline
}

/**
 * While the run goes on: the first `abortOnFail` threshold that fails by now. What has no samples
 * yet does not abort.
 *
 * @param elapsedMs since the run began
 */
export function thresholdToAbort(
  plans: readonly ThresholdPlan[],
  measured: Measured,
  elapsedMs: number,
): ThresholdResult | undefined {
  for (const plan of plans) {
    if (!plan.abortOnFail || elapsedMs < plan.delayAbortEvalMs) continue
    const result = evaluateThreshold(plan, measured)
    if (!result.pass && result.actual !== null) return result
  }
  return undefined
}

/** The smallest bound that a threshold sets on p(99) of response time, in ms; null without one. */
export function tightestP99Ms(plans: readonly ThresholdPlan[]): number | null {
  const bounds = plans
    .filter(({ metric, percent }) => metric === 'ocpp_response_time' && percent === 99)
    .filter(({ operator }) => operator === '<' || operator === '<=')
    .map(({ bound }) => bound)
  return bounds.length === 0 ? null : Math.min(...bounds)
}
