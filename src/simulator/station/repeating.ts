import type { CancelTimer, Clock } from '../../shared/clock.ts'

/**
 * Does something every `intervalMs` of a clock, at the instants origin + k x interval. Instants that
 * passed while the process was busy are not made up for: at 3,600 times the speed a late timer
 * would otherwise cause a burst.
 */
export class Repeating {
  readonly #clock: Clock
  #cancel: CancelTimer | undefined
  #intervalMs = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Starts over. 0 or less: stops. */
  start(intervalMs: number, fn: () => void): void {
    this.stop()
    if (intervalMs <= 0) return
    this.#intervalMs = intervalMs
    this.#arm(this.#nowMs + intervalMs, intervalMs, fn)
  }

  /** As `start`, but what runs at this interval already goes on as it does. */
  keep(intervalMs: number, fn: () => void): void {
    if (intervalMs !== this.#intervalMs) this.start(intervalMs, fn)
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = undefined
    this.#intervalMs = 0
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
