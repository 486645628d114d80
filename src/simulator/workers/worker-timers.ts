import type { CancelTimer, Clock } from '../../shared/clock.ts'

/** The timers of a worker by name, so that all of them end with it. */
export class WorkerTimers {
  readonly #clock: Clock
  readonly #timers = new Map<string, CancelTimer>()

  /** @param clock real time */
  constructor(clock: Clock) {
    this.#clock = clock
  }

  after(name: string, ms: number, fn: () => void): void {
    this.#timers.set(name, this.#clock.after(ms, fn))
  }

  repeat(name: string, ms: number, fn: () => void): void {
    const again = (): void => {
      fn()
      this.after(name, ms, again)
    }
    this.after(name, ms, again)
  }

  stop(): void {
    for (const stop of this.#timers.values()) stop()
  }
}
