import type { TransactionRows } from './questions.ts'

export interface Row {
  readonly ordinal: number
  /** JSON. */
  readonly text: string
}

/** Reads a list of one process: the rows that come after an ordinal. */
export type ReadRows = (after: number) => Promise<TransactionRows>

/** One process's list, a part of it read ahead. */
class Reader {
  readonly #read: ReadRows
  #part: TransactionRows = { ordinals: [], texts: [], more: true }
  #at = 0
  #after: number

  constructor(read: ReadRows, after: number) {
    this.#read = read
    this.#after = after
  }

  get isEmpty(): boolean {
    return this.#at === this.#part.texts.length && this.#part.more
  }

  async fill(): Promise<void> {
    this.#part = await this.#read(this.#after)
    this.#at = 0
    this.#after = this.#part.ordinals.at(-1) ?? this.#after
  }

  /** Of the next row; Infinity where there is none. */
  get ordinal(): number {
    return this.#part.ordinals[this.#at] ?? Number.POSITIVE_INFINITY
  }

  next(): Row {
    const row = { ordinal: this.ordinal, text: this.#part.texts[this.#at] ?? '' }
    this.#at += 1
    return row
  }
}

/** The lists of several processes as one, in the order of arrival, read as they are needed. */
export class MergedTransactions {
  readonly #readers: readonly Reader[]

  constructor(lists: readonly ReadRows[], after: number) {
    this.#readers = lists.map((read) => new Reader(read, after))
  }

  /** The next rows; fewer than `count` at the end. */
  async take(count: number): Promise<Row[]> {
    const rows: Row[] = []
    while (rows.length < count) {
      const empty = this.#readers.filter(({ isEmpty }) => isEmpty)
      if (empty.length > 0) await Promise.all(empty.map((reader) => reader.fill()))
      const first = this.#foremost()
      if (!first) break
      rows.push(first.next())
    }
    return rows
  }

  #foremost(): Reader | undefined {
    let foremost: Reader | undefined
    let lowest = Number.POSITIVE_INFINITY
    for (const reader of this.#readers) {
      if (reader.ordinal >= lowest) continue
      lowest = reader.ordinal
      foremost = reader
    }
    return foremost
  }
}
