import type {
  AttributeEnumType,
  DataEnumType,
  EVSEType,
  MutabilityEnumType,
} from 'typed-ocpp/dist/ocpp20/types.js'
import type { Station2x, Version2x } from '../../station-2x.ts'

/** On what a variable exists: once, per EVSE or per connector. */
export type VariableScope = 'station' | 'evse' | 'connector'

/** Attributes besides Actual that a variable may have [2.0.1 AttributeEnumType]. */
type FurtherAttribute = Exclude<AttributeEnumType, 'Actual'>

/** Why a value is not taken, with a reason code of the specification [2.1 Part 2 appendix 5]. */
export interface Refusal {
  readonly reasonCode: string
  /** A few words: `must be at least 1`. */
  readonly additionalInfo: string
}

/** A number's range, a text's or a list's length. */
export interface Limits {
  readonly min?: number
  readonly max?: number
}

/** One variable of the device model with what the specification says of its values. */
export interface VariableSpec extends Limits {
  readonly component: string
  /** NetworkConfiguration[1]: `1`. */
  readonly componentInstance?: string
  readonly variable: string
  readonly instance?: string
  readonly scope: VariableScope
  /** The version that alone has it; absent: both. */
  readonly only?: Version2x
  readonly dataType: DataEnumType
  readonly mutability: MutabilityEnumType
  readonly unit?: string
  /** Members an option or a list may hold. */
  readonly values?: readonly string[]
  /** Value out of the box; undefined = read from the station. */
  readonly initial: string | undefined
  /** Part of the SummaryInventory report [2.0.1 B07.FR.09]. */
  readonly summary?: true
  /** Never changed while the station runs. */
  readonly constant?: true
  /** What is set is forgotten with the next boot. */
  readonly volatile?: true
  /** What is set holds from the next boot on [2.0.1 B05]. */
  readonly rebootRequired?: true
  /** Monitors may be set on it [2.0.1 N04]. */
  readonly monitored?: true
  /** Target, MinSet, MaxSet, where it has them: who may change them, and their first value. */
  readonly attributes?: Readonly<Partial<Record<FurtherAttribute, AttributeSpec>>>
  /** The value now of what the station computes. */
  read?(station: Station2x, at: EVSEType): string
  /** Limits that differ by place. */
  limits?(station: Station2x, at: EVSEType): Limits
  /** Whether it exists at this EVSE or connector; absent: at all. */
  exists?(station: Station2x, at: EVSEType): boolean
  /** What the block has against a value whose form is right. */
  objection?(station: Station2x, value: string, at: EVSEType | undefined): Refusal | undefined
  /** What the CSMS set takes effect: after the answer went out. */
  changed?(station: Station2x, value: string, at: EVSEType | undefined): void
}

/** An attribute besides Actual. */
interface AttributeSpec {
  readonly mutability: 'ReadOnly' | 'ReadWrite'
  /** Absent: unset, which reads as the empty text [2.1 B06.FR.13]. */
  readonly initial?: string
}

type Named = Pick<VariableSpec, 'component' | 'componentInstance' | 'variable' | 'instance'>

/**
 * How a variable is named in station templates, in memory and by the code:
 * `TxCtrlr.EVConnectionTimeOut`, `OCPPCommCtrlr.MessageAttempts[TransactionEvent]`,
 * `NetworkConfiguration[1].OcppCsmsUrl` [2.1 Part 2 Referenced Components, shortcut notation].
 */
export function variableName(spec: Named): string {
  return `${componentName(spec)}.${indexed(spec.variable, spec.instance)}`
}

export function componentName(spec: Pick<Named, 'component' | 'componentInstance'>): string {
  return indexed(spec.component, spec.componentInstance)
}

function indexed(name: string, instance: string | undefined): string {
  return instance === undefined ? name : `${name}[${instance}]`
}

/** The same at one place: `EVSE.AllowReset@2`, `Connector.ConnectorType@1.2`. */
export function placedName(name: string, at: EVSEType | undefined): string {
  if (!at) return name
  return at.connectorId === undefined ? `${name}@${at.id}` : `${name}@${at.id}.${at.connectorId}`
}

/** Why a value does not fit by its form; undefined where it does [2.0.1 B05.FR.07, FR.08]. */
export function valueFault(
  spec: Pick<VariableSpec, 'dataType' | 'values'> & Limits,
  value: string,
): Refusal | undefined {
  switch (spec.dataType) {
    case 'boolean':
      return value === 'true' || value === 'false' ? undefined : invalid('must be true or false')
    case 'integer':
      return /^-?\d{1,15}$/.test(value)
        ? rangeFault(spec, Number(value))
        : invalid('must be a whole number')
    case 'decimal':
      return /^-?\d{1,15}(\.\d{1,15})?$/.test(value)
        ? rangeFault(spec, Number(value))
        : invalid('must be a number')
    case 'dateTime':
      return Number.isNaN(Date.parse(value)) ? invalid('must be a date and time') : undefined
    case 'OptionList':
      return spec.values?.includes(value) === false
        ? invalid(`must be one of ${spec.values.join(',')}`)
        : undefined
    case 'MemberList':
    case 'SequenceList':
      return listFault(spec, value)
    case 'string':
      return rangeFault(spec, value.length, ' characters long')
  }
}

function invalid(additionalInfo: string): Refusal {
  return { reasonCode: 'InvalidValue', additionalInfo }
}

function rangeFault({ min, max }: Limits, size: number, what = ''): Refusal | undefined {
  if (min !== undefined && size < min) {
    return { reasonCode: 'ValueTooLow', additionalInfo: `must be at least ${min}${what}` }
  }
  if (max !== undefined && size > max) {
    return { reasonCode: 'ValueTooHigh', additionalInfo: `must be at most ${max}${what}` }
  }
  return undefined
}

function listFault(
  spec: Pick<VariableSpec, 'values'> & Limits,
  value: string,
): Refusal | undefined {
  const members = listMembers(value)
  if (new Set(members).size < members.length) return invalid('must not repeat a member')
  if (spec.min !== undefined && members.length < spec.min) {
    return invalid(`needs ${spec.min} member or more`)
  }
  const stray = members.find((member) => spec.values?.includes(member) === false)
  return stray === undefined ? undefined : invalid(`must not hold ${stray}`)
}

/** The members of a comma-separated list; the empty text has none. */
export function listMembers(value: string): readonly string[] {
  return value === '' ? [] : value.split(',').map((member) => member.trim())
}

export function isNumeric({ dataType }: Pick<VariableSpec, 'dataType'>): boolean {
  return dataType === 'integer' || dataType === 'decimal'
}
