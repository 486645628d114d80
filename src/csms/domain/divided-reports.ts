interface Divided {
  readonly calls: number
  ended: number
  /** Somebody waits for the next end. */
  wake: () => void
}

/** How many of a station are followed at once: one whose parts never come is given up for newer ones. */
const mostOpen = 16

/** Reports that had to be asked for in several CALLs, each of which brings a part of them. */
export class DividedReports {
  readonly #open = new Map<string, Divided>()

  /** @param report the action that brings it @param calls in how many it is asked for */
  begin(report: string, requestId: number, calls: number): void {
    this.#open.set(keyOf(report, requestId), { calls, ended: 0, wake: () => undefined })
    const [oldest] = this.#open.keys()
    if (this.#open.size > mostOpen && oldest !== undefined) this.#open.delete(oldest)
  }

  /** What one CALL asked for has come, or there is nothing of it; true: that is the whole report. */
  ended(report: string, requestId: number): boolean {
    const key = keyOf(report, requestId)
    const divided = this.#open.get(key)
    if (!divided) return true
    divided.ended += 1
    divided.wake()
    return divided.ended >= divided.calls && this.#open.delete(key)
  }

  /** Resolves when what so many CALLs asked for has come. */
  until(report: string, requestId: number, calls: number): Promise<void> {
    const divided = this.#open.get(keyOf(report, requestId))
    if (!divided || divided.ended >= calls) return Promise.resolve()
    return new Promise((resolve) => {
      divided.wake = resolve
    })
  }

  /** The rest is not asked for any more. */
  abandon(report: string, requestId: number): void {
    this.#open.delete(keyOf(report, requestId))
  }
}

function keyOf(report: string, requestId: number): string {
  return `${report} ${requestId}`
}
