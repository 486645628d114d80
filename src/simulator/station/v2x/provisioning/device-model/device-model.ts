import type {
  AttributeEnumType,
  ComponentType,
  EVSEType,
  GetVariableStatusEnumType,
  SetVariableStatusEnumType,
  VariableType,
} from 'typed-ocpp/dist/ocpp20/types.js'
import type { Station2x } from '../../station-2x.ts'
import type { Row, Unknown, VariableTable } from './table.ts'
import {
  isNumeric,
  type Limits,
  listMembers,
  placedName,
  type Refusal,
  type VariableSpec,
  valueFault,
} from './variable.ts'

/** One variable of one component at its place: what a report lists and a monitor watches. */
export interface Place extends Row {
  readonly at: EVSEType | undefined
}

export interface VariableReading {
  readonly status: GetVariableStatusEnumType
  readonly value?: string
}

export interface VariableWriting {
  readonly status: SetVariableStatusEnumType
  /** Why it was rejected. */
  readonly refusal?: Refusal
  /** Where it was taken: to be called when the answer went out. */
  readonly takeEffect?: () => void
}

/** An attribute got another value. What the station reads from its physics does not come here. */
export interface VariableChange {
  readonly place: Place
  readonly attribute: AttributeEnumType
  readonly value: string
  readonly before: string
  readonly by: 'csms' | 'station'
}

/** Lists are parsed once per distinct text: samplers read them with every message. */
const parsedLists = new Map<string, readonly string[]>()
const rememberedLists = 256

const nowhere: EVSEType = { id: 0 }

/**
 * The device model of one station: the table of its make, the values that were set, and what the
 * station itself knows [2.0.1 B05-B08]. What is set survives reboots in the station's memory.
 */
export class DeviceModel {
  readonly table: VariableTable
  readonly #station: Station2x
  readonly #templateValues: Readonly<Record<string, string>>
  /** What the next boot forgets. */
  #volatile: Map<string, string> | undefined
  #listeners: ((change: VariableChange) => void)[] | undefined

  /** @param templateValues by `placedName`, shared by the stations of a template */
  constructor(
    station: Station2x,
    table: VariableTable,
    templateValues: Readonly<Record<string, string>>,
  ) {
    this.#station = station
    this.table = table
    this.#templateValues = templateValues
  }

  has(name: string, at?: EVSEType): boolean {
    return this.table.get(name, at) !== undefined
  }

  /** The value now; empty where the station has no such variable. */
  text(name: string, at?: EVSEType): string {
    const row = this.table.get(name, at)
    return row ? this.#value(row, at) : ''
  }

  /** 0 where the station has no such variable. */
  integer(name: string, at?: EVSEType): number {
    return Number(this.text(name, at))
  }

  flag(name: string, at?: EVSEType): boolean {
    return this.text(name, at) === 'true'
  }

  list(name: string, at?: EVSEType): readonly string[] {
    const text = this.text(name, at)
    const known = parsedLists.get(text)
    if (known) return known
    if (parsedLists.size >= rememberedLists) parsedLists.clear()
    const members = listMembers(text)
    parsedLists.set(text, members)
    return members
  }

  /** The station itself changes a value; whoever listens hears of it. */
  set(name: string, value: string, at?: EVSEType): void {
    const row = this.table.get(name, at)
    if (row) this.#store({ ...row, at }, 'Actual', value, 'station')
  }

  /** Calls back after every change of a stored value; returns what ends that. */
  onChange(listener: (change: VariableChange) => void): () => void {
    this.#listeners = [...(this.#listeners ?? []), listener]
    return () => {
      this.#listeners = this.#listeners?.filter((other) => other !== listener)
    }
  }

