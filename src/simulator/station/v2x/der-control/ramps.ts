import type { CancelTimer, Clock } from '../../../../shared/clock.ts'

/** What an EVSE may take and give, 0 to 1 of what it could. */
export interface Shares {
  readonly takeShare: number
  readonly backShare: number
}

const nothing: Shares = { takeShare: 0, backShare: 0 }

/** A ramp is a stair: power is constant between its steps. */
const steps = 20
/** What adding up steps may miss. */
const dust = 1e-9

/** Power of the EVSEs of a station that does not jump up and down [2.1 Gradients, EnterService]. */
export class Ramps {
  readonly #clock: Clock
  readonly #changed: () => void
  readonly #shares = new Map<number, Shares>()
  #timer: CancelTimer | undefined
  /** Simulated ms of the last step; undefined: all are where they were to get. */
  #steppedMs: number | undefined

  /** @param changed called at every step */
  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock
    this.#changed = changed
  }

  /** Undefined: nothing was ever asked of this EVSE. */
  of(evseId: number): Shares | undefined {
    return this.#shares.get(evseId)
  }

  /**
   * Goes on towards these.
   *
   * @param fullMs from nothing to everything; 0: at once
   * @returns whether they are reached
   */
  follow(targets: ReadonlyMap<number, Shares>, fullMs: number): boolean {
    this.#timer?.()
    this.#timer = undefined
    const nowMs = this.#clock.monotonicMicros() / 1000
    const most = fullMs === 0 ? 1 : (nowMs - (this.#steppedMs ?? nowMs)) / fullMs + dust
    let reached = true
    for (const [evseId, target] of targets) {
      const now = this.#shares.get(evseId) ?? target
      const next = {
        takeShare: towards(now.takeShare, target.takeShare, most),
        backShare: towards(now.backShare, target.backShare, most),
      }
      this.#shares.set(evseId, next)
      reached &&= next.takeShare === target.takeShare && next.backShare === target.backShare
    }
    this.#steppedMs = reached ? undefined : nowMs
    if (!reached) this.#timer = this.#clock.after(fullMs / steps, this.#changed)
    return reached
  }

  /** Nothing at once. */
  drop(evseIds: Iterable<number>): void {
    this.forget()
    for (const evseId of evseIds) this.#shares.set(evseId, nothing)
  }

  /** No timer is left running. */
  forget(): void {
    this.#timer?.()
    this.#timer = undefined
    this.#steppedMs = undefined
    this.#shares.clear()
  }
}

function towards(now: number, target: number, most: number): number {
  if (Math.abs(target - now) <= most) return target
  return target > now ? now + most : now - most
}
