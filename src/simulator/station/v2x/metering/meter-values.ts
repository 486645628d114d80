import type {
  MeasurandEnumType,
  MeterValueType,
  PhaseEnumType,
  ReadingContextEnumType,
  SampledValueType,
} from 'typed-ocpp/dist/ocpp20/types.js'
import type { Outlet } from '../../../physics/outlet.ts'
import type { Phase } from '../../../physics/phases.ts'

const unitOf: Partial<Record<MeasurandEnumType, { readonly unit: string }>> = {
  'Energy.Active.Import.Register': { unit: 'Wh' },
  'Energy.Active.Export.Register': { unit: 'Wh' },
  'Power.Active.Import': { unit: 'W' },
  'Power.Active.Export': { unit: 'W' },
  'Current.Import': { unit: 'A' },
  'Current.Export': { unit: 'A' },
  Voltage: { unit: 'V' },
  SoC: { unit: 'Percent' },
}
const currentPhase: readonly PhaseEnumType[] = ['L1', 'L2', 'L3']
const voltagePhase: readonly PhaseEnumType[] = ['L1-N', 'L2-N', 'L3-N']

/**
 * One reading of an outlet's meter; undefined where nothing was asked for. Currents and voltages
 * are per phase, registers whole Wh as
 * everywhere in the books.
 */
export function meterValue(
  outlet: Outlet,
  measurands: readonly MeasurandEnumType[],
  context: ReadingContextEnumType,
  timestamp: string,
): MeterValueType | undefined {
  const sampledValue: SampledValueType[] = []
  for (const measurand of measurands) sample(sampledValue, outlet, measurand, context)
  return sampledValue.length === 0 ? undefined : { timestamp, sampledValue }
}

function sample(
  into: SampledValueType[],
  outlet: Outlet,
  measurand: MeasurandEnumType,
  context: ReadingContextEnumType,
): void {
  switch (measurand) {
    case 'Energy.Active.Import.Register':
      into.push(single(Math.round(outlet.importWh), measurand, context))
      break
    case 'Energy.Active.Export.Register':
      into.push(single(Math.round(outlet.exportWh), measurand, context))
      break
    case 'Power.Active.Import':
      into.push(single(Math.round(Math.max(0, outlet.powerW)), measurand, context))
      break
    case 'Power.Active.Export':
      into.push(single(Math.round(Math.max(0, -outlet.powerW)), measurand, context))
      break
    case 'Current.Import':
    case 'Current.Export':
    case 'Voltage':
      perPhase(into, outlet, measurand, context)
      break
    case 'SoC':
      if (outlet.soc !== undefined) {
        into.push(single(Math.round(outlet.soc * 1000) / 10, measurand, context))
      }
      break
    default:
  }
}

function perPhase(
  into: SampledValueType[],
  outlet: Outlet,
  measurand: 'Current.Import' | 'Current.Export' | 'Voltage',
  context: ReadingContextEnumType,
): void {
  const names = measurand === 'Voltage' ? voltagePhase : currentPhase
  for (let phase: number = 1; phase <= outlet.phases; phase += 1) {
    const value = single(phaseValue(outlet, measurand, phase as Phase), measurand, context)
    const name = names[phase - 1]
    into.push(name ? { ...value, phase: name } : value)
  }
}

function phaseValue(
  outlet: Outlet,
  measurand: 'Current.Import' | 'Current.Export' | 'Voltage',
  phase: Phase,
): number {
  if (measurand === 'Voltage') return outlet.voltageV
  const amperes = outlet.currentA(phase) * (measurand === 'Current.Import' ? 1 : -1)
  return Math.round(Math.max(0, amperes) * 100) / 100
}

function single(
  value: number,
  measurand: MeasurandEnumType,
  context: ReadingContextEnumType,
): SampledValueType {
  const unitOfMeasure = unitOf[measurand]
  return unitOfMeasure
    ? { value, context, measurand, unitOfMeasure }
    : { value, context, measurand }
}
