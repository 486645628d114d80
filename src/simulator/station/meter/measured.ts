import type { MeterValuesRequest } from 'typed-ocpp/dist/ocpp16/types.js'
import type { Grid } from '../../physics/grid.ts'
import type { Phase } from '../../physics/phases.ts'
import type { MeterPlan } from '../../scenario/plan.ts'

type SampledValue = MeterValuesRequest['meterValue'][number]['sampledValue'][number]

/** The same in both generations [1.6 7.34] [2.0.1 PhaseEnumType]. */
export type PhaseName = NonNullable<SampledValue['phase']>
/** Those of 1.6; 2.x writes any text. */
export type Unit = NonNullable<SampledValue['unit']>

/** What can be read at one place: an outlet, or all of them together. Units: Wh, W, A, V. */
export interface Measured extends Registers {
  /** Negative while the EV gives back. */
  readonly powerW: number
  /** The most that is offered now. */
  readonly offeredW: number
  /** Power over the most that the place can give, 0 to 1. */
  readonly loadShare: number
  readonly voltageV: number
  readonly phases: Phase
  readonly soc: number | undefined
  /** What inverters absorb on purpose, besides what the power factor makes; negative = inject. */
  readonly reactiveVar: number
  /** Undefined: one that is as it should be. */
  readonly grid: Pick<Grid, 'frequencyHz' | 'voltageShare'> | undefined
  currentA(phase: Phase): number
  /** Where it measures, if not where the meter of the template does. */
  readonly location?: MeterPlan['location']
}

/** Registers, now or at the beginning of an interval: Wh, and varh that inverters made on purpose. */
export interface Registers {
  readonly importWh: number
  readonly exportWh: number
  readonly importVarh: number
  readonly exportVarh: number
}
