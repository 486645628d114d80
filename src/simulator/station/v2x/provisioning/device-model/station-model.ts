import type { VariableSpec } from './variable.ts'

/** What of a variable can be said in a file. */
export type PlainSpec = Omit<
  VariableSpec,
  'read' | 'limits' | 'exists' | 'objection' | 'changed' | 'only' | 'summary'
>

/** How a make of station differs from the standard device model in one variable. */
export interface ModelRow {
  /** As `variableName` spells it. */
  readonly name: string
  /** The station does not have it. */
  readonly absent?: true
  readonly spec: Pick<PlainSpec, 'component' | 'componentInstance' | 'variable' | 'instance'> &
    Partial<PlainSpec>
}

/** A make of station, as a model file describes its device model: plain data. */
export interface StationModel {
  readonly rows: readonly ModelRow[]
  /** First values, by `placedName`. */
  readonly values: Readonly<Record<string, string>>
}
