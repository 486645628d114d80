import type { DataEnumType, MutabilityEnumType } from 'typed-ocpp/dist/ocpp20/types.js'

/** On what a variable exists: once, per EVSE or per connector. */
export type VariableScope = 'station' | 'evse' | 'connector'

/** One variable of the device model with what the specification says of its values. */
export interface VariableSpec {
  readonly component: string
  readonly variable: string
  readonly instance?: string
  readonly scope: VariableScope
  readonly dataType: DataEnumType
  readonly mutability: MutabilityEnumType
  readonly unit?: string
  /** Numbers: the range; strings and lists: the length. */
  readonly min?: number
  readonly max?: number
  /** Members an option or a list may hold. */
  readonly values?: readonly string[]
  /** Value out of the box; undefined = computed from the station. */
  readonly initial: string | undefined
  /** Part of the SummaryInventory report [2.0.1 B07]. */
  readonly summary?: true
}

/**
 * How a variable is named in station templates and in memory: `TxCtrlr.EVConnectionTimeOut`,
 * `OCPPCommCtrlr.MessageAttempts[TransactionEvent]`.
 */
export function variableName(
  spec: Pick<VariableSpec, 'component' | 'variable' | 'instance'>,
): string {
  const name = `${spec.component}.${spec.variable}`
  return spec.instance === undefined ? name : `${name}[${spec.instance}]`
}

/** Why a value does not fit, in a few words; undefined where it does [2.0.1 B05]. */
export function valueFault(spec: VariableSpec, value: string): string | undefined {
  switch (spec.dataType) {
    case 'boolean':
      return value === 'true' || value === 'false' ? undefined : 'must be true or false'
    case 'integer':
      return /^-?\d{1,15}$/.test(value) ? rangeFault(spec, Number(value)) : 'must be a whole number'
    case 'decimal':
      return /^-?\d{1,15}(\.\d{1,15})?$/.test(value)
        ? rangeFault(spec, Number(value))
        : 'must be a number'
    case 'dateTime':
      return Number.isNaN(Date.parse(value)) ? 'must be a date and time' : undefined
    case 'OptionList':
      return spec.values?.includes(value) === false
        ? `must be one of ${spec.values.join(',')}`
        : undefined
    case 'MemberList':
    case 'SequenceList':
      return listFault(spec, value)
    case 'string':
      return rangeFault(spec, value.length)
  }
}

function rangeFault(spec: VariableSpec, size: number): string | undefined {
  if (spec.min !== undefined && size < spec.min) return `must be at least ${spec.min}`
  if (spec.max !== undefined && size > spec.max) return `must be at most ${spec.max}`
  return undefined
}

function listFault(spec: VariableSpec, value: string): string | undefined {
  const members = listMembers(value)
  if (new Set(members).size < members.length) return 'must not repeat a member'
  if (spec.min !== undefined && members.length < spec.min) return `needs ${spec.min} member or more`
  const stray = members.find((member) => spec.values?.includes(member) === false)
  return stray === undefined ? undefined : `must not hold ${stray}`
}

/** The members of a comma-separated list; the empty text has none. */
export function listMembers(value: string): readonly string[] {
  return value === '' ? [] : value.split(',').map((member) => member.trim())
}
