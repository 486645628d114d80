import type { CancelTimer, Clock } from '../../shared/clock.ts'
import type { Plan } from '../scenario/plan.ts'
import { usesStep } from './uses-step.ts'

/** A signal may be on its way to those who wait for it. */
const leastPatienceMs = 1000
/** Where a CALL of the CSMS may still set off a signal. */
const patienceWithReactionsMs = 60_000

/** Ends scripts that wait for signals which nobody is left to give, instead of hanging with them. */
export class DeadlockWatch {
  readonly #clock: Clock
  readonly #patienceMs: number
  readonly #giveUp: () => void
  #timer: CancelTimer | undefined

  /** @param patienceMs how long all have to be stuck, real time */
  constructor(clock: Clock, patienceMs: number, giveUp: () => void) {
    this.#clock = clock
    this.#patienceMs = patienceMs
    this.#giveUp = giveUp
  }

  /** @param stuck all that still play, in all workers, wait for signals */
  look(stuck: boolean): void {
    if (!stuck) this.stop()
    else {
      this.#timer ??= this.#clock.after(this.#patienceMs, () => {
        this.#timer = undefined
        this.#giveUp()
      })
    }
  }

  stop(): void {
    this.#timer?.()
    this.#timer = undefined
  }
}

/** How long to wait before scripts are given up, real ms; `gracefulStop` of the file comes on top. */
export function patienceMs({ fleets, load }: Plan): number {
  const reactions = fleets.map((fleet) => ({ ...fleet, script: [] }))
  const least = usesStep(reactions, 'signal') ? patienceWithReactionsMs : leastPatienceMs
  return least + load.gracefulStopMs
}
