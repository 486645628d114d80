import type { MeterValuesRequest } from 'typed-ocpp/dist/ocpp16/types.js'
import type { MeterPlan } from '../../scenario/plan.ts'
import type { Measured, PhaseName, Registers } from '../meter/measured.ts'
import { type Line, lineOf, type Quantity, quantities } from '../meter/quantities.ts'
import { plainMeter, scaleOf } from '../meter/units.ts'

export type MeterValue = MeterValuesRequest['meterValue'][number]
type SampledValue = MeterValue['sampledValue'][number]
export type ReadingContext = NonNullable<SampledValue['context']>

/** One entry of a measurand list. */
export interface Reading {
  readonly measurand: NonNullable<SampledValue['measurand']>
  /** It tells what flowed since `since`; without that nothing. */
  readonly interval: boolean
  /** @param at is up to date */
  read(
    at: Measured,
    context: ReadingContext,
    into: SampledValue[],
    since: Registers | undefined,
  ): void
}

type QuantityName = keyof typeof quantities

function isQuantity(name: string): name is QuantityName {
  return Object.prototype.hasOwnProperty.call(quantities, name)
}

/**
 * Reads a comma separated list of measurands, each optionally with a phase (`Current.Import.L1`,
 * `Voltage.L1-L2`) [1.6 9.1.17]; undefined if one is unknown. Measurands without a total are given
 * per phase.
 */
export function measurandList(
  list: string,
  meter: MeterPlan = plainMeter,
): readonly Reading[] | undefined {
  const readings: Reading[] = []
  for (const entry of list.split(',')) {
    const text = entry.trim()
    if (text === '') continue
    const parsed = /^(.*?)(?:\.(L[123](?:-(?:N|L[123]))?|N))?$/.exec(text)
    const name = parsed?.[1] ?? ''
    if (!isQuantity(name)) return undefined
    const reading = readingOf(name, quantities[name], parsed?.[2], meter)
    if (!reading) return undefined
    readings.push(reading)
  }
  return readings
}

function readingOf(
  measurand: QuantityName,
  quantity: Quantity,
  phase: string | undefined,
  meter: MeterPlan,
): Reading | undefined {
  const { unit, digits, scale } = scaleOf(quantity, meter)
  const { total, perPhase } = quantity
  const entry = (
    at: Measured,
    context: ReadingContext,
    raw: number,
    name?: PhaseName,
  ): SampledValue => {
    // On the hot path: spreads of what is there took twice as long.
    const value: SampledValue = { value: scale(raw).toFixed(digits), context, measurand }
    if (name !== undefined) value.phase = name
    const location = quantity.location ?? at.location ?? meter.location
    if (location !== undefined) value.location = location
    if (unit !== undefined) value.unit = unit
    return value
  }
  const interval = quantity.interval === true
  if (phase === undefined && total) {
    return {
      measurand,
      interval,
      read(at, context, into, since) {
        const raw = total(at, meter.powerFactor, since)
        if (raw !== undefined) into.push(entry(at, context, raw))
      },
    }
  }
  if (!perPhase) return undefined
  const lines = phase === undefined ? quantity.lines : [lineOf(quantity, phase)]
  if (!lines?.every((line): line is Line => line !== undefined)) return undefined
  return {
    measurand,
    interval,
    read(at, context, into) {
      for (const line of lines) {
        const raw = perPhase(at, line, meter.powerFactor)
        if (raw !== undefined) into.push(entry(at, context, raw, line.name))
      }
    },
  }
}

/** One meter value of a place that is up to date; undefined where there is nothing to tell. */
export function sample(
  at: Measured,
  readings: readonly Reading[],
  context: ReadingContext,
  timestamp: string,
  since?: Registers,
): MeterValue | undefined {
  const sampledValue: SampledValue[] = []
  for (const reading of readings) reading.read(at, context, sampledValue, since)
  return sampledValue.length > 0 ? { timestamp, sampledValue } : undefined
}
