import type {
  AttributeEnumType,
  ComponentType,
  EVSEType,
  GetVariableStatusEnumType,
  ReportBaseEnumType,
  ReportDataType,
  SetVariableStatusEnumType,
  VariableType,
} from 'typed-ocpp/dist/ocpp20/types.js'
import type { EvsePlan } from '../../../../scenario/plan.ts'
import type { StationMemory } from '../../../memory.ts'
import { listMembers, type VariableSpec, valueFault, variableName } from './variable.ts'
import { variables } from './variables.ts'

/** What the device model must be told of its station. */
export interface DeviceModelHost {
  /** Keeps values that were set, by `variableName`, over reboots. */
  readonly memory: Pick<StationMemory, 'value' | 'setValue'>
  /** Values of the station's template, likewise. */
  readonly templateValues: Readonly<Record<string, string>>
  readonly evses: readonly EvsePlan[]
  /** The value now of a variable that has no stored one. */
  live(spec: VariableSpec, evse: EVSEType | undefined): string
}

export interface VariableReading {
  readonly status: GetVariableStatusEnumType
  readonly value?: string
}

export interface VariableWriting {
  readonly status: SetVariableStatusEnumType
  /** Why it was rejected. */
  readonly fault?: string
}

const byName = new Map(variables.map((spec) => [variableName(spec), spec]))
/** Where a component exists: `EVSE evse`, `TxCtrlr station`. */
const components = new Set(variables.map((spec) => `${spec.component} ${spec.scope}`))
/** Lists are parsed once per distinct text: samplers read them with every message. */
const parsedLists = new Map<string, readonly string[]>()
const rememberedLists = 256

/**
 * The device model of one station: the table of variables, the values that were set, and what the
 * station itself knows [2.0.1 B05-B08]. Holds no state of its own.
 */
export class DeviceModel {
  readonly #host: DeviceModelHost

  constructor(host: DeviceModelHost) {
    this.#host = host
  }

  text(name: string): string {
    const spec = byName.get(name)
    return spec ? this.#value(name, spec, undefined) : ''
  }

  integer(name: string): number {
    return Number(this.text(name))
  }

  flag(name: string): boolean {
    return this.text(name) === 'true'
  }

  list(name: string): readonly string[] {
    const text = this.text(name)
    const known = parsedLists.get(text)
    if (known) return known
    if (parsedLists.size >= rememberedLists) parsedLists.clear()
    const members = listMembers(text)
    parsedLists.set(text, members)
    return members
  }

  /** [2.0.1 B06]: WriteOnly values cannot be read, only Actual exists. */
  read(
    component: ComponentType,
    variable: VariableType,
    attribute: AttributeEnumType,
  ): VariableReading {
    const spec = this.#find(component, variable)
    if (typeof spec === 'string') return { status: spec }
    if (attribute !== 'Actual') return { status: 'NotSupportedAttributeType' }
    if (spec.mutability === 'WriteOnly') return { status: 'Rejected' }
    return { status: 'Accepted', value: this.#value(variableName(spec), spec, component.evse) }
  }

  /** [2.0.1 B05]: takes effect at once and survives a reboot. */
  write(
    component: ComponentType,
    variable: VariableType,
    attribute: AttributeEnumType,
    value: string,
  ): VariableWriting {
    const spec = this.#find(component, variable)
    if (typeof spec === 'string') return { status: spec }
    if (attribute !== 'Actual') return { status: 'NotSupportedAttributeType' }
    if (spec.mutability === 'ReadOnly') return { status: 'Rejected', fault: 'is read-only' }
    const fault = valueFault(spec, value)
    if (fault !== undefined) return { status: 'Rejected', fault }
    this.#host.memory.setValue(variableName(spec), value)
    return { status: 'Accepted' }
  }

  /** The entries of a base report [2.0.1 B07]. */
  report(base: ReportBaseEnumType): ReportDataType[] {
    const entries: ReportDataType[] = []
    for (const spec of variables) {
      if (base === 'SummaryInventory' && !spec.summary) continue
      if (base === 'ConfigurationInventory' && spec.mutability === 'ReadOnly') continue
      for (const evse of this.#places(spec)) entries.push(this.#reportData(spec, evse))
    }
    return entries
  }

  #reportData(spec: VariableSpec, evse: EVSEType | undefined): ReportDataType {
    const instance = spec.instance === undefined ? {} : { instance: spec.instance }
    const readable = spec.mutability !== 'WriteOnly'
    return {
      component: evse ? { name: spec.component, evse } : { name: spec.component },
      variable: { name: spec.variable, ...instance },
      variableAttribute: [
        {
          type: 'Actual',
          ...(readable && { value: this.#value(variableName(spec), spec, evse) }),
          mutability: spec.mutability,
          persistent: spec.initial !== undefined,
          constant: false,
        },
      ],
      variableCharacteristics: {
        dataType: spec.dataType,
        supportsMonitoring: false,
        ...(spec.unit !== undefined && { unit: spec.unit }),
        ...(spec.min !== undefined && isNumber(spec) && { minLimit: spec.min }),
        ...(spec.max !== undefined && { maxLimit: spec.max }),
        ...(spec.values && { valuesList: spec.values.join(',') }),
      },
    }
  }

  #places(spec: VariableSpec): readonly (EVSEType | undefined)[] {
    if (spec.scope === 'station') return [undefined]
    return this.#host.evses.flatMap((evse, index): EVSEType[] => {
      const id = index + 1
      if (spec.scope === 'evse') return [{ id }]
      return evse.connectors.map((_type, at) => ({ id, connectorId: at + 1 }))
    })
  }

  #value(name: string, spec: VariableSpec, evse: EVSEType | undefined): string {
    const set = this.#host.memory.value(name) ?? this.#host.templateValues[name]
    return set ?? spec.initial ?? this.#host.live(spec, evse)
  }

  #find(
    component: ComponentType,
    variable: VariableType,
  ): VariableSpec | 'UnknownComponent' | 'UnknownVariable' {
    const scope = scopeOf(component.evse)
    const known = components.has(`${component.name} ${scope}`) && component.instance === undefined
    if (!known || !this.#exists(component.evse)) return 'UnknownComponent'
    const named = { component: component.name, variable: variable.name }
    const { instance } = variable
    const spec = byName.get(variableName(instance === undefined ? named : { ...named, instance }))
    return spec && spec.scope === scope ? spec : 'UnknownVariable'
  }

  #exists(evse: EVSEType | undefined): boolean {
    if (!evse) return true
    const plan = this.#host.evses[evse.id - 1]
    if (!plan) return false
    return evse.connectorId === undefined || plan.connectors[evse.connectorId - 1] !== undefined
  }
}

function scopeOf(evse: EVSEType | undefined): VariableSpec['scope'] {
  if (!evse) return 'station'
  return evse.connectorId === undefined ? 'evse' : 'connector'
}

function isNumber(spec: VariableSpec): boolean {
  return spec.dataType === 'integer' || spec.dataType === 'decimal'
}
