import type { Reader } from '../reader.ts'
import { entryOf, type MapNode, type SourceNode } from '../source-node.ts'
import type { Field, JsonSchema, Property } from './field.ts'

/** How many items a list of a scenario may have. */
const mostItems = 10_000

/** A list of values of one kind, `mostItems` at most. */
export function list<Value>(
  item: Field<Value>,
  wants = `a list, each ${item.wants}`,
): Field<Value[]> {
  return {
    wants,
    parse(node, reader) {
      if (node.kind !== 'list') {
        return reader.refuse(node, wants)
      }
      if (node.items.length > mostItems) {
        return reader.report(node.span, `${node.items.length} items; at most ${mostItems}.`)
      }
      const values = node.items.map((one) => item.parse(one, reader))
      return values.every((value) => value !== undefined) ? values : undefined
    },
    schema: () => ({ type: 'array', items: item.schema() }),
  }
}

/** A list of at least one, or one item without the list around it. */
export function oneOrMore<Value>(item: Field<Value>): Field<Value[]> {
  const many = list(item)
  const wants = `${item.wants}, or a list of such`
  return {
    wants,
    parse(node, reader) {
      if (node.kind === 'list' && node.items.length === 0) {
        return reader.report(node.span, `An empty list; ${reader.subject} wants ${wants}.`)
      }
      if (node.kind === 'list') return many.parse(node, reader)
      const value = item.parse(node, reader)
      return value === undefined ? undefined : [value]
    },
    schema: () => ({ anyOf: [item.schema(), { ...many.schema(), minItems: 1 }] }),
  }
}

/** A map from names of the author's own to values of one kind. */
export function mapOf<Value>(
  value: Field<Value>,
  rules: { readonly wants: string },
): Field<Record<string, Value>> {
  return {
    wants: rules.wants,
    parse(node, reader) {
      if (node.kind !== 'map') {
        return reader.refuse(node, rules.wants)
      }
      const entries = node.entries.map(
        (entry) => [entry.key, value.parse(entry.value, reader)] as const,
      )
      // Not by assignment: a key may be called __proto__.
      return entries.every(isRead) ? Object.fromEntries(entries) : undefined
    },
    schema: () => ({ type: 'object', additionalProperties: value.schema() }),
  }
}

function isRead<Value>(
  entry: readonly [string, Value | undefined],
): entry is readonly [string, Value] {
  return entry[1] !== undefined
}

function isOwn(of: object, key: string): boolean {
  return Object.prototype.hasOwnProperty.call(of, key)
}

export type Shape = Readonly<Record<string, Property<unknown>>>

/** The value of an object with this shape; a key that may be missing is there as undefined. */
export type ValueOf<S extends Shape> = {
  readonly [Key in keyof S]: S[Key] extends Property<infer Value> ? Value : never
}

interface ObjectRules<S extends Shape> {
  /** Completes "wants ...". */
  readonly wants: string
  /** A value that is not a map stands for this key alone: `charge: 80%`. */
  readonly shorthand?: keyof S & string
  /** Keys with this prefix are ignored: a place for anchors. */
  readonly ignore?: string
}

/** A list of which the sound items are read even if others are not: to check them together. */
export function soundItems<Value>(item: Field<Value>, wants: string): Field<Value[]> {
  return {
    ...list(item, wants),
    parse: (node, reader) =>
      node.kind === 'list'
        ? node.items.flatMap((one) => item.parse(one, reader) ?? [])
        : reader.refuse(node, wants),
  }
}

/** A map with known keys. Keeps its shape, for the reference. */
export interface ObjectField<S extends Shape> extends Field<ValueOf<S>> {
  /** The keys that are sound, also where others are not; everything wrong is reported. */
  parts(node: SourceNode, reader: Reader): Partial<ValueOf<S>>
  /** The parts as the value, if none is missing. */
  whole(parts: Partial<ValueOf<S>>): ValueOf<S> | undefined
  readonly shape: S
  readonly shorthand: string | undefined
}

