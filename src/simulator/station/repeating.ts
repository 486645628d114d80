import type { CancelTimer, Clock } from '../../shared/clock.ts'

/**
 * Does something every `intervalMs` of a clock, at the instants origin + k x interval. Instants that
 * passed while the process was busy are not made up for: at 3,600 times the speed a late timer
 * would otherwise cause a burst.
 */
export class Repeating {
  readonly #clock: Clock
  #cancel: CancelTimer | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /**
   * Starts over. 0 or less: stops.
   * @param firstMs until the first time, at most the interval
   */
  start(intervalMs: number, fn: () => void, firstMs: number = intervalMs): void {
    this.stop()
    if (intervalMs > 0) this.#arm(this.#nowMs + firstMs, intervalMs, fn)
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = undefined
  }

  get #nowMs(): number {
    return this.#clock.monotonicMicros() / 1000
  }

  #arm(dueMs: number, intervalMs: number, fn: () => void): void {
    this.#cancel = this.#clock.after(Math.max(0, dueMs - this.#nowMs), () => {
      const missed = Math.max(0, Math.floor((this.#nowMs - dueMs) / intervalMs))
      this.#arm(dueMs + (missed + 1) * intervalMs, intervalMs, fn)
      fn()
    })
  }
}
