/** A timer that can be called off. Cancelling twice, or after it fired, does nothing. */
export type CancelTimer = () => void

/**
 * Where time comes from. Monotonic and wall time are separate: durations are only ever differences
 * of `monotonicMicros`, and only what is written on the wire or into a report reads `wallMs`.
 */
export interface Clock {
  /** Microseconds since an arbitrary origin; never goes back. */
  monotonicMicros(): number
  /** Milliseconds since the Unix epoch. */
  wallMs(): number
  /** Calls `fn` once, `ms` milliseconds of this clock from now (never synchronously). */
  after(ms: number, fn: () => void): CancelTimer
}

/**
 * The two clocks of a run. What people and cars do runs on simulated time, scaled by `speed`; what
 * measures and protects (timeouts, back-off, windows, latencies) runs on real time.
 */
export interface Clocks {
  readonly real: Clock
  readonly simulated: Clock
}

/** How many milliseconds a Node timer can wait; anything longer fires at once. */
export const longestTimerMs = 2 ** 31 - 1

/** A clock that runs `speed` times as fast as another and may show another date. */
export class ScaledClock implements Clock {
  readonly speed: number
  readonly #base: Clock
  readonly #originMicros: number
  readonly #originWallMs: number

  /** @param originWallMs what this clock's wall shows at the base's monotonic instant `originMicros` */
  constructor(base: Clock, speed: number, originWallMs: number, originMicros: number) {
    this.#base = base
    this.speed = speed
    this.#originWallMs = originWallMs
    this.#originMicros = originMicros
  }

  monotonicMicros(): number {
    return (this.#base.monotonicMicros() - this.#originMicros) * this.speed
  }

  wallMs(): number {
    return this.#originWallMs + this.monotonicMicros() / 1000
  }

  after(ms: number, fn: () => void): CancelTimer {
    return this.#base.after(Math.min(ms / this.speed, longestTimerMs), fn)
  }
}

/**
 * The last formatted time of each residue: stations whose wire clocks differ by a few milliseconds
 * do not push each other out. Worth 2 % of a worker's time at 20,000 exchanges/s.
 */
const formattedSlots = 64
const formattedMs = new Float64Array(formattedSlots).fill(Number.NaN)
const formatted = Array.from({ length: formattedSlots }, () => '')

/** RFC 3339 with milliseconds, as every OCPP version takes it; formatted once per millisecond. */
export function isoTime(wallMs: number): string {
  const whole = Math.floor(wallMs)
  const slot = whole & (formattedSlots - 1)
  const known = formatted[slot]
  if (formattedMs[slot] === whole && known) return known
  const text = new Date(whole).toISOString()
  formattedMs[slot] = whole
  formatted[slot] = text
  return text
}
