import type { KeyedRows } from './questions.ts'

export interface Row<Key> {
  readonly key: Key
  /** JSON. */
  readonly text: string
}

/** Reads a list of one process: the rows that come after a key. */
export type ReadRows<Key> = (after: Key) => Promise<KeyedRows<Key>>

/** One process's list, a part of it read ahead. */
class Reader<Key extends string | number> {
  readonly #read: ReadRows<Key>
  #part: KeyedRows<Key> = { keys: [], texts: [], more: true }
  #at = 0
  #after: Key

  constructor(read: ReadRows<Key>, after: Key) {
    this.#read = read
    this.#after = after
  }

  get isEmpty(): boolean {
    return this.#at === this.#part.texts.length && this.#part.more
  }

  async fill(): Promise<void> {
    this.#part = await this.#read(this.#after)
    this.#at = 0
    this.#after = this.#part.keys.at(-1) ?? this.#after
  }

  /** Of the next row; undefined where there is none. */
  get key(): Key | undefined {
    return this.#part.keys[this.#at]
  }

  next(key: Key): Row<Key> {
    const row = { key, text: this.#part.texts[this.#at] ?? '' }
    this.#at += 1
    return row
  }
}

/** The lists of several processes as one, in the order of their keys, read as they are needed. */
export class MergedRows<Key extends string | number> {
  readonly #readers: readonly Reader<Key>[]

  constructor(lists: readonly ReadRows<Key>[], after: Key) {
    this.#readers = lists.map((read) => new Reader(read, after))
  }

  /** The next rows; fewer than `count` at the end. */
  async take(count: number): Promise<Row<Key>[]> {
    const rows: Row<Key>[] = []
    while (rows.length < count) {
      const empty = this.#readers.filter(({ isEmpty }) => isEmpty)
      if (empty.length > 0) await Promise.all(empty.map((reader) => reader.fill()))
      const row = this.#foremost()
      if (!row) break
      rows.push(row)
    }
    return rows
  }

  #foremost(): Row<Key> | undefined {
    let foremost: Reader<Key> | undefined
    let lowest: Key | undefined
    for (const reader of this.#readers) {
      const { key } = reader
      if (key === undefined || (lowest !== undefined && key >= lowest)) continue
      lowest = key
      foremost = reader
    }
    return lowest === undefined ? undefined : foremost?.next(lowest)
  }
}
