import type { Span } from '../../../document/source-node.ts'

/** A value with its place in the file. */
export interface Cell {
  readonly text: string
  /** With its quotes. */
  readonly span: Span
}

/** One station as the file says it. */
export interface TableRow {
  readonly cells: ReadonlyMap<string, Cell>
  readonly span: Span
}

/** A file of stations, whatever its form. */
export interface Table {
  /** The names that its columns or keys have, each once. */
  readonly columns: readonly Cell[]
  readonly rows: readonly TableRow[]
  readonly faults: readonly Fault[]
}

/** Something that is wrong at a place of the file. */
export interface Fault {
  readonly span: Span
  readonly message: string
}
