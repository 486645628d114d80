/** Something that happens again and again at instants it knows itself. */
export interface Due {
  /** Real monotonic microseconds; changes only inside `fire`. */
  readonly nextMicros: number
  /** Does what is due now and moves `nextMicros` on; Infinity ends it. */
  fire(nowMicros: number): void
}

/** The earliest of many: a binary heap that re-seats its head instead of taking and adding. */
export class DueHeap {
  readonly #items: Due[] = []

  get nextMicros(): number {
    return this.#items[0]?.nextMicros ?? Number.POSITIVE_INFINITY
  }

  add(item: Due): void {
    const items = this.#items
    let at = items.length
    items.push(item)
    while (at > 0) {
      const above = (at - 1) >> 1
      const parent = items[above]
      if (!parent || parent.nextMicros <= item.nextMicros) break
      items[at] = parent
      at = above
    }
    items[at] = item
  }

  /** Fires the head and puts it where its next instant belongs. */
  fireHead(nowMicros: number): void {
    const head = this.#items[0]
    if (!head) return
    head.fire(nowMicros)
    if (head.nextMicros === Number.POSITIVE_INFINITY) this.#removeHead()
    else this.#sink(head)
  }

  clear(): void {
    this.#items.length = 0
  }

  #removeHead(): void {
    const last = this.#items.pop()
    if (last && this.#items.length > 0) this.#sink(last)
  }

  #sink(item: Due): void {
    const items = this.#items
    const length = items.length
    let at = 0
    for (;;) {
      let below = at * 2 + 1
      if (below >= length) break
      if (below + 1 < length && nextOf(items, below + 1) < nextOf(items, below)) below += 1
      const child = items[below]
      if (!child || child.nextMicros >= item.nextMicros) break
      items[at] = child
      at = below
    }
    items[at] = item
  }
}

function nextOf(items: readonly Due[], at: number): number {
  return items[at]?.nextMicros ?? Number.POSITIVE_INFINITY
}
