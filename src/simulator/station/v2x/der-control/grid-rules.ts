import type {
  DERCurvePointsType,
  EnterServiceType,
  FreqDroopType,
  GridEventFaultEnumType,
} from 'typed-ocpp/dist/ocpp21/types.js'
import { interpolated } from '../../../../ocpp/smart-charging/power-order.ts'
import { type Grid, nominalHz } from '../../../physics/grid.ts'
import type { DerControl, DerControlType } from './der-control.ts'

/** Which side of normal a control of disconnection looks at. */
interface Watch {
  readonly of: 'frequency' | 'voltage'
  readonly side: 'high' | 'low'
  readonly fault: GridEventFaultEnumType
  /** It goes on as soon as the grid is well again, whatever EnterService says. */
  readonly momentary: boolean
}

/** Controls that stop an EVSE when the grid leaves a band. */
export const watches: Partial<Record<DerControlType, Watch>> = {
  HFMustTrip: { of: 'frequency', side: 'high', fault: 'OverFrequency', momentary: false },
  LFMustTrip: { of: 'frequency', side: 'low', fault: 'UnderFrequency', momentary: false },
  HVMustTrip: { of: 'voltage', side: 'high', fault: 'OverVoltage', momentary: false },
  LVMustTrip: { of: 'voltage', side: 'low', fault: 'UnderVoltage', momentary: false },
  HVMomCess: { of: 'voltage', side: 'high', fault: 'OverVoltage', momentary: true },
  LVMomCess: { of: 'voltage', side: 'low', fault: 'UnderVoltage', momentary: true },
}

/** Controls that this simulated inverter follows; others make nothing happen, so it has none. */
export const followedControls: readonly DerControlType[] = [
  'EnterService',
  'FixedPFAbsorb',
  'FixedPFInject',
  'FixedVar',
  'FreqDroop',
  'FreqWatt',
  'Gradients',
  'HFMustTrip',
  'LFMustTrip',
  'HVMustTrip',
  'LVMustTrip',
  'HVMomCess',
  'LVMomCess',
  'LimitMaxDischarge',
  'VoltVar',
  'VoltWatt',
  'WattPF',
  'WattVar',
]

/** What the grid is like: Hz, and volts in percent of the nominal ones. */
export type GridReading = Pick<Grid, 'frequencyHz' | 'voltageShare'>

/**
 * How long the grid may stay as it is before a control of disconnection acts, ms; undefined: for
 * ever. Points of its curve are x = Hz or percent of the nominal voltage, y = seconds; beyond each
 * point its time counts.
 */
export function ridesThroughMs(control: DerControl, grid: GridReading): number | undefined {
  const watch = watches[control.type]
  const points = control.content.curve?.curveData ?? []
  if (!watch) return undefined
  const now = watch.of === 'frequency' ? grid.frequencyHz : grid.voltageShare * 100
  const beyond = points.filter(({ x }) => (watch.side === 'high' ? now >= x : now <= x))
  if (beyond.length === 0) return undefined
  return watch.momentary ? 0 : Math.min(...beyond.map(({ y }) => y)) * 1000
}

/** Of the most that hardware sends back, what volts and frequency leave, 0 to 1. */
export function backShare(
  inForce: (type: DerControlType) => DerControl | undefined,
  grid: GridReading,
): number {
  const volts = grid.voltageShare * 100
  const limit = inForce('LimitMaxDischarge')?.content.limitMaxDischarge?.pctMaxDischargePower
  const shares = [
    percentAt(inForce('VoltWatt')?.content.curve?.curveData, volts),
    percentAt(inForce('FreqWatt')?.content.curve?.curveData, grid.frequencyHz),
    (limit ?? 100) / 100,
    1 - overShare(inForce('FreqDroop')?.content.freqDroop, grid.frequencyHz),
  ]
  return Math.max(0, Math.min(1, ...shares))
}

/** Of the most that hardware sends back, what a grid that is too slow gets, 0 to 1. */
export function supportShare(droop: FreqDroopType | undefined, hz: number): number {
  if (!droop || droop.underDroop <= 0) return 0
  return Math.max(0, Math.min(1, (droop.underFreq - hz) / nominalHz / droop.underDroop))
}

/** Per unit of frequency over per unit of power, as of a generator. */
function overShare(droop: FreqDroopType | undefined, hz: number): number {
  if (!droop || droop.overDroop <= 0) return 0
  return Math.max(0, (hz - droop.overFreq) / nominalHz / droop.overDroop)
}

function percentAt(points: readonly DERCurvePointsType[] | undefined, x: number): number {
  if (!points) return 1
  const curve = points.map((point) => ({ x: point.x, watts: point.y })).sort((a, b) => a.x - b.x)
  return interpolated(curve, x) / 100
}

/** The grid is good enough to begin after a trip. */
export function mayEnter(service: EnterServiceType | undefined, grid: GridReading): boolean {
  if (!service) return true
  const volts = grid.voltageShare * 100
  return (
    volts >= service.lowVoltage &&
    volts <= service.highVoltage &&
    grid.frequencyHz >= service.lowFreq &&
    grid.frequencyHz <= service.highFreq
  )
}
