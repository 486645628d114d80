import type { CancelTimer, Clock } from '../../shared/clock.ts'

const dayMs = 86_400_000
/** A timer that fires so much early fired in time: by rounding, not because the clock was set. */
const earlyMs = 500

interface WireTime {
  wireMs(): number
}

/**
 * Does something at the instants that divide the day of a wire clock into equal intervals, from
 * midnight UTC on [1.6 3.16.2, 9.1.5] [2.0.1 J01]. Where they do not fill the day, the last interval
 * is shorter and the next day begins anew at midnight. Instants that passed while the process was
 * busy are not made up for.
 */
export class DayTimer {
  readonly #clock: Clock
  readonly #wire: WireTime
  #cancel: CancelTimer | undefined

  /** @param clock of the timer; @param wire the clock whose days are divided */
  constructor(clock: Clock, wire: WireTime) {
    this.#clock = clock
    this.#wire = wire
  }

  /** Starts over. 0 or less: stops. */
  start(intervalMs: number, fn: () => void): void {
    this.stop()
    if (intervalMs > 0) this.#arm(this.#wire.wireMs(), intervalMs, fn)
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = undefined
  }

  #arm(afterMs: number, intervalMs: number, fn: () => void): void {
    const dueMs = nextInstant(afterMs, intervalMs)
    this.#cancel = this.#clock.after(Math.max(0, dueMs - this.#wire.wireMs()), () => {
      const nowMs = this.#wire.wireMs()
      const inTime = nowMs > dueMs - earlyMs
      this.#arm(inTime ? Math.max(nowMs, dueMs) : nowMs, intervalMs, fn)
      if (inTime) fn()
    })
  }
}

/** The first instant after another that is whole intervals, or a day, from midnight. */
export function nextInstant(afterMs: number, intervalMs: number): number {
  const midnight = Math.floor(afterMs / dayMs) * dayMs
  const whole = Math.floor((afterMs - midnight) / intervalMs) + 1
  return midnight + Math.min(whole * intervalMs, dayMs)
}
