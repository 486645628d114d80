import { type Cancel, Cancelled } from '../../shared/cancel.ts'
import { StepFailure } from './step-context.ts'

interface Waiter {
  readonly name: string
  readonly count: number
  /** It gives up by itself. */
  readonly timed: boolean
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

/**
 * The signals of a run as the stations of one process hear them. Every signal counts from the begin of
 * the run: who awaits it late has heard it already. A signal is heard when it comes back from who
 * deals it out to all processes, so that all hear the same.
 */
export class SignalBoard {
  readonly #send: (name: string, stationId: string) => void
  readonly #heard = new Map<string, number>()
  readonly #waiters = new Set<Waiter>()
  #threads = 0

  /** @param send deals a signal out to all processes, this one too */
  constructor(send: (name: string, stationId: string) => void) {
    this.#send = send
  }

  give(name: string, stationId: string): void {
    this.#send(name, stationId)
  }

  /** A signal was dealt out. */
  hear(name: string): void {
    const heard = this.heard(name) + 1
    this.#heard.set(name, heard)
    for (const waiter of this.#waiters) {
      if (waiter.name === name && heard >= waiter.count) waiter.resolve()
    }
  }

  /** How often it was given so far. */
  heard(name: string): number {
    return this.#heard.get(name) ?? 0
  }

  /**
   * Resolves when it was given so often; rejects with `Cancelled`, or `StepFailure` after `giveUp`.
   *
   * @param timed the caller cancels it when its time is up: not to be given up
   */
  until(name: string, count: number, cancel: Cancel, timed = false): Promise<void> {
    if (this.heard(name) >= count) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const finish = (end: () => void): void => {
        this.#waiters.delete(waiter)
        forget()
        end()
      }
      let forget: () => void = () => undefined
      const waiter: Waiter = {
        name,
        count,
        timed,
        resolve: () => finish(resolve),
        reject: (error) => finish(() => reject(error)),
      }
      this.#waiters.add(waiter)
      forget = cancel.onCancel((reason) => waiter.reject(new Cancelled(reason)))
    })
  }

  /** So many more lists of steps run at once in this process; fewer where negative. */
  threads(change: number): void {
    this.#threads += change
  }

  /** Whatever still runs here waits for a signal. */
  get stuck(): boolean {
    let waiting = 0
    for (const { timed } of this.#waiters) if (!timed) waiting += 1
    return this.#threads > 0 && this.#threads === waiting
  }

  /** Nobody is left who could give a signal. */
  giveUp(): void {
    for (const { name, count, timed, reject } of this.#waiters) {
      if (timed) continue
      const never = `${shortfall(this.heard(name), count, name)}: all scripts that still run wait for signals`
      reject(new StepFailure(never))
    }
  }
}

/** Signals of one process: they come back at once. */
export function loneBoard(): SignalBoard {
  const board: SignalBoard = new SignalBoard((name) => board.hear(name))
  return board
}

/** `the signal "go" was never given`, `3 of 5 signals "go" were given` */
export function shortfall(heard: number, count: number, name: string): string {
  if (count === 1) return `the signal "${name}" was never given`
  return `${heard} of ${count} signals "${name}" were given`
}
