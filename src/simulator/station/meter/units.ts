import type { MeterPlan } from '../../scenario/plan.ts'
import type { Unit } from './measured.ts'
import type { Kind, Quantity } from './quantities.ts'

/** The meter of a template that says nothing of it. */
export const plainMeter: MeterPlan = {
  type: undefined,
  serial: undefined,
  energyUnit: 'Wh',
  powerUnit: 'W',
  temperatureUnit: 'Celsius',
  location: undefined,
  signedData: undefined,
  powerFactor: 1,
  main: false,
}

/** How a number in its basic unit is written. */
export interface Scale {
  readonly unit: Unit | undefined
  /** Decimal places. */
  readonly digits: number
  readonly scale: (basic: number) => number
}

const same = (basic: number): number => basic
const thousandth = (basic: number): number => basic / 1000

const temperatures: Readonly<Record<MeterPlan['temperatureUnit'], (celsius: number) => number>> = {
  Celsius: same,
  Celcius: same,
  Fahrenheit: (celsius) => (celsius * 9) / 5 + 32,
  K: (celsius) => celsius + 273.15,
}

/** [1.6 7.45] */
export function scaleOf({ kind, digits }: Quantity, meter: MeterPlan): Scale {
  const unit = unitOf(kind, meter)
  if (kind === 'temperature') return { unit, digits, scale: temperatures[meter.temperatureUnit] }
  return unit?.startsWith('k')
    ? { unit, digits: digits + 3, scale: thousandth }
    : { unit, digits, scale: same }
}

function unitOf(kind: Kind, meter: MeterPlan): Unit | undefined {
  switch (kind) {
    case 'energy':
      return meter.energyUnit
    case 'reactiveEnergy':
      return meter.energyUnit === 'kWh' ? 'kvarh' : 'varh'
    case 'power':
      return meter.powerUnit
    case 'reactivePower':
      return meter.powerUnit === 'kW' ? 'kvar' : 'var'
    case 'current':
      return 'A'
    case 'voltage':
      return 'V'
    case 'temperature':
      return meter.temperatureUnit
    case 'percent':
      return 'Percent'
    case 'plain':
      return undefined
  }
}
