import type { Field } from '../scenario/fields/field.ts'
import type { StepPlan } from '../scenario/plan.ts'
import type { StepContext } from './step-context.ts'

/** Estimates how long nested steps take, simulated milliseconds; an upper end. */
type Estimate = (steps: readonly StepPlan[]) => number

/**
 * One step of the scenario language, described once: parser, JSON Schema, `csms scenario steps` and
 * the reference come from it.
 */
export interface StepDefinition<Args> {
  readonly name: string
  /** One sentence for the reference. */
  readonly summary: string
  readonly args: Field<Args>
  /** Arguments that may also stand beside the step: `- repeat: {times: 3}` with `steps:` below. */
  readonly beside?: readonly string[]
  /** The step that takes it back: for events of the timeline that last. */
  readonly undoneBy?: string
  /** As it stands in a file. */
  readonly example: string
  /** Throws `StepFailure` when it does not come out as the scenario says. */
  run(args: Args, context: StepContext): Promise<void> | void
  /** Simulated milliseconds it takes, an upper end; left out where it takes next to none. */
  lasts?(args: Args, estimate: Estimate): number
}

/** Steps by name. */
export type StepTable = Readonly<Record<string, StepDefinition<unknown>>>

/** Types `run` by `args`. */
export function defineStep<Args>(definition: StepDefinition<Args>): StepDefinition<Args> {
  return definition
}
