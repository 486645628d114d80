import { type Phase, phases, secondsOf, type WindowSeconds } from './phase.ts'
import type { Snapshot } from './snapshot.ts'
import { metricSpec, type Scope } from './threshold-metrics.ts'
import { type During, operators, type ThresholdPlan, type TimeSpan } from './thresholds.ts'

/** A phase, everything, or seconds of steady: `30s-60s`. */
export type Covered = During | `${number}s-${number}s`

export interface ThresholdResult {
  readonly metric: string
  readonly expression: string
  /** What it covered. */
  readonly during: Covered
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
  /** What was counted in a part of steady, so far; undefined before it begins. */
  readonly within?: ((span: TimeSpan) => CountedSpan | undefined) | undefined
}

/** The counts of a part of steady. */
export interface CountedSpan {
  readonly counted: Snapshot
  readonly seconds: number
}

/**
 * Holds one threshold against what was measured. One that nothing was measured for fails, with the
 * note "no samples": green means that something ran. A count of nothing is 0, though, and is judged.
 */
export function evaluateThreshold(plan: ThresholdPlan, measured: Measured): ThresholdResult {
  const spec = metricSpec(plan.metric)
  const scope = scopeOf(plan, measured)
  const aggregates = scope && spec.measure({ ...scope, selection: plan.selection })
  const actual = aggregates?.(plan.aggregate, plan.percent) ?? null
  const result = {
    metric: plan.selector,
    expression: plan.expression,
    during: coveredBy(plan, measured.headline),
    unit: spec.unit,
    actual,
  }
  if (actual === null) return { ...result, pass: false, note: 'no samples' }
  return { ...result, pass: operators[plan.operator](actual, plan.bound) }
}

function coveredBy(plan: ThresholdPlan, headline: readonly Phase[]): Covered {
  const { during } = plan
  if (typeof during === 'object') return `${during.fromMs / 1000}s-${during.toMs / 1000}s`
  const chosen = coveredPhases(plan, headline)
  return chosen.length === 1 ? (chosen[0] ?? 'run') : 'run'
}

function scopeOf(plan: ThresholdPlan, measured: Measured): Omit<Scope, 'selection'> | undefined {
  const { during } = plan
  if (typeof during === 'object') {
    const span = measured.within?.(during)
    return span && { snapshot: span.counted, phases, seconds: span.seconds }
  }
  const chosen = coveredPhases(plan, measured.headline)
  const { snapshot, windows } = measured
  return { snapshot, phases: chosen, seconds: secondsOf(windows, chosen) }
}

function coveredPhases(plan: ThresholdPlan, headline: readonly Phase[]): readonly Phase[] {
  const { during } = plan
  if (during === 'run') return phases
  if (during !== undefined && typeof during !== 'object') return [during]
  return metricSpec(plan.metric).wholeRun ? phases : headline
}

/**
 * While the run goes on: the first `abortOnFail` threshold that fails by now. What has no samples
 * yet does not abort, and neither does a count of nothing before its window begins.
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
    const covered = scopeOf(plan, measured)?.seconds ?? 0
    if (covered <= 0) continue
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
