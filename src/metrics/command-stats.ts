import type { ExchangeKey } from './exchange-stats.ts'
import { type EncodedHistogram, LatencyHistogram } from './latency-histogram.ts'
import { type Phase, phases } from './phase.ts'

/** How a station answered a CALL of the CSMS. */
export type CommandAnswer = 'result' | 'error' | 'none'

export interface CommandSnapshot extends ExchangeKey {
  readonly received: number
  readonly answered: number
  readonly callErrors: number
  readonly unanswered: number
  readonly failed: number
  /** Told to answered, by the window in which the CSMS was told. */
  readonly times: Readonly<Partial<Record<Phase, EncodedHistogram>>>
}

/** CSMS-initiated CALLs of one action, as the stations of one fleet and version see them. */
export class CommandStats {
  readonly key: ExchangeKey
  received = 0
  answered = 0
  callErrors = 0
  /** Left without an answer on purpose, or the socket closed first. */
  unanswered = 0
  /** The CSMS was told to act and its command did not get a CALLRESULT. */
  failed = 0
  readonly #times: (LatencyHistogram | undefined)[] = phases.map(() => undefined)

  constructor(key: ExchangeKey) {
    this.key = key
  }

  time(phase: number): LatencyHistogram {
    const time = this.#times[phase]
    if (time) return time
    const made = new LatencyHistogram()
    this.#times[phase] = made
    return made
  }

  absorb(snapshot: CommandSnapshot): void {
    this.received += snapshot.received
    this.answered += snapshot.answered
    this.callErrors += snapshot.callErrors
    this.unanswered += snapshot.unanswered
    this.failed += snapshot.failed
    phases.forEach((phase, index) => {
      const time = snapshot.times[phase]
      if (time) this.time(index).addEncoded(time)
    })
  }

  snapshot(): CommandSnapshot {
    const times: Partial<Record<Phase, EncodedHistogram>> = {}
    phases.forEach((phase, index) => {
      const time = this.#times[index]
      if (time) times[phase] = time.encode()
    })
    const { received, answered, callErrors, unanswered, failed } = this
    return { ...this.key, received, answered, callErrors, unanswered, failed, times }
  }
}
