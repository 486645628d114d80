import type { CallOutcome } from '../../src/ocpp/rpc/call.ts'
import type { IssuedCall, LoadStation } from '../../src/simulator/executors/load-station.ts'

/** A station for tests of executors: notes what it is told to send and answers when told to. */
export class FakeStation implements LoadStation {
  readonly index: number
  ready = true
  /** Action, intended and due instants of every CALL. */
  readonly issued: { action: string; intended: number; due: number }[] = []
  readonly #open: IssuedCall[] = []
  readonly #atOnce: boolean

  constructor(index: number, answersAtOnce = true) {
    this.index = index
    this.#atOnce = answersAtOnce
  }

  issue(call: IssuedCall): void {
    const { action, intendedMicros, dueMicros } = call
    this.issued.push({ action, intended: intendedMicros, due: dueMicros })
    this.#open.push(call)
    if (this.#atOnce) this.answer()
  }

  answer(outcome: CallOutcome = { kind: 'result', payload: {} }): void {
    this.#open.shift()?.done(outcome)
  }
}
