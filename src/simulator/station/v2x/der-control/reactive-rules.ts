import type { DERUnitEnumType } from 'typed-ocpp/dist/ocpp21/types.js'
import { interpolated } from '../../../../ocpp/smart-charging/power-order.ts'
import { perWOf, type ReactiveOrder } from '../../../physics/reactive.ts'
import type { DerControl, DerControlType } from './der-control.ts'

/** An inverter at this moment. */
interface InverterReading {
  /** Negative = it gives back. */
  readonly powerW: number
  /** The most that it takes, and gives back. */
  readonly maxPowerW: number
  readonly dischargeW: number
  /** The most that it absorbs or injects. */
  readonly mostVar: number
  /** Percent of the nominal voltage. */
  readonly volts: number
}

/**
 * The reactive power that controls make of an inverter: of several the first one of FixedVar, VoltVar,
 * WattVar, WattPF and the fixed power factors; undefined: none of them is there.
 */
export function reactiveOrder(
  inForce: (type: DerControlType) => DerControl | undefined,
  inverter: InverterReading,
): ReactiveOrder | undefined {
  const fixed = inForce('FixedVar')?.content.fixedVar
  if (fixed) return injected(fixed.setpoint, fixed.unit, inverter)
  const voltVar = inForce('VoltVar')?.content.curve
  if (voltVar) {
    const { vRef = 100 } = voltVar.reactivePowerParams ?? {}
    const percent = curveAt(voltVar.curveData, (inverter.volts * 100) / vRef)
    return injected(percent, voltVar.yUnit, inverter)
  }
  const wattVar = inForce('WattVar')?.content.curve
  if (wattVar) {
    return injected(curveAt(wattVar.curveData, outputOf(inverter)), wattVar.yUnit, inverter)
  }
  const wattPf = inForce('WattPF')?.content.curve
  if (wattPf) {
    const shares = wattPf.curveData.map(({ x, y }) => ({ x, y: Math.sign(y) * perWOf(y) }))
    return { fixedVar: 0, perW: curveAt(shares, outputOf(inverter)) }
  }
  const { fixedPFAbsorb, fixedPFInject } = {
    ...inForce('FixedPFAbsorb')?.content,
    ...inForce('FixedPFInject')?.content,
  }
  const factor = inverter.powerW < 0 ? fixedPFInject : fixedPFAbsorb
  if (!factor) return undefined
  return { fixedVar: 0, perW: (factor.excitation ? 1 : -1) * perWOf(factor.displacement) }
}

/** @param percent of what it has; positive = it injects */
function injected(
  percent: number,
  unit: DERUnitEnumType,
  { powerW, maxPowerW, dischargeW, mostVar }: InverterReading,
): ReactiveOrder {
  const ratedVA = Math.max(maxPowerW, dischargeW)
  const leftVar = Math.sqrt(Math.max(0, ratedVA ** 2 - powerW ** 2))
  const whole: Partial<Record<DERUnitEnumType, number>> = {
    PctMaxW: ratedVA,
    PctVarAvail: Math.min(mostVar, leftVar),
  }
  return { fixedVar: (-percent / 100) * (whole[unit] ?? mostVar), perW: 0 }
}

/** Percent of the most that it gives, negative while it takes. */
function outputOf({ powerW, maxPowerW, dischargeW }: InverterReading): number {
  return (-100 * powerW) / (powerW < 0 ? dischargeW : maxPowerW)
}

function curveAt(points: readonly { readonly x: number; readonly y: number }[], x: number): number {
  const curve = points.map((point) => ({ x: point.x, watts: point.y })).sort((a, b) => a.x - b.x)
  return interpolated(curve, x)
}
