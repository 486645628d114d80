/** Nobody gives up waiting so soon: what comes again before is no retry; milliseconds. */
const soonestRetryMs = 1000

/** So many are remembered, the oldest go first: a CSMS that floods fills no memory. */
const mostCalls = 10_000

/**
 * CALLs of the CSMS on one connection, by message id. One that nobody answered in time may come again
 * under its id; what was answered may not, and what has just come has not been waited for [1.6J 4.1.4
 * with errata 3.1] [2.0.1 Part 4 4.1.4].
 */
export class HeardCalls {
  readonly #calls = new Map<string, { readonly atMs: number; answered: boolean }>()

  /** A CALL came: what is wrong about its id. */
  objectionTo(id: string, nowMs: number): string | undefined {
    const before = this.#calls.get(id)
    if (!before) {
      this.#calls.set(id, { atMs: nowMs, answered: false })
      const [oldest] = this.#calls.size > mostCalls ? this.#calls.keys() : []
      if (oldest !== undefined) this.#calls.delete(oldest)
      return undefined
    }
    if (before.answered) return `message id ${id} came again after it was answered`
    const apartMs = nowMs - before.atMs
    if (apartMs >= soonestRetryMs) return undefined
    return `message id ${id} came again after ${Math.round(apartMs)} ms, while it was being handled`
  }

  answered(id: string): void {
    const call = this.#calls.get(id)
    if (call) call.answered = true
  }
}
