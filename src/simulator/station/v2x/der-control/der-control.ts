import type {
  DERControlEnumType,
  DERCurveType,
  DERUnitEnumType,
  SetDERControlRequest,
} from 'typed-ocpp/dist/ocpp21/types.js'

export type DerControlType = DERControlEnumType

type Content = Omit<SetDERControlRequest, 'isDefault' | 'controlId' | 'controlType' | 'customData'>
type ContentField = keyof Content

/** A DER control as a station keeps it; it survives reboots [2.1 R01.FR.03]. */
export interface DerControl {
  readonly id: string
  readonly type: DerControlType
  readonly isDefault: boolean
  /** The lower, the more it counts. */
  readonly priority: number
  /** Wire ms; a default control holds always. */
  readonly fromMs: number
  /** The first instant at which it is over; `Infinity`: when it is cleared. */
  readonly untilMs: number
  readonly content: Content
}

const fieldOf: Partial<Record<DerControlType, ContentField>> = {
  EnterService: 'enterService',
  FixedPFAbsorb: 'fixedPFAbsorb',
  FixedPFInject: 'fixedPFInject',
  FixedVar: 'fixedVar',
  FreqDroop: 'freqDroop',
  Gradients: 'gradient',
  LimitMaxDischarge: 'limitMaxDischarge',
}
const contentFields: readonly ContentField[] = [...new Set(Object.values(fieldOf)), 'curve']

/** Exist as default controls only [2.1 R04.FR.15]. */
const defaultOnly: ReadonlySet<DerControlType> = new Set(['EnterService', 'Gradients'])

const watts: readonly DERUnitEnumType[] = ['PctMaxW', 'PctWAvail']
const vars: readonly DERUnitEnumType[] = ['PctMaxVar', 'PctVarAvail']
/** Of the y of a curve; those that are not here have none [2.1 R04]. */
const unitsOf: Partial<Record<DerControlType, readonly DERUnitEnumType[]>> = {
  FreqWatt: watts,
  VoltWatt: watts,
  VoltVar: ['PctMaxW', ...vars],
  WattVar: vars,
}

/** Where the content of a control of this type stands [2.1 R04.FR.16]. */
function contentField(type: DerControlType): ContentField {
  return fieldOf[type] ?? 'curve'
}

/** Why a station does not take it, a few words; undefined where it does [2.1 R04.FR.13-FR.17]. */
export function derFault(request: SetDERControlRequest): string | undefined {
  const { controlType, isDefault, limitMaxDischarge } = request
  const field = contentField(controlType)
  const given = contentFields.filter((name) => request[name] !== undefined)
  if (given.length !== 1 || given[0] !== field) return `${controlType} needs ${field} and no more`
  const { startTime, duration } = timesOf(request)
  if (isDefault && (startTime !== undefined || duration !== undefined)) {
    return 'a default control has no startTime and no duration'
  }
  if (duration !== undefined && duration <= 0) return 'the duration is not positive'
  if (!isDefault && defaultOnly.has(controlType)) return `${controlType} is a default control`
  const pf = request.fixedPFAbsorb ?? request.fixedPFInject
  if (pf && (pf.displacement <= 0 || pf.displacement > 1)) {
    return 'a power factor is above 0 and at most 1'
  }
  const { fixedVar } = request
  if (fixedVar && !vars.includes(fixedVar.unit))
    return `the unit of FixedVar is ${vars.join(' or ')}`
  const monitoring = limitMaxDischarge?.powerMonitoringMustTrip
  return (
    (request.curve && unitFault(controlType, request.curve)) ??
    (monitoring && unitFault('PowerMonitoringMustTrip', monitoring))
  )
}

function unitFault(type: DerControlType, { yUnit }: DERCurveType): string | undefined {
  const units = unitsOf[type] ?? ['Not_Applicable']
  return units.includes(yUnit) ? undefined : `the yUnit of ${type} is ${units.join(' or ')}`
}

/** @param nowMs wire ms: a scheduled control without a start begins at once */
export function derControl(request: SetDERControlRequest, nowMs: number): DerControl {
  const { controlId, controlType, isDefault } = request
  const field = contentField(controlType)
  const { startTime, duration } = timesOf(request)
  const fromMs = isDefault
    ? Number.NEGATIVE_INFINITY
    : startTime === undefined
      ? nowMs
      : Date.parse(startTime)
  return {
    id: controlId,
    type: controlType,
    isDefault,
    priority: request[field]?.priority ?? 0,
    fromMs,
    untilMs: duration === undefined ? Number.POSITIVE_INFINITY : fromMs + duration * 1000,
    content: { [field]: request[field] },
  }
}

function timesOf(request: SetDERControlRequest): {
  readonly startTime?: string
  readonly duration?: number
} {
  const { curve, fixedPFAbsorb, fixedPFInject, fixedVar, freqDroop, limitMaxDischarge } = request
  return curve ?? fixedPFAbsorb ?? fixedPFInject ?? fixedVar ?? freqDroop ?? limitMaxDischarge ?? {}
}
