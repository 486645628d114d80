import type { MeterValuesRequest } from 'typed-ocpp/dist/ocpp16/types.js'
import type { Outlet } from '../../physics/outlet.ts'
import type { Phase } from '../../physics/phases.ts'

export type MeterValue = MeterValuesRequest['meterValue'][number]
type SampledValue = MeterValue['sampledValue'][number]
export type ReadingContext = NonNullable<SampledValue['context']>
type PhaseName = NonNullable<SampledValue['phase']>

/** One entry of a measurand list: reads an outlet that is up to date. */
export type Reading = (outlet: Outlet, context: ReadingContext, into: SampledValue[]) => void

const lines: readonly { readonly phase: Phase; readonly name: 'L1' | 'L2' | 'L3' }[] = [
  { phase: 1, name: 'L1' },
  { phase: 2, name: 'L2' },
  { phase: 3, name: 'L3' },
]

interface Quantity {
  readonly unit: NonNullable<SampledValue['unit']>
  /** Decimal places. */
  readonly digits: number
  /** Undefined: nothing to measure now. */
  readonly total?: (outlet: Outlet) => number | undefined
  readonly perPhase?: (outlet: Outlet, phase: Phase) => number
  /** How a phase is called where it is not a current. */
  readonly phaseName?: (line: 'L1' | 'L2' | 'L3') => PhaseName
}

/** What the stations measure [1.6 7.31]. */
const quantities = {
  'Energy.Active.Import.Register': {
    unit: 'Wh',
    digits: 0,
    total: (outlet) => outlet.importWh,
  },
  'Energy.Active.Export.Register': {
    unit: 'Wh',
    digits: 0,
    total: (outlet) => outlet.exportWh,
  },
  'Power.Active.Import': {
    unit: 'W',
    digits: 0,
    total: (outlet) => Math.max(0, outlet.powerW),
    perPhase: (outlet, phase) => Math.max(0, outlet.currentA(phase) * outlet.voltageV),
  },
  'Power.Active.Export': {
    unit: 'W',
    digits: 0,
    total: (outlet) => Math.max(0, -outlet.powerW),
  },
  'Current.Import': {
    unit: 'A',
    digits: 2,
    perPhase: (outlet, phase) => Math.max(0, outlet.currentA(phase)),
  },
  Voltage: {
    unit: 'V',
    digits: 1,
    perPhase: (outlet) => outlet.voltageV,
    phaseName: (line) => `${line}-N`,
  },
  SoC: {
    unit: 'Percent',
    digits: 0,
    total: (outlet) => (outlet.soc === undefined ? undefined : outlet.soc * 100),
  },
} as const satisfies Record<string, Quantity>

type QuantityName = keyof typeof quantities

function isQuantity(name: string): name is QuantityName {
  return Object.prototype.hasOwnProperty.call(quantities, name)
}

/**
 * Reads a comma separated list of measurands, each optionally with a phase (`Current.Import.L1`)
 * [1.6 9.1.14]; undefined if one is unknown. Measurands without a total are given per phase.
 */
export function measurandList(list: string): readonly Reading[] | undefined {
  const readings: Reading[] = []
  for (const entry of list.split(',')) {
    const text = entry.trim()
    if (text === '') continue
    const parsed = /^(.*?)(?:\.(L[123]))?$/.exec(text)
    const name = parsed?.[1] ?? ''
    if (!isQuantity(name)) return undefined
    const reading = readingOf(name, quantities[name], parsed?.[2])
    if (!reading) return undefined
    readings.push(reading)
  }
  return readings
}

function readingOf(
  measurand: QuantityName,
  quantity: Quantity,
  line: string | undefined,
): Reading | undefined {
  const { unit, digits, total, perPhase, phaseName = (name) => name } = quantity
  if (line === undefined && total) {
    return (outlet, context, into) => {
      const value = total(outlet)
      if (value !== undefined) into.push({ value: value.toFixed(digits), context, measurand, unit })
    }
  }
  if (!perPhase) return undefined
  const chosen = lines.filter(({ name }) => line === undefined || name === line)
  return (outlet, context, into) => {
    for (const { phase, name } of chosen) {
      if (phase > outlet.phases) continue
      const value = perPhase(outlet, phase).toFixed(digits)
      into.push({ value, context, measurand, phase: phaseName(name), unit })
    }
  }
}

/** One meter value of an outlet that is up to date; undefined where there is nothing to tell. */
export function sample(
  outlet: Outlet,
  readings: readonly Reading[],
  context: ReadingContext,
  timestamp: string,
): MeterValue | undefined {
  const sampledValue: SampledValue[] = []
  for (const read of readings) read(outlet, context, sampledValue)
  return sampledValue.length > 0 ? { timestamp, sampledValue } : undefined
}
