/** The keys of a map in their order: sorted when somebody asks, and only if there are others by then. */
export class SortedKeys {
  readonly #map: ReadonlyMap<string, unknown>
  #sorted: readonly string[] | undefined

  constructor(map: ReadonlyMap<string, unknown>) {
    this.#map = map
  }

  /** There are others now. */
  changed(): void {
    this.#sorted = undefined
  }

  /** Those behind a key, which itself need not be there (any more). */
  *after(key: string): Generator<string> {
    this.#sorted ??= [...this.#map.keys()].sort()
    const keys = this.#sorted
    for (let at = firstBehind(keys, key); at < keys.length; at += 1) {
      const behind = keys[at]
      if (behind !== undefined) yield behind
    }
  }
}

/** Place of the first that is greater, by halving. */
function firstBehind(keys: readonly string[], key: string): number {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((keys[middle] ?? '') > key) high = middle
    else low = middle + 1
  }
  return low
}
