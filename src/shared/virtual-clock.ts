import type { CancelTimer, Clock } from './clock.ts'

interface Timer {
  readonly dueMs: number
  readonly order: number
  readonly fn: () => void
}

/**
 * A clock that moves only when told to: tests without sleeps, and cities replayed in virtual time.
 * Timers fire in the order of their due instants, ties in the order they were set.
 */
export class VirtualClock implements Clock {
  readonly #startWallMs: number
  #nowMs = 0
  #order = 0
  #timers: Timer[] = []
  #fired = 0

  constructor(startWallMs: number = Date.UTC(2026, 0, 1)) {
    this.#startWallMs = startWallMs
  }

  monotonicMicros(): number {
    return this.#nowMs * 1000
  }

  wallMs(): number {
    return this.#startWallMs + this.#nowMs
  }

  after(ms: number, fn: () => void): CancelTimer {
    const timer = { dueMs: this.#nowMs + Math.max(0, ms), order: this.#order++, fn }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer)
    }
  }

  /** Timers that wait. */
  get pending(): number {
    return this.#timers.length
  }

  /** Timers that fell due until now. */
  get fired(): number {
    return this.#fired
  }

  /** Lets `ms` milliseconds pass and fires everything that falls due, including what that sets. */
  advance(ms: number): void {
    const end = this.#nowMs + ms
    for (let timer = this.#take(end); timer; timer = this.#take(end)) {
      this.#nowMs = Math.max(this.#nowMs, timer.dueMs)
      timer.fn()
    }
    this.#nowMs = end
  }

  /** As `advance`, but lets promises settle after each timer, so that async code keeps up. */
  async run(ms: number): Promise<void> {
    const end = this.#nowMs + ms
    await settle()
    for (let timer = this.#take(end); timer; timer = this.#take(end)) {
      this.#nowMs = Math.max(this.#nowMs, timer.dueMs)
      timer.fn()
      await settle()
    }
    // A run within a run may have come further.
    this.#nowMs = Math.max(this.#nowMs, end)
  }

  #take(endMs: number): Timer | undefined {
    let first: Timer | undefined
    for (const timer of this.#timers) {
      if (timer.dueMs > endMs) continue
      if (
        !first ||
        timer.dueMs < first.dueMs ||
        (timer.dueMs === first.dueMs && timer.order < first.order)
      ) {
        first = timer
      }
    }
    if (!first) return undefined
    this.#timers = this.#timers.filter((other) => other !== first)
    this.#fired += 1
    return first
  }
}

/** Enough microtask turns for a chain of awaits to reach its next timer. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
}