/** A map with the keys of `shape` and no other; what is wrong with each is reported. */
export function object<const S extends Shape>(shape: S, rules: ObjectRules<S>): ObjectField<S> {
  const { wants, shorthand } = rules
  const parts = (node: SourceNode, reader: Reader): Partial<ValueOf<S>> => {
    const map = asMap(node, shorthand, shape)
    if (!map) return reader.refuse(node, wants) ?? {}
    for (const { key, keySpan } of map.entries) {
      if (isOwn(shape, key) || (rules.ignore !== undefined && key.startsWith(rules.ignore)))
        continue
      reader.reportUnknown(keySpan, `Unknown key "${key}"`, key, Object.keys(shape))
    }
    return readShape(shape, map, reader, wants)
  }
  // What is wrong is left out of the parts; what is not said is there, as undefined.
  const isWhole = (read: Partial<ValueOf<S>>): read is ValueOf<S> & Partial<ValueOf<S>> =>
    Object.keys(shape).every((key) => isOwn(read, key))
  const whole = (read: Partial<ValueOf<S>>) => (isWhole(read) ? read : undefined)
  return {
    wants,
    shape,
    shorthand,
    parts,
    whole,
    parse: (node, reader) => whole(parts(node, reader)),
    schema: () => objectSchema(shape, rules),
  }
}

/** Null counts as the empty map: `- charge:` and `- charge: {}` are the same. */
function asMap(node: SourceNode, shorthand: string | undefined, shape: Shape): MapNode | undefined {
  if (node.kind === 'map' && !isShorthandMap(node, shorthand, shape)) return node
  const { span } = node
  if (node.kind === 'scalar' && node.value === null) return { kind: 'map', entries: [], span }
  if (shorthand === undefined) return undefined
  return { kind: 'map', entries: [{ key: shorthand, keySpan: span, value: node }], span }
}

/** `charge: {between: [60%, 80%]}`: a map that is the shorthand's value, not the object's. */
function isShorthandMap(node: MapNode, shorthand: string | undefined, shape: Shape): boolean {
  const keys = shorthand === undefined ? [] : (shape[shorthand]?.field.keys ?? [])
  return node.entries.length > 0 && node.entries.every(({ key }) => keys.includes(key))
}

function readShape<S extends Shape>(
  shape: S,
  map: MapNode,
  reader: Reader,
  wants: string,
): Partial<ValueOf<S>> {
  const read: Record<string, unknown> = {}
  for (const [key, property] of Object.entries(shape)) {
    const entry = entryOf(map, key)
    if (entry) {
      const value = reader.underKey(key, () => property.field.parse(entry.value, reader))
      if (value !== undefined) read[key] = value
    } else if (property.required) {
      reader.report(map.span, `"${key}" is missing: ${wants} needs ${property.field.wants}.`)
    } else {
      read[key] = property.missing
    }
  }
  return read as Partial<ValueOf<S>>
}

function objectSchema(
  shape: Shape,
  rules: { readonly shorthand?: string; readonly ignore?: string },
): JsonSchema {
  const properties = Object.entries(shape).map(([key, { field, summary, defaultText }]) => {
    const description = defaultText === undefined ? summary : `${summary} Default: ${defaultText}.`
    return [key, { ...field.schema(), description }] as const
  })
  const needed = Object.entries(shape).flatMap(([key, property]) =>
    property.required ? [key] : [],
  )
  const schema = {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(rules.ignore === undefined ? {} : { patternProperties: { [`^${rules.ignore}`]: {} } }),
    ...(needed.length > 0 ? { required: needed } : {}),
    additionalProperties: false,
  }
  if (rules.shorthand === undefined)
    return needed.length > 0 ? schema : { ...schema, type: ['object', 'null'] }
  const short = shape[rules.shorthand]?.field.schema() ?? {}
  const others = Object.entries(shape).some(
    ([key, property]) => property.required && key !== rules.shorthand,
  )
  if (others) return schema
  const object = needed.length > 0 ? schema : { ...schema, type: ['object', 'null'] }
  return { anyOf: [short, object] }
}
