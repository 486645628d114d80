import type { Phase } from '../../physics/phases.ts'
import type { MeterPlan } from '../../scenario/plan.ts'
import type { Measured, PhaseName, Registers } from './measured.ts'

/** A conductor, or two of them between which is measured. */
export interface Line {
  readonly name: PhaseName
  /** The phase that must be there; of two, the higher one; 1 for the neutral conductor. */
  readonly phase: Phase
}

/** What a number counts; the meter of the template says in which unit it is written. */
export type Kind =
  | 'energy'
  | 'reactiveEnergy'
  | 'power'
  | 'reactivePower'
  | 'current'
  | 'voltage'
  | 'temperature'
  | 'percent'
  | 'plain'

export interface Quantity {
  readonly kind: Kind
  /** Decimal places in the basic unit. */
  readonly digits: number
  /** Where it is measured whatever the template says. */
  readonly location?: MeterPlan['location']
  readonly interval?: true
  /** Basic unit; undefined: nothing to measure now. */
  readonly total?: (
    at: Measured,
    powerFactor: number,
    since: Registers | undefined,
  ) => number | undefined
  readonly perPhase?: (at: Measured, line: Line, powerFactor: number) => number | undefined
  /** The phases that are told where none is named. */
  readonly lines?: readonly Line[]
  /** Phases that may be named besides, by the name in the list. */
  readonly named?: Readonly<Record<string, Line>>
}

const conductors: readonly Line[] = [
  { name: 'L1', phase: 1 },
  { name: 'L2', phase: 2 },
  { name: 'L3', phase: 3 },
]
const toNeutral: readonly Line[] = [
  { name: 'L1-N', phase: 1 },
  { name: 'L2-N', phase: 2 },
  { name: 'L3-N', phase: 3 },
]
const neutral: Line = { name: 'N', phase: 1 }
const betweenPhases: Readonly<Record<string, Line>> = {
  L1: { name: 'L1-N', phase: 1 },
  L2: { name: 'L2-N', phase: 2 },
  L3: { name: 'L3-N', phase: 3 },
  'L1-L2': { name: 'L1-L2', phase: 2 },
  'L2-L3': { name: 'L2-L3', phase: 3 },
  'L3-L1': { name: 'L3-L1', phase: 3 },
}

/** Reactive over active power. */
function reactiveShare(powerFactor: number): number {
  return Math.sqrt(1 - powerFactor ** 2) / powerFactor
}

const imported = (at: Measured): number => Math.max(0, at.powerW)
const exported = (at: Measured): number => Math.max(0, -at.powerW)

/** Reactive power, by the power factor and by inverters; negative = injected. */
function reactive(at: Measured, powerFactor: number): number {
  return at.powerW * reactiveShare(powerFactor) + at.reactiveVar
}

/** A quantity that is spread over the phases as the current is. */
function spread(of: (at: Measured, powerFactor: number) => number) {
  return {
    total: of,
    lines: conductors,
    perPhase: (at: Measured, { phase }: Line, powerFactor: number) =>
      phase > at.phases ? undefined : of(at, powerFactor) / at.phases,
  } as const
}

/** Active power in one direction, on each phase as the current is there. */
function active(total: (at: Measured) => number, sign: 1 | -1) {
  return {
    total,
    lines: conductors,
    perPhase: (at: Measured, { phase }: Line) =>
      phase > at.phases ? undefined : Math.max(0, at.currentA(phase) * at.voltageV * sign),
  } as const
}

function apparentA(at: Measured, phase: Phase, sign: 1 | -1, powerFactor: number): number {
  const activeA = Math.max(0, at.currentA(phase) * sign)
  if (phase > at.phases || (activeA === 0 && (at.powerW !== 0 || sign < 0))) return 0
  const madeA = (at.reactiveVar * sign) / (at.phases * at.voltageV)
  const apparent = Math.hypot(activeA, activeA * reactiveShare(powerFactor) + madeA)
  return apparent / (at.grid?.voltageShare ?? 1)
}

/** Three equal phases leave nothing on the neutral conductor, one or two the current of one. */
function neutralA(one: number, two: number, three: number): number {
  return Math.sqrt(
    Math.max(0, one ** 2 + two ** 2 + three ** 2 - one * two - two * three - three * one),
  )
}

/**
 * Amperes on a conductor: apparent, by the active and the reactive power.
 *
 * @param sign of the power that is meant; what is only reactive is imported
 */
function current(sign: 1 | -1) {
  return {
    kind: 'current',
    digits: 2,
    lines: conductors,
    named: { N: neutral },
    perPhase: (at: Measured, { name, phase }: Line, powerFactor: number) => {
      if (phase > at.phases) return undefined
      const on = (one: Phase): number => apparentA(at, one, sign, powerFactor)
      return name === 'N' ? neutralA(on(1), on(2), on(3)) : on(phase)
    },
  } as const satisfies Quantity
}

