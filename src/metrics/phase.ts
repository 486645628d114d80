/** The windows of a run, in the order they happen; a run may leave some out. */
export const phases = ['ramp', 'warmup', 'steady', 'drain'] as const

export type Phase = (typeof phases)[number]

/** How long each window lasted, in seconds; 0 where the run had none of it. */
export type WindowSeconds = Readonly<Record<Phase, number>>

/** Of a steady that was over at once nothing can be told: all scripts were done, or all workers dead. */
const leastSteadySeconds = 0.05

/** What percentiles, rates and thresholds cover: steady alone, the whole run where there is none. */
export function headlinePhases(windows: WindowSeconds): readonly Phase[] {
  return windows.steady >= leastSteadySeconds ? ['steady'] : phases
}

/** How long these windows lasted together. */
export function secondsOf(windows: WindowSeconds, chosen: readonly Phase[]): number {
  let seconds = 0
  for (const phase of chosen) seconds += windows[phase]
  return seconds
}