  /** What a CALL names, if this station has it there. */
  find(component: ComponentType, variable: VariableType): Place | Unknown {
    const found = this.table.find(component, variable)
    const at = component.evse
    if (found === 'UnknownComponent' || !this.#hasPlace(at)) return 'UnknownComponent'
    if (typeof found !== 'string' && this.#exists(found.spec, at)) return { ...found, at }
    const others = this.table.ofComponent(component)
    return others.some(({ spec }) => this.#exists(spec, at))
      ? 'UnknownVariable'
      : 'UnknownComponent'
  }

  /** Every component variable, in the order of reports. */
  places(): readonly Place[] {
    return this.table.rows.flatMap((row): Place[] =>
      this.#placesOf(row.spec).map((at) => ({ ...row, at })),
    )
  }

  /** The value of an attribute; empty where it is unset [2.1 B06.FR.13]. */
  valueOf({ at, ...row }: Place, attribute: AttributeEnumType = 'Actual'): string {
    if (attribute === 'Actual') return this.#value(row, at)
    const key = attributeKey(row, at, attribute)
    return (
      this.#stored(key) ??
      this.#templateValues[key] ??
      row.spec.attributes?.[attribute]?.initial ??
      ''
    )
  }

  limitsOf({ spec, at }: Place): Limits {
    const { min, max } = spec
    const own = { ...(min !== undefined && { min }), ...(max !== undefined && { max }) }
    return { ...own, ...spec.limits?.(this.#station, at ?? nowhere) }
  }

  /** [2.0.1 B06]: WriteOnly values cannot be read. */
  read(
    component: ComponentType,
    variable: VariableType,
    attribute: AttributeEnumType,
  ): VariableReading {
    const place = this.find(component, variable)
    if (typeof place === 'string') return { status: place }
    if (!hasAttribute(place.spec, attribute)) return { status: 'NotSupportedAttributeType' }
    if (place.spec.mutability === 'WriteOnly') return { status: 'Rejected' }
    return { status: 'Accepted', value: this.valueOf(place, attribute) }
  }

  /** [2.0.1 B05]: kept over reboots, or waiting for the next one. */
  write(
    component: ComponentType,
    variable: VariableType,
    attribute: AttributeEnumType,
    value: string,
  ): VariableWriting {
    const place = this.find(component, variable)
    if (typeof place === 'string') return { status: place }
    if (!hasAttribute(place.spec, attribute)) return { status: 'NotSupportedAttributeType' }
    const refusal = this.#refusal(place, attribute, value)
    if (refusal) return { status: 'Rejected', refusal }
    const { spec, at } = place
    if (spec.rebootRequired) {
      this.#memory.postpone(keyOf(place, attribute), value)
      return { status: 'RebootRequired' }
    }
    this.#store(place, attribute, value, 'csms')
    if (attribute !== 'Actual') return { status: 'Accepted' }
    return { status: 'Accepted', takeEffect: () => spec.changed?.(this.#station, value, at) }
  }

  /** The station boots: what waited for that holds now, and what is volatile is forgotten. */
  booted(): void {
    this.#memory.applyPostponed()
    this.#volatile = undefined
  }

  get #memory() {
    return this.#station.services.memory
  }

  #refusal(place: Place, attribute: AttributeEnumType, value: string): Refusal | undefined {
    const { spec, at } = place
    const { mutability } = attribute === 'Actual' ? spec : (spec.attributes?.[attribute] ?? spec)
    if (mutability === 'ReadOnly') {
      return { reasonCode: 'ReadOnly', additionalInfo: 'is read-only' }
    }
    const longest = this.integer('DeviceDataCtrlr.ConfigurationValueSize')
    if (longest > 0 && value.length > longest) {
      return { reasonCode: 'TooLargeElement', additionalInfo: `is longer than ${longest}` }
    }
    const { dataType, values } = spec
    const form = { dataType, ...(values && { values }), ...this.limitsOf(place) }
    const fault = valueFault(form, value) ?? this.#outOfSet(place, attribute, value)
    if (fault || attribute !== 'Actual') return fault
    return spec.objection?.(this.#station, value, at)
  }

  /** Actual and Target lie between MinSet and MaxSet, where these are set. */
  #outOfSet(place: Place, attribute: AttributeEnumType, value: string): Refusal | undefined {
    if (!isNumeric(place.spec)) return undefined
    const bound = (which: 'MinSet' | 'MaxSet') => {
      const text = attribute === which ? '' : this.valueOf(place, which)
      return text === '' ? undefined : Number(text)
    }
    const least = bound('MinSet')
    const most = bound('MaxSet')
    if (attribute !== 'MinSet' && least !== undefined && Number(value) < least) {
      return { reasonCode: 'ValueTooLow', additionalInfo: `MinSet is ${least}` }
    }
    if (attribute !== 'MaxSet' && most !== undefined && Number(value) > most) {
      return { reasonCode: 'ValueTooHigh', additionalInfo: `MaxSet is ${most}` }
    }
    return undefined
  }

  #store(
    place: Place,
    attribute: AttributeEnumType,
    value: string,
    by: VariableChange['by'],
  ): void {
    const listeners = this.#listeners
    const before = listeners ? this.valueOf(place, attribute) : ''
    const key = keyOf(place, attribute)
    if (place.spec.volatile) {
      this.#volatile ??= new Map()
      this.#volatile.set(key, value)
    } else {
      this.#memory.setValue(key, value)
    }
    if (!listeners || before === value) return
    for (const listener of listeners) listener({ place, attribute, value, before, by })
  }

  #stored(key: string): string | undefined {
    return this.#volatile?.get(key) ?? this.#memory.value(key)
  }

  // Hot: samplers ask with every message.
  #value({ name, spec }: Row, at: EVSEType | undefined): string {
    const key = at ? placedName(name, at) : name
    const set = this.#stored(key) ?? this.#templateValues[key]
    if (set !== undefined) return set
    const everywhere = at && this.#templateValues[name]
    return everywhere ?? spec.initial ?? spec.read?.(this.#station, at ?? nowhere) ?? ''
  }

  #placesOf(spec: VariableSpec): readonly (EVSEType | undefined)[] {
    if (spec.scope === 'station') return this.#exists(spec, undefined) ? [undefined] : []
    const { evses } = this.#station.services.template
    const places = evses.flatMap((evse, index): EVSEType[] => {
      const id = index + 1
      if (spec.scope === 'evse') return [{ id }]
      return evse.connectors.map((_type, at) => ({ id, connectorId: at + 1 }))
    })
    return places.filter((at) => this.#exists(spec, at))
  }

  #exists(spec: VariableSpec, at: EVSEType | undefined): boolean {
    return spec.exists?.(this.#station, at ?? nowhere) ?? true
  }

  #hasPlace(at: EVSEType | undefined): boolean {
    if (!at) return true
    const plan = this.#station.services.template.evses[at.id - 1]
    if (!plan) return false
    return at.connectorId === undefined || plan.connectors[at.connectorId - 1] !== undefined
  }
}

/** Whether a variable has this attribute at all. */
export function hasAttribute(spec: VariableSpec, attribute: AttributeEnumType): boolean {
  return attribute === 'Actual' || spec.attributes?.[attribute] !== undefined
}

function keyOf({ at, ...row }: Place, attribute: AttributeEnumType): string {
  return attribute === 'Actual' ? placedName(row.name, at) : attributeKey(row, at, attribute)
}

function attributeKey({ name }: Row, at: EVSEType | undefined, attribute: string): string {
  return `${placedName(name, at)}:${attribute}`
}
