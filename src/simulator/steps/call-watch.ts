import { amiss, type WantedCall } from '../../ocpp/matchers/expected-call.ts'
import { Cancelled } from '../../shared/cancel.ts'
import type { IncomingCall } from './actor.ts'
import { type StepContext, StepFailure } from './step-context.ts'

/** Looks out for CALLs of the CSMS until a real time has passed. */
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
    this.#begunMicros = context.actor.clocks.real.monotonicMicros()
    this.#before = context.incoming.latest
  }

  /** The next CALL that matches, later than the one before; consumed. Fails when time is up. */
  async next(wanted: WantedCall): Promise<IncomingCall> {
    const call = await this.#until(() => this.#take(wanted))
    if (call) return call
    const summary = `no ${wanted.action} within ${this.#withinMs} ms`
    const why = this.#nearMiss === undefined ? '' : `; one came, but ${this.#nearMiss}`
    throw new StepFailure(
      this.#nearMiss === undefined
        ? summary
        : `no matching ${wanted.action} within ${this.#withinMs} ms`,
      summary + why,
    )
  }

  /** Waits all of the time; fails if such a CALL comes. */
  async none(unwanted: WantedCall): Promise<void> {
    this.#after = this.#before
    const call = await this.#until(() => this.#take(unwanted))
    if (!call) return
    const summary = `${unwanted.action} came, and none should`
    throw new StepFailure(summary, `${summary}: ${JSON.stringify(call.payload).slice(0, 200)}`)
  }

  #take(wanted: WantedCall): IncomingCall | undefined {
    const { incoming } = this.#context
    const found = incoming
      .open(wanted.action)
      .find((call) => call.ordinal > this.#after && this.#matches(call, wanted))
    if (!found) return undefined
    incoming.consume(found)
    this.#after = found.ordinal
    return found
  }

  #matches(call: IncomingCall, wanted: WantedCall): boolean {
    const wrong = amiss(call, wanted)
    if (wrong !== undefined) this.#nearMiss = wrong
    return wrong === undefined
  }

  /** What `look` finds, now or after a CALL came in; undefined when time is up. */
  #until(look: () => IncomingCall | undefined): Promise<IncomingCall | undefined> {
    const { cancel, incoming, actor } = this.#context
    const clock = actor.clocks.real
    const now = look()
    if (now) return Promise.resolve(now)
    return new Promise((resolve, reject) => {
      const passedMs = (clock.monotonicMicros() - this.#begunMicros) / 1000
      const stops: (() => void)[] = []
      const finish = (end: () => void): void => {
        for (const stop of stops) stop()
        end()
      }
      stops.push(
        incoming.onIncoming(() => {
          const call = look()
          if (call) finish(() => resolve(call))
        }),
        clock.after(Math.max(0, this.#withinMs - passedMs), () => finish(() => resolve(undefined))),
      )
      // Last: it calls back at once where the script has been cancelled already.
      stops.push(cancel.onCancel((reason) => finish(() => reject(new Cancelled(reason)))))
    })
  }
}
