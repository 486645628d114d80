import type { Span } from '../../../document/source-node.ts'
import type { Cell, Fault, Table, TableRow } from './table.ts'

/** Reads a JSON list of objects whose values are text, numbers or null. */
export function readJson(text: string): Table {
  const columns = new Map<string, Cell>()
  const rows: TableRow[] = []
  try {
    new JsonReader(text).rows((row, names) => {
      rows.push(row)
      for (const name of names) if (!columns.has(name.text)) columns.set(name.text, name)
    })
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error
    return { columns: [...columns.values()], rows, faults: [error.fault] }
  }
  return { columns: [...columns.values()], rows, faults: [] }
}

class JsonFault extends Error {
  readonly fault: Fault

  constructor(fault: Fault) {
    super(fault.message)
    this.fault = fault
  }
}

const space = /[ \t\r\n]*/y
const stringShape = /"(?:[^"\\\r\n]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const otherValue = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|null/y

class JsonReader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  /** Throws `JsonFault`. */
  rows(add: (row: TableRow, names: readonly Cell[]) => void): void {
    this.#sign('[', 'The file is a list of stations: it begins with "[".')
    if (!this.#is(']')) {
      do this.#row(add)
      while (this.#is(','))
      this.#sign(']', 'Here is a comma and another station, or the end of the list, "]".')
    }
    this.#skip()
    if (this.#at < this.#text.length) this.#fail('The list has ended; nothing follows it.')
  }

  #row(add: (row: TableRow, names: readonly Cell[]) => void): void {
    this.#skip()
    const start = this.#at
    this.#sign('{', 'A station is an object like {"id": "CP1"}.')
    const cells = new Map<string, Cell>()
    const names: Cell[] = []
    if (!this.#is('}')) {
      do {
        const name = this.#string('A name in quotes belongs here.')
        if (cells.has(name.text)) this.#fail(`"${name.text}" stands here twice.`, name.span)
        names.push(name)
        this.#sign(':', 'A colon belongs here.')
        cells.set(name.text, this.#value())
      } while (this.#is(','))
      this.#sign('}', 'Here is a comma and another name, or the end of the station, "}".')
    }
    add({ cells, span: { start, end: this.#at } }, names)
  }

  #value(): Cell {
    this.#skip()
    if (this.#text[this.#at] === '"') {
      return this.#string('The text that begins here does not end, or holds what JSON does not.')
    }
    const start = this.#at
    const found = this.#match(otherValue)
    if (found === undefined) return this.#fail('Text in quotes, a number or null belongs here.')
    return { text: found === 'null' ? '' : found, span: { start, end: this.#at } }
  }

  #string(otherwise: string): Cell {
    this.#skip()
    const start = this.#at
    const found = this.#match(stringShape)
    if (found === undefined) return this.#fail(otherwise)
    const span = { start, end: this.#at }
    try {
      return { text: JSON.parse(found) as string, span }
    } catch {
      return this.#fail('A control character stands in this text.', span)
    }
  }

  #match(shape: RegExp): string | undefined {
    shape.lastIndex = this.#at
    const found = shape.exec(this.#text)?.[0]
    this.#at += found?.length ?? 0
    return found
  }

  #skip(): void {
    this.#match(space)
  }

  #is(sign: string): boolean {
    this.#skip()
    if (this.#text[this.#at] !== sign) return false
    this.#at += 1
    return true
  }

  #sign(sign: string, otherwise: string): void {
    if (!this.#is(sign)) this.#fail(otherwise)
  }

  #fail(message: string, span: Span = { start: this.#at, end: this.#at + 1 }): never {
    throw new JsonFault({ span, message })
  }
}
