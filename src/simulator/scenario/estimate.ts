import type { StepPlan } from '../../document/step-form.ts'
import { stepTable } from '../steps/registry.ts'
import type { Plan } from './plan.ts'
import { timelineEndMs } from './timeline-choice.ts'

/** Nobody simulates longer than this on purpose; it also bounds what backdating goes back. */
const longestMs = 366 * 86_400_000

/**
 * How long the run takes in simulated time, an upper end: draws count at their high end, charges
 * without a time at three hours, endless loops at a week. Never more than a year.
 */
export function estimateSimulatedMs({ fleets, load, speed, timeline }: Plan): number {
  const scripts = Math.max(...fleets.map(({ script }) => estimateSteps(script)))
  const { warmupMs, steadyMs, gracefulStopMs, drainMs } = load
  // A steady window ends the scripts that outlast it.
  const whole =
    steadyMs === undefined
      ? Math.max(scripts, timelineEndMs(timeline))
      : (warmupMs + steadyMs + gracefulStopMs + drainMs) * speed
  return Math.min(longestMs, whole)
}

function estimateSteps(steps: readonly StepPlan[]): number {
  let sum = 0
  for (const { step, args } of steps) {
    sum += stepTable[step]?.lasts?.(args, estimateSteps) ?? 0
  }
  return Math.min(longestMs, sum)
}
