/** Thrown out of a wait that was called off. Not a failure: scripts end quietly on it. */
export class Cancelled extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'Cancelled'
  }
}

/**
 * Calls off whatever waits on it. A child is cancelled with its parent and can be cancelled alone.
 * (An engine of its own because k6's runtime has no AbortController.)
 */
export class Cancel {
  #reason: string | undefined
  readonly #listeners = new Set<(reason: string) => void>()
  /** Of a child: stops listening to its parent. */
  #forget: (() => void) | undefined

  get cancelled(): boolean {
    return this.#reason !== undefined
  }

  throwIfCancelled(): void {
    if (this.#reason !== undefined) throw new Cancelled(this.#reason)
  }

  cancel(reason: string): void {
    if (this.#reason !== undefined) return
    this.#reason = reason
    this.release()
    for (const listener of this.#listeners) listener(reason)
    this.#listeners.clear()
  }

  /** Calls `fn` on cancellation (at once if that already happened); returns how to stop listening. */
  onCancel(fn: (reason: string) => void): () => void {
    if (this.#reason !== undefined) {
      fn(this.#reason)
      return () => undefined
    }
    this.#listeners.add(fn)
    return () => this.#listeners.delete(fn)
  }

  /** To be released, or cancelled, when it is of no use any more: a parent may outlive many. */
  child(): Cancel {
    const child = new Cancel()
    child.#forget = this.onCancel((reason) => child.cancel(reason))
    return child
  }

  /** A child lets go of its parent: it is no longer cancelled with it. */
  release(): void {
    this.#forget?.()
    this.#forget = undefined
  }
}
