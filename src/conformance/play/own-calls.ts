import type { Clock } from '../../shared/clock.ts'
import type { Faults } from './faults.ts'

/** How the answer to a CALL of the probe came, or did not. */
export type Answer =
  | { readonly kind: 'result'; readonly payload: object; readonly frame: number }
  | {
      readonly kind: 'callError'
      readonly code: string
      readonly description: string
      readonly frame: number
    }
  | { readonly kind: 'timeout' }
  /** `how` has code and reason: `closed with 1000`; undefined: there was no connection. */
  | { readonly kind: 'closed'; readonly how?: string | undefined }

/** A CALL of the probe that waits. */
export interface Waiting {
  readonly action: string
  readonly payload: object
  settle(answer: Answer): void
}

/** The CALLs of a probe: which wait, and which answers are to none of them. */
export class OwnCalls {
  readonly #clock: Clock
  readonly #faults: Faults
  /** By message id. */
  readonly #waiting = new Map<string, Waiting>()
  /** CALLs that were given up, or answered: a second answer is none of ours. */
  readonly #settled = new Map<string, 'answered' | 'late'>()
  /** Ids of texts that cases made up: their answers are looked at by who sent them. */
  readonly #madeUp = new Set<string>()

  constructor(clock: Clock, faults: Faults) {
    this.#clock = clock
    this.#faults = faults
  }

  /** A CALL is about to be sent. */
  begin(
    id: string,
    { action, payload, timeoutMs }: Omit<Waiting, 'settle'> & { readonly timeoutMs: number },
  ): Promise<Answer> {
    return new Promise((resolve) => {
      const stop = this.#clock.after(timeoutMs, () => {
        this.#waiting.delete(id)
        this.#settled.set(id, 'late')
        resolve({ kind: 'timeout' })
      })
      const settle = (answer: Answer) => {
        stop()
        resolve(answer)
      }
      this.#waiting.set(id, { action, payload, settle })
    })
  }

  /** Answers with this message id are looked at by the case: none of them is a fault by itself. */
  expect(id: string): void {
    this.#madeUp.add(id)
  }

  /** An answer came; undefined, and perhaps a fault, where no CALL waits for it. */
  answered(id: string, frame: number): Waiting | undefined {
    const waiting = this.#waiting.get(id)
    if (waiting) {
      this.#waiting.delete(id)
      this.#settled.set(id, 'answered')
      return waiting
    }
    if (this.#madeUp.has(id) || id === '-1') return undefined
    const before = this.#settled.get(id)
    if (before === 'late') return undefined
    const rule = before === 'answered' ? 'RPC_DUPLICATE_ANSWER' : 'RPC_UNSOLICITED_ANSWER'
    this.#faults.add(rule, 'MUST', `an answer to ${id}, which nobody waits for`, frame)
    return undefined
  }

  /** The connection is gone: nothing is answered any more. */
  closed(how: string): void {
    for (const { settle } of this.#waiting.values()) settle({ kind: 'closed', how })
    this.#waiting.clear()
  }
}
