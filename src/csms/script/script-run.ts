import { MissingValue } from '../../document/expressions.ts'
import type { StepPlan } from '../../document/step-form.ts'
import { type Cancel, Cancelled } from '../../shared/cancel.ts'
import type { Clock } from '../../shared/clock.ts'
import type { ScriptedStation } from './scripted-station.ts'
import { type StepContext, StepFailure } from './step-context.ts'
import { serveSteps } from './steps/registry.ts'

/** The step a script failed at, and why. */
export interface ScriptFailure {
  readonly step: string
  /** 1-based place in the file. */
  readonly line: number
  readonly column: number
  /** One sentence. */
  readonly reason: string
}

export interface RunSetting {
  readonly station: ScriptedStation
  readonly clock: Clock
  readonly cancel: Cancel
  readonly log: (text: string) => void
  /** A step begins. */
  readonly at: (step: StepPlan) => void
}

/** How long a reason may get: verdicts hold sentences, not payloads. */
const longestReason = 500

/**
 * Plays a script at one station. Resolves to the failure, or undefined when all of it was played;
 * rejects with `Cancelled`.
 */
export async function runScript(
  steps: readonly StepPlan[],
  setting: RunSetting,
): Promise<ScriptFailure | undefined> {
  try {
    await run(steps, setting)
    return undefined
  } catch (error) {
    if (error instanceof FailedStep) return error.failure
    throw error
  }
}

async function run(steps: readonly StepPlan[], setting: RunSetting): Promise<void> {
  const { station, clock, cancel, log } = setting
  const context: StepContext = {
    station,
    clock,
    cancel,
    variables: station.variables,
    log,
    runSteps: (inner) => run(inner, setting),
  }
  for (const step of steps) {
    cancel.throwIfCancelled()
    setting.at(step)
    try {
      await serveSteps[step.step]?.run(step.args, context)
    } catch (error) {
      throw asFailedStep(error, step)
    }
  }
}

/** Carries a failure out of nested steps: the innermost step is the one that failed. */
class FailedStep extends Error {
  readonly failure: ScriptFailure

  constructor(failure: ScriptFailure) {
    super(failure.reason)
    this.failure = failure
  }
}

function asFailedStep(error: unknown, { step, line, column }: StepPlan): unknown {
  if (error instanceof Cancelled || error instanceof FailedStep) return error
  const isFailure = error instanceof StepFailure || error instanceof MissingValue
  const reason = isFailure ? error.message : `fault in csms: ${String(error)}`
  return new FailedStep({ step, line, column, reason: reason.slice(0, longestReason) })
}
