import { type EncodedHistogram, LatencyHistogram } from './latency-histogram.ts'

/** What one process saw in one second of the run. */
export interface SecondSample {
  /** Whole seconds since the run began. */
  readonly second: number
  /** CALLs that fell due, dropped ones included. */
  readonly offered: number
  readonly completed: number
  readonly errors: number
  readonly dropped: number
  /** Sent and received. */
  readonly messages: number
  /** CALLs due and not settled, at the second's end. */
  readonly backlog: number
  /** Open WebSockets at the second's end. */
  readonly connected: number
  /** The most WebSockets that were open together within the second. */
  readonly peak: number
  /** Response times of what settled in this second, whatever its end. */
  readonly response: EncodedHistogram
  readonly lag: EncodedHistogram
}

/** A stalled process fills in at most so many seconds that it slept through. */
const longestQuietSeconds = 600

/** The second that runs, and those that ended and were not yet taken. */
export class SecondWindow {
  offered = 0
  completed = 0
  errors = 0
  dropped = 0
  messages = 0
  /** Gauge: survives the turn of the second. */
  backlog = 0
  readonly response = new LatencyHistogram()
  readonly lag = new LatencyHistogram()
  /** The instant at which this second ends. */
  endMicros = Number.NEGATIVE_INFINITY
  #second = 0
  #connected = 0
  #peak = 0
  #ended: SecondSample[] = []

  connect(): void {
    this.#connected += 1
    if (this.#connected > this.#peak) this.#peak = this.#connected
  }

  disconnect(): void {
    this.#connected -= 1
  }

  /** Ends the running second and begins `second`; quiet seconds between still have their gauges. */
  turn(second: number, endMicros: number): void {
    if (this.endMicros !== Number.NEGATIVE_INFINITY) {
      this.close()
      const quietFrom = Math.max(this.#second + 1, second - longestQuietSeconds)
      for (this.#second = quietFrom; this.#second < second; this.#second += 1) this.close()
    }
    this.#second = second
    this.endMicros = endMicros
  }

  /** Ends the running second. */
  close(): void {
    this.#ended.push({
      second: this.#second,
      offered: this.offered,
      completed: this.completed,
      errors: this.errors,
      dropped: this.dropped,
      messages: this.messages,
      backlog: this.backlog,
      connected: this.#connected,
      peak: this.#peak,
      response: this.response.encode(),
      lag: this.lag.encode(),
    })
    this.offered = 0
    this.completed = 0
    this.errors = 0
    this.dropped = 0
    this.messages = 0
    this.#peak = this.#connected
    this.response.clear()
    this.lag.clear()
  }

  take(): SecondSample[] {
    const ended = this.#ended
    this.#ended = []
    return ended
  }
}
