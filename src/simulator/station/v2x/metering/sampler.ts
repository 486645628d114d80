import type {
  LocationEnumType,
  MeasurandEnumType,
  ReadingContextEnumType,
  SampledValueType,
} from 'typed-ocpp/dist/ocpp20/types.js'
import type { MeterPlan } from '../../../scenario/plan.ts'
import type { Measured, Registers } from '../../meter/measured.ts'
import { type Quantity, quantities } from '../../meter/quantities.ts'
import { scaleOf } from '../../meter/units.ts'
import { type SupportedMeasurand, supportedMeasurands } from './measurands.ts'

/** What 2.x measures otherwise than 1.6, or besides [2.0.1 MeasurandEnumType]. */
const own: Readonly<Record<string, Quantity>> = {
  'Energy.Active.Net': {
    kind: 'energy',
    digits: 0,
    total: ({ importWh, exportWh }) => importWh - exportWh,
  },
  // Numbers, not text: a tenth of a percent costs nothing.
  SoC: { ...quantities.SoC, digits: 1 },
}

/** Of what 1.6 has no unit for [2.0.1 Part 2 appendix 2]. */
const ownUnits: Partial<Record<SupportedMeasurand, string>> = { Frequency: 'Hertz' }

function quantityOf(measurand: SupportedMeasurand): Quantity {
  const shared: Readonly<Record<string, Quantity>> = quantities
  const quantity = own[measurand] ?? shared[measurand]
  if (!quantity) throw new Error(`nothing measures ${measurand}`)
  return quantity
}

/** Reads one measurand of one make of meter; made once, used with every sample. */
export class Sampler {
  /** It tells what flowed since the beginning of an interval. */
  readonly interval: boolean
  readonly #measurand: MeasurandEnumType
  readonly #quantity: Quantity
  readonly #unit: { readonly unit: string } | undefined
  readonly #scale: (basic: number) => number
  /** Ten to the power of the decimal places. */
  readonly #precision: number
  readonly #location: LocationEnumType | undefined
  readonly #powerFactor: number

  constructor(measurand: SupportedMeasurand, meter: MeterPlan) {
    this.#measurand = measurand
    this.#quantity = quantityOf(measurand)
    const { unit, digits, scale } = scaleOf(this.#quantity, meter)
    const written = ownUnits[measurand] ?? unit
    this.#unit = written === undefined ? undefined : { unit: written }
    this.#scale = scale
    this.#precision = 10 ** digits
    this.#location = this.#quantity.location ?? meter.location
    this.#powerFactor = meter.powerFactor
    this.interval = this.#quantity.interval === true
  }

  /**
   * Without a total, phase by phase.
   *
   * @param at is up to date
   */
  read(
    into: SampledValueType[],
    at: Measured,
    context: ReadingContextEnumType,
    since: Registers | undefined,
  ): void {
    const { total, perPhase, lines = [] } = this.#quantity
    if (total) {
      const raw = total(at, this.#powerFactor, since)
      if (raw !== undefined) into.push(this.#value(raw, at, context))
      return
    }
    for (const line of lines) {
      const raw = perPhase?.(at, line, this.#powerFactor)
      if (raw === undefined) continue
      into.push({ ...this.#value(raw, at, context), phase: line.name })
    }
  }

  #value(raw: number, at: Measured, context: ReadingContextEnumType): SampledValueType {
    const value: SampledValueType = {
      value: Math.round(this.#scale(raw) * this.#precision) / this.#precision,
      context,
      measurand: this.#measurand,
    }
    const location = at.location ?? this.#location
    if (this.#unit) value.unitOfMeasure = this.#unit
    if (location !== undefined) value.location = location
    return value
  }
}

/** By meter of a template, then by measurand. */
const made = new WeakMap<MeterPlan, Map<string, Sampler>>()
const known: ReadonlySet<string> = new Set(supportedMeasurands)

/** Undefined: the meter cannot tell it. */
export function samplerOf(measurand: string, meter: MeterPlan): Sampler | undefined {
  const byMeasurand = made.get(meter) ?? new Map<string, Sampler>()
  const sampler = byMeasurand.get(measurand)
  if (sampler || !known.has(measurand)) return sampler
  const fresh = new Sampler(measurand as SupportedMeasurand, meter)
  made.set(meter, byMeasurand.set(measurand, fresh))
  return fresh
}
