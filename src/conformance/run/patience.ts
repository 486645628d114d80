import type { Clock } from '../../shared/clock.ts'
import { isNobodyThere } from '../play/player.ts'
import type { Handshake } from '../play/probe.ts'

/** Between two attempts, milliseconds. */
const everyMs = 1000

/**
 * A CSMS that fell over and is started again costs the case that did it, and no other: the first
 * connection of a case waits for it. One that did not come back is not waited for again.
 */
export class Patience {
  readonly #clock: Clock
  readonly #withinMs: number
  #spent = false

  constructor(clock: Clock, withinMs: number) {
    this.#clock = clock
    this.#withinMs = withinMs
  }

  async connected(connect: () => Promise<Handshake>): Promise<Handshake> {
    const deadlineMs = this.#nowMs() + this.#withinMs
    for (;;) {
      const handshake = await connect()
      if (!isNobodyThere(handshake)) {
        this.#spent = false
        return handshake
      }
      if (this.#spent || this.#nowMs() + everyMs > deadlineMs) {
        this.#spent = true
        return handshake
      }
      await new Promise<void>((resolve) => void this.#clock.after(everyMs, resolve))
    }
  }

  #nowMs(): number {
    return this.#clock.monotonicMicros() / 1000
  }
}