/** What flowed since the beginning of the interval. */
function since(of: (registers: Registers, powerFactor: number) => number) {
  return {
    interval: true,
    total: (at: Measured, powerFactor: number, begin: Registers | undefined) =>
      begin && of(at, powerFactor) - of(begin, powerFactor),
  } as const
}

const importRegister = ({ importWh }: Registers): number => importWh
const exportRegister = ({ exportWh }: Registers): number => exportWh
const reactiveImport = ({ importWh, importVarh }: Registers, powerFactor: number): number =>
  importWh * reactiveShare(powerFactor) + importVarh
const reactiveExport = ({ exportWh, exportVarh }: Registers, powerFactor: number): number =>
  exportWh * reactiveShare(powerFactor) + exportVarh

/** What the stations measure: all measurands of [1.6 7.31]. */
export const quantities = {
  'Current.Export': current(-1),
  'Current.Import': current(1),
  'Current.Offered': {
    kind: 'current',
    digits: 2,
    total: (at) => at.offeredW / (at.phases * at.voltageV),
  },
  'Energy.Active.Export.Register': { kind: 'energy', digits: 0, total: exportRegister },
  'Energy.Active.Import.Register': { kind: 'energy', digits: 0, total: importRegister },
  'Energy.Reactive.Export.Register': { kind: 'reactiveEnergy', digits: 0, total: reactiveExport },
  'Energy.Reactive.Import.Register': { kind: 'reactiveEnergy', digits: 0, total: reactiveImport },
  'Energy.Active.Export.Interval': { kind: 'energy', digits: 0, ...since(exportRegister) },
  'Energy.Active.Import.Interval': { kind: 'energy', digits: 0, ...since(importRegister) },
  'Energy.Reactive.Export.Interval': {
    kind: 'reactiveEnergy',
    digits: 0,
    ...since(reactiveExport),
  },
  'Energy.Reactive.Import.Interval': {
    kind: 'reactiveEnergy',
    digits: 0,
    ...since(reactiveImport),
  },
  /** Hertz, for which 1.6 has no unit [1.6 errata 3.86]. */
  Frequency: { kind: 'plain', digits: 2, total: ({ grid }) => grid?.frequencyHz ?? 50 },
  'Power.Active.Export': { kind: 'power', digits: 0, ...active(exported, -1) },
  'Power.Active.Import': { kind: 'power', digits: 0, ...active(imported, 1) },
  'Power.Factor': {
    kind: 'plain',
    digits: 2,
    total(at, powerFactor) {
      const apparentVA = Math.hypot(at.powerW, reactive(at, powerFactor))
      return apparentVA === 0 ? 1 : Math.abs(at.powerW) / apparentVA
    },
  },
  'Power.Offered': { kind: 'power', digits: 0, total: (at) => at.offeredW },
  'Power.Reactive.Export': {
    kind: 'reactivePower',
    digits: 0,
    ...spread((at, powerFactor) => Math.max(0, -reactive(at, powerFactor))),
  },
  'Power.Reactive.Import': {
    kind: 'reactivePower',
    digits: 0,
    ...spread((at, powerFactor) => Math.max(0, reactive(at, powerFactor))),
  },
  /** Of a fan that begins to turn at a tenth of the full load. */
  RPM: {
    kind: 'plain',
    digits: 0,
    location: 'Body',
    total: ({ loadShare }) => (loadShare < 0.1 ? 0 : 3000 * loadShare),
  },
  SoC: {
    kind: 'percent',
    digits: 0,
    location: 'EV',
    total: ({ soc }) => (soc === undefined ? undefined : soc * 100),
  },
  /** Degrees Celsius inside the station: warmer the more it gives. */
  Temperature: {
    kind: 'temperature',
    digits: 1,
    location: 'Body',
    total: ({ loadShare }) => 25 + 20 * loadShare,
  },
  Voltage: {
    kind: 'voltage',
    digits: 1,
    lines: toNeutral,
    named: betweenPhases,
    perPhase: (at, { name, phase }) => {
      if (phase > at.phases) return undefined
      const toNeutralV = at.voltageV * (at.grid?.voltageShare ?? 1)
      return name.endsWith('-N') ? toNeutralV : toNeutralV * Math.sqrt(3)
    },
  },
} as const satisfies Record<string, Quantity>

/** The phase that a list names; undefined if the quantity has no such one. */
export function lineOf({ lines, named }: Quantity, name: string): Line | undefined {
  return lines?.find((line) => line.name === name) ?? named?.[name]
}
