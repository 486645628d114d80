import { amiss, type WantedCall } from '../../ocpp/matchers/expected-call.ts'
import type { LoggedCall } from './call-log.ts'
import { type StepContext, StepFailure } from './step-context.ts'

/** Looks out for CALLs of the station until a real time has passed. */
export class CallWatch {
  readonly #context: StepContext
  readonly #withinMs: number
  readonly #begunMicros: number
  /** CALLs up to this ordinal came before the watch, or before the last match of a sequence. */
  readonly #before: number
  #after = -1
  /** Why the latest CALL of the right action did not match. */
  #nearMiss: string | undefined

  constructor(context: StepContext, withinMs: number) {
    this.#context = context
    this.#withinMs = withinMs
    this.#begunMicros = context.clock.monotonicMicros()
    this.#before = context.station.calls.latest
  }

  /** The next CALL that matches, later than the one before; consumed. Fails when time is up. */
  async next(wanted: WantedCall): Promise<LoggedCall> {
    const call = await this.#until(() => this.#take(wanted))
    if (call) return call
    const summary = `no ${wanted.action} within ${this.#withinMs} ms`
    const miss = this.#nearMiss
    throw new StepFailure(miss === undefined ? summary : `${summary}; one came, but ${miss}`)
  }

  /** Waits all of the time; fails if such a CALL comes. */
  async none(unwanted: WantedCall): Promise<void> {
    this.#after = this.#before
    const call = await this.#until(() => this.#take(unwanted))
    if (!call) return
    const shown = JSON.stringify(call.payload).slice(0, 200)
    throw new StepFailure(`${unwanted.action} came, and none should: ${shown}`)
  }

  #take(wanted: WantedCall): LoggedCall | undefined {
    const { calls } = this.#context.station
    const found = calls
      .open(wanted.action)
      .find((call) => call.ordinal > this.#after && this.#matches(call, wanted))
    if (!found) return undefined
    calls.consume(found)
    this.#after = found.ordinal
    return found
  }

  #matches(call: LoggedCall, wanted: WantedCall): boolean {
    const wrong = amiss(call, wanted)
    if (wrong !== undefined) this.#nearMiss = wrong
    return wrong === undefined
  }

  #until(look: () => LoggedCall | undefined): Promise<LoggedCall | undefined> {
    const { clock, cancel, station } = this.#context
    const passedMs = (clock.monotonicMicros() - this.#begunMicros) / 1000
    return station.changes.until(look, { clock, cancel, ms: this.#withinMs - passedMs })
  }
}
