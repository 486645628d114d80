import type { CancelTimer, Clock } from '../../shared/clock.ts'
import { Repeating } from './repeating.ts'

/** What an EVSE waits for while something goes on there; on simulated time. */
export class ActivityTimers {
  readonly #clock: Clock
  readonly #sampling: Repeating
  #cable: CancelTimer | undefined
  #flow: CancelTimer | undefined

  constructor(clock: Clock) {
    this.#clock = clock
    this.#sampling = new Repeating(clock)
  }

  /** An authorised driver has so long to plug in; 0 = no limit [1.6 9.1.6] [2.0.1 E03.FR.05]. */
  awaitCable(ms: number, timedOut: () => void): void {
    this.forgetCable()
    if (ms <= 0) return
    this.#cable = this.#clock.after(ms, () => {
      this.#cable = undefined
      timedOut()
    })
  }

  /** It came, or nobody waits for it any more. */
  forgetCable(): void {
    this.#cable?.()
    this.#cable = undefined
  }

  /** Samples at this interval, 0 = not at all; one that it has already goes on. */
  sample(intervalMs: number, due: () => void): void {
    this.#sampling.keep(intervalMs, due)
  }

  /** Wakes up when what flows changes next; infinite: it does not. */
  awaitFlow(ms: number, changed: () => void): void {
    this.#flow?.()
    this.#flow = undefined
    if (ms === Number.POSITIVE_INFINITY) return
    this.#flow = this.#clock.after(ms, () => {
      this.#flow = undefined
      changed()
    })
  }

  stop(): void {
    this.#sampling.stop()
    this.forgetCable()
    this.awaitFlow(Number.POSITIVE_INFINITY, () => undefined)
  }
}
