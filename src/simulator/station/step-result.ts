import type { CallOutcome } from '../../ocpp/rpc/call.ts'
import type { StepResult } from '../steps/actor.ts'

/** Done, without an answer to show: nothing was sent, or the station is offline. */
export const done: StepResult = { ok: true, reason: '', answer: undefined }

/** Done, and this was the answer. */
export function doneWith(answer: object): StepResult {
  return { ok: true, reason: '', answer }
}

/** @param reason without what differs between stations, so that reports can add up */
export function failed(reason: string, answer?: object): StepResult {
  return { ok: false, reason, answer }
}

/**
 * What the outcome of a CALL means for the step that sent it. Offline is no failure: the station
 * works on, and what must arrive waits in its queue.
 */
export function resultOf(action: string, outcome: CallOutcome): StepResult {
  switch (outcome.kind) {
    case 'result':
      return doneWith(outcome.payload)
    case 'error':
      return failed(
        `${action} was answered with CALLERROR ${outcome.wireCode}${outcome.description && `: ${outcome.description}`}`,
      )
    case 'invalid':
      return failed(`the answer to ${action} is not valid: ${outcome.fault}`, outcome.payload)
    case 'timeout':
      return failed(`${action} was not answered in time`)
    case 'lost':
      return done
    case 'unsent':
      return outcome.reason === 'closed' ? done : failed(`${action} found no room in the queue`)
  }
}

/** What the first outcome of a queued CALL means for the step that waits for it. */
export function attempt(
  action: string,
  add: (attempted: (outcome: CallOutcome) => void) => void,
): Promise<StepResult> {
  return new Promise((resolve) => add((outcome) => resolve(resultOf(action, outcome))))
}
