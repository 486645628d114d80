/** Entries of one table; of so many a lookup costs one look into memory for each table. */
const tableEntries = 65_536
/** Half of the slots stay empty, so that a search ends soon. */
const slots = tableEntries * 2
const mask = slots - 1

/**
 * Numbers by the hash of a text, of which other numbers may have the same: whoever looks up compares.
 * Tables of a fixed size outside of the JavaScript heap, so that growing never takes a pause.
 */
export class IdIndex {
  readonly #tables: { readonly hashes: Int32Array; readonly numbers: Int32Array }[] = []
  #inLast = tableEntries

  add(hash: number, number: number): void {
    if (this.#inLast === tableEntries) {
      const numbers = new Int32Array(slots).fill(-1)
      this.#tables.push({ hashes: new Int32Array(slots), numbers })
      this.#inLast = 0
    }
    const table = this.#tables[this.#tables.length - 1]
    if (!table) return
    let slot = hash & mask
    while (table.numbers[slot] !== -1) slot = (slot + 1) & mask
    table.hashes[slot] = hash
    table.numbers[slot] = number
    this.#inLast += 1
  }

  /** The highest number of this hash that fits; -1 where none does. */
  latest(hash: number, fits: (number: number) => boolean): number {
    for (let at = this.#tables.length - 1; at >= 0; at -= 1) {
      const { hashes, numbers } = this.#tables[at] ?? {}
      if (!hashes || !numbers) continue
      let found = -1
      for (let slot = hash & mask; numbers[slot] !== -1; slot = (slot + 1) & mask) {
        const number = numbers[slot] ?? -1
        if (hashes[slot] === hash && number > found && fits(number)) found = number
      }
      if (found !== -1) return found
    }
    return -1
  }
}

/** FNV-1a over the text's code units: 32 bits. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  }
  return hash
}
