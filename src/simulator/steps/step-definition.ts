import type { Field } from '../../document/fields/field.ts'
import type { StepForm, StepPlan } from '../../document/step-form.ts'
import type { StepContext } from './step-context.ts'

/** Estimates how long nested steps take, simulated milliseconds; an upper end. */
type Estimate = (steps: readonly StepPlan[]) => number

/** One step of the scenario language, with what it does. */
export interface StepDefinition<Args> extends StepForm {
  readonly args: Field<Args>
  /** The step that takes it back: for events of the timeline that last. */
  readonly undoneBy?: string
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
