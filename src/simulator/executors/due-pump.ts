import type { CancelTimer, Clock } from '../../shared/clock.ts'

/** Where the earliest of many instants is known. */
export interface DueSource {
  /** Real monotonic microseconds; Infinity where nothing is left. */
  readonly nextMicros: number
  /** Does what is due at `nextMicros` and moves on. */
  fireHead(nowMicros: number): void
}

/** After so many in one go the sockets get their turn. */
const burst = 1000

/** Fires what is due: one timer for the earliest instant, none per CALL. */
export class DuePump {
  readonly #clock: Clock
  readonly #source: DueSource
  #timer: CancelTimer | undefined
  #wakesAt = Number.POSITIVE_INFINITY
  #endMicros = Number.POSITIVE_INFINITY

  constructor(clock: Clock, source: DueSource) {
    this.#clock = clock
    this.#source = source
  }

  /** To be called when the earliest instant may have become an earlier one. */
  schedule(): void {
    const next = this.#source.nextMicros
    if (next >= this.#wakesAt || next >= this.#endMicros) return
    this.#timer?.()
    this.#wakesAt = next
    const waitMs = Math.max(0, (next - this.#clock.monotonicMicros()) / 1000)
    this.#timer = this.#clock.after(waitMs, () => this.#fire())
  }

  /** What is due at `endMicros` or later never fires, however late `stop` comes. */
  endAt(endMicros: number): void {
    this.#endMicros = endMicros
  }

  /** Fires now what was due before `atMicros` and whose timer is late, then nothing any more. */
  stop(atMicros: number): void {
    const endMicros = Math.min(atMicros, this.#endMicros)
    while (this.#source.nextMicros < endMicros) {
      this.#source.fireHead(this.#clock.monotonicMicros())
    }
    this.#timer?.()
    this.#timer = undefined
    this.#wakesAt = Number.POSITIVE_INFINITY
  }

  #fire(): void {
    this.#wakesAt = Number.POSITIVE_INFINITY
    for (let fired = 0; fired < burst; fired += 1) {
      // Read anew each time: in a long burst the later ones are later, and must be seen to be.
      const now = this.#clock.monotonicMicros()
      const next = this.#source.nextMicros
      if (next > now || next >= this.#endMicros) break
      this.#source.fireHead(now)
    }
    this.schedule()
  }
}
