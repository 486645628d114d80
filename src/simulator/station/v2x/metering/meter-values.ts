import type {
  MeasurandEnumType,
  MeterValueType,
  ReadingContextEnumType,
  SampledValueType,
} from 'typed-ocpp/dist/ocpp20/types.js'
import type { MeterPlan } from '../../../scenario/plan.ts'
import type { Measured, Registers } from '../../meter/measured.ts'
import { plainMeter } from '../../meter/units.ts'
import { samplerOf } from './sampler.ts'

/**
 * One reading of a meter; undefined where nothing was asked for. Registers are whole Wh as everywhere
 * in the books, currents and voltages are per phase.
 *
 * @param at is up to date
 * @param since registers at the beginning of the interval that Interval measurands tell of
 */
export function meterValue(
  at: Measured,
  measurands: readonly MeasurandEnumType[],
  context: ReadingContextEnumType,
  timestamp: string,
  meter: MeterPlan = plainMeter,
  since?: Registers,
): MeterValueType | undefined {
  const sampledValue: SampledValueType[] = []
  for (const measurand of measurands) {
    samplerOf(measurand, meter)?.read(sampledValue, at, context, since)
  }
  return sampledValue.length === 0 ? undefined : { timestamp, sampledValue }
}
