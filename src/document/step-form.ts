import type { Field } from './fields/field.ts'

/** A step of a script after checking: plain data. */
export interface StepPlan {
  readonly step: string
  readonly args: unknown
  /** 1-based place in the file. */
  readonly line: number
  readonly column: number
}

/**
 * One step of a script as it is written, described once: parser, JSON Schema, help and reference come
 * from it. What it does is its language's own.
 */
export interface StepForm {
  readonly name: string
  /** One sentence for the reference. */
  readonly summary: string
  readonly args: Field<unknown>
  /** Arguments that may also stand beside the step: `- repeat: {times: 3}` with `steps:` below. */
  readonly beside?: readonly string[]
  /** As it stands in a file. */
  readonly example: string
}

/** Steps by name. */
export type StepForms = Readonly<Record<string, StepForm>>

/** A group of steps, as the reference shows them. */
export interface StepGroup<Step extends StepForm = StepForm> {
  readonly title: string
  readonly steps: readonly Step[]
}
