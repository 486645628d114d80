import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import { importRegisterWh } from '../../domain/meter-values.ts'

/** As 2.1 has it: 2.0.1 knows fewer measurands. */
export type MeterValue2x = RequestOf<Actions21, 'MeterValues'>['meterValue'][number]

/** What the meter values of one event say of the import register, in Wh. */
export interface Registers {
  /** The sample of context Transaction.Begin. */
  readonly begin: number | undefined
  /** The sample of context Transaction.End. */
  readonly end: number | undefined
  readonly first: number | undefined
  readonly last: number | undefined
}

/** The unit of a sample that names none [2.0.1 UnitOfMeasureType]. */
const wattHours: NonNullable<MeterValue2x['sampledValue'][number]['unitOfMeasure']> = {}
const none: Registers = { begin: undefined, end: undefined, first: undefined, last: undefined }

/** [2.0.1 E02.FR.09, E06.FR.11, ReadingContextEnumType] */
export function registersOf(meterValues: readonly MeterValue2x[] | undefined): Registers {
  if (!meterValues) return none
  let begin: number | undefined
  let end: number | undefined
  let first: number | undefined
  let last: number | undefined
  for (const { sampledValue } of meterValues) {
    for (const sample of sampledValue) {
      const { unit, multiplier } = sample.unitOfMeasure ?? wattHours
      const register = importRegisterWh(sample, unit, multiplier)
      if (register === undefined) continue
      first ??= register
      last = register
      if (sample.context === 'Transaction.Begin') begin = register
      else if (sample.context === 'Transaction.End') end = register
    }
  }
  return { begin, end, first, last }
}
