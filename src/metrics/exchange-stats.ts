import { type EncodedHistogram, LatencyHistogram } from './latency-histogram.ts'
import { type Phase, phases } from './phase.ts'

/** What exchanges are told apart by; also the tags that thresholds select with. */
export interface ExchangeKey {
  readonly fleet: string
  readonly version: string
  readonly action: string
}

/**
 * How exchanges ended, by the window that holds their intended instant.
 *
 * Conservation: started = completed + callErrors + timeouts + lost + unfinished (+ unsent, which
 * `ExchangeStats.started` counts and a report leaves out: what was never sent never started).
 */
const outcomeNames = [
  /** Answered with a CALLRESULT, also one that breaks its schema. */
  'completed',
  /** Of `completed`: the CALLRESULT broke its schema. An answer, so it conserves; an error too. */
  'invalid',
  'callErrors',
  'timeouts',
  /** The socket went away while the CALL was outstanding. */
  'lost',
  /** Still outstanding when the drain ended. */
  'unfinished',
  /** Due, but the connection closed or its queue was full before its turn came. */
  'unsent',
  /** Due, but left out by the backlog policy. */
  'dropped',
  /** Open model: of all these, how many had an intended instant of their own. */
  'scheduled',
  /** By *completion*: CALLRESULTs that came while this window lasted, whenever they were due. */
  'achieved',
] as const

const histogramNames = ['response', 'failed', 'service', 'lag', 'gateWait'] as const

type ExchangeCounts = Readonly<Record<(typeof outcomeNames)[number], number>>

export type ExchangeWindowSnapshot = ExchangeCounts &
  Readonly<Record<(typeof histogramNames)[number], EncodedHistogram>>

export interface ExchangeSnapshot extends ExchangeKey {
  readonly started: number
  /** SENDs of 2.1: messages that are no exchanges. */
  readonly sends: number
  readonly windows: Readonly<Partial<Record<Phase, ExchangeWindowSnapshot>>>
}

/** Counts and times of one window. */
export class ExchangeWindow {
  completed = 0
  invalid = 0
  callErrors = 0
  timeouts = 0
  lost = 0
  unfinished = 0
  unsent = 0
  dropped = 0
  scheduled = 0
  achieved = 0
  /** Response times of CALLRESULTs. */
  readonly response = new LatencyHistogram()
  /** Everything else at its age: CALLERRORs, timeouts, lost, unfinished, unsent. */
  readonly failed = new LatencyHistogram()
  /** Sent to answered, CALLRESULTs. */
  readonly service = new LatencyHistogram()
  /** Open model: intended to fired, the generator's own delay. */
  readonly lag = new LatencyHistogram()
  /** Open model: fired to sent (socket not open, boot not accepted, another CALL outstanding). */
  readonly gateWait = new LatencyHistogram()

  /** Response times of everything that was due: a timeout must not make a percentile better. */
  get all(): LatencyHistogram {
    const all = new LatencyHistogram()
    all.add(this.response)
    all.add(this.failed)
    return all
  }

  /** Everything that was due and came to an end. */
  get settled(): number {
    const { completed, callErrors, timeouts, lost, unfinished, unsent } = this
    return completed + callErrors + timeouts + lost + unfinished + unsent
  }

  /** What `ocpp_errors` counts: all that was due and did not get a valid CALLRESULT. */
  get errors(): number {
    return this.settled - this.completed + this.invalid
  }

  absorb(snapshot: ExchangeWindowSnapshot): void {
    for (const name of outcomeNames) this[name] += snapshot[name]
    for (const name of histogramNames) this[name].addEncoded(snapshot[name])
  }

  snapshot(): ExchangeWindowSnapshot {
    const { completed, invalid, callErrors, timeouts, lost } = this
    const { unfinished, unsent, dropped, scheduled, achieved } = this
    return {
      completed,
      invalid,
      callErrors,
      timeouts,
      lost,
      unfinished,
      unsent,
      dropped,
      scheduled,
      achieved,
      response: this.response.encode(),
      failed: this.failed.encode(),
      service: this.service.encode(),
      lag: this.lag.encode(),
      gateWait: this.gateWait.encode(),
    }
  }
}

/** Station-initiated CALLs of one action, version and fleet. Looked up once, kept by the caller. */
export class ExchangeStats {
  readonly key: ExchangeKey
  started = 0
  sends = 0
  /** By the phase's place in `phases`; made when first needed, histograms are not small. */
  readonly #windows: (ExchangeWindow | undefined)[] = phases.map(() => undefined)

  constructor(key: ExchangeKey) {
    this.key = key
  }

  window(phase: number): ExchangeWindow {
    const window = this.#windows[phase]
    if (window) return window
    const made = new ExchangeWindow()
    this.#windows[phase] = made
    return made
  }

  absorb(snapshot: ExchangeSnapshot): void {
    this.started += snapshot.started
    this.sends += snapshot.sends
    phases.forEach((phase, index) => {
      const window = snapshot.windows[phase]
      if (window) this.window(index).absorb(window)
    })
  }

  snapshot(): ExchangeSnapshot {
    const windows: Partial<Record<Phase, ExchangeWindowSnapshot>> = {}
    phases.forEach((phase, index) => {
      const window = this.#windows[index]
      if (window) windows[phase] = window.snapshot()
    })
    return { ...this.key, started: this.started, sends: this.sends, windows }
  }
}
