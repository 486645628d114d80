import type { EndedCall } from '../../ocpp/matchers/expected-call.ts'

/** A CALL of a station as scripts see it, also one that was refused. */
export interface LoggedCall extends EndedCall {
  readonly id: string
  readonly action: string
  /** Monotonic microseconds of its arrival. */
  readonly atMicros: number
  /** Position among all CALLs of this station, from 0. */
  readonly ordinal: number
  /** Nothing more will be answered. */
  readonly settled: boolean
}

/** How a CALL ended. */
export type CallEnd = Partial<Pick<EndedCall, 'answer' | 'callError' | 'unanswered'>>

/** So many CALLs of a station are remembered; what nobody expected by then is forgotten. */
const longestLog = 1_000

/**
 * The CALLs of one station, over all its connections, as its script expects them: each is matched by
 * at most one `expect`, also one that came before the `expect` began.
 */
export class CallLog {
  #calls: LoggedCall[] = []
  readonly #consumed = new Set<number>()
  #arrived = 0

  /** Ordinal of the latest CALL; -1 before the first. */
  get latest(): number {
    return this.#arrived - 1
  }

  arrived(id: string, action: string, payload: object, atMicros: number): void {
    const ordinal = this.#arrived
    this.#arrived += 1
    const open = { answer: undefined, callError: undefined, unanswered: false, settled: false }
    this.#calls.push({ id, action, payload, atMicros, ordinal, ...open })
    // Cut only when it is twice as long: shifting costs every time.
    if (this.#calls.length < longestLog * 2) return
    this.#calls = this.#calls.slice(-longestLog)
    const oldest = this.#calls[0]?.ordinal ?? 0
    for (const known of this.#consumed) if (known < oldest) this.#consumed.delete(known)
  }

  /** How the latest CALL of this id ended; what is said later of the same does not count. */
  settled(id: string, end: CallEnd): void {
    for (let at = this.#calls.length - 1; at >= 0; at -= 1) {
      const call = this.#calls[at]
      if (call?.id !== id || call.settled) continue
      this.#calls[at] = { ...call, ...end, settled: true }
      return
    }
  }

  /** Answered and not yet consumed, oldest first. */
  open(action: string): readonly LoggedCall[] {
    return this.#calls.filter(
      (call) => call.action === action && call.settled && !this.#consumed.has(call.ordinal),
    )
  }

  consume({ ordinal }: LoggedCall): void {
    this.#consumed.add(ordinal)
  }
}
