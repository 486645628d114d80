import type { Reader } from '../reader.ts'
import type { SourceNode } from '../source-node.ts'

/** JSON Schema, draft 7. */
export type JsonSchema = Readonly<Record<string, unknown>>

/**
 * A kind of value of the scenario language, described once: how it is read, what an editor may
 * offer for it, what the reference says of it.
 */
export interface Field<Value> {
  /** Completes "wants ...", for messages and the reference: `a duration like 30s`. */
  readonly wants: string
  /** Keys of the maps it reads: tells a shorthand map from an object. */
  readonly keys?: readonly string[]
  /** Undefined means that it was wrong and has been reported. */
  parse(node: SourceNode, reader: Reader): Value | undefined
  schema(): JsonSchema
}

/** A key of an object: its field and what happens when it is left out. */
export interface Property<Value> {
  readonly field: Field<unknown>
  readonly summary: string
  readonly required: boolean
  /** As written in a file, for the reference. */
  readonly defaultText: string | undefined
  /** What a missing key means. */
  readonly missing: Value | undefined
}

/** A key without which its object is refused. */
export function required<Value>(field: Field<Value>, summary: string): Property<Value> {
  return { field, summary, required: true, defaultText: undefined, missing: undefined }
}

/** @param defaultText what happens without it, in words, for the reference */
export function optional<Value>(
  field: Field<Value>,
  summary: string,
  defaultText?: string,
): Property<Value | undefined> {
  return { field, summary, required: false, defaultText, missing: undefined }
}

/** @param defaultText how `missing` is written in a file, where that is not how it prints */
export function withDefault<Value>(
  field: Field<Value>,
  summary: string,
  missing: Value,
  defaultText: string = String(missing),
): Property<Value> {
  return { field, summary, required: false, defaultText, missing }
}

/** The same text with its value turned into another; everything else of the field stays. */
export function mapped<From, To, Of extends Field<From>>(
  field: Of & Field<From>,
  turn: (value: From, node: SourceNode, reader: Reader) => To | undefined,
): Omit<Of, 'parse'> & Field<To> {
  return {
    ...field,
    parse(node: SourceNode, reader: Reader) {
      const value = field.parse(node, reader)
      return value === undefined ? undefined : turn(value, node, reader)
    },
  }
}
