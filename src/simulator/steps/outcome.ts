import type { Answering, Ending } from '../../document/fields/ending.ts'
import { withDefault } from '../../document/fields/field.ts'
import { boolean } from '../../document/fields/scalars.ts'
import { mismatch, mismatchText } from '../../ocpp/matchers/matcher.ts'
import type { CallOutcome } from '../../ocpp/rpc/call.ts'
import type { StepResult } from './actor.ts'
import { type StepContext, StepFailure } from './step-context.ts'

/** For steps that a station may refuse without a word to the CSMS. */
export const refusable = withDefault(
  boolean(),
  'The station must refuse it, by itself or because the CSMS said so.',
  false,
)

/**
 * Judges what came of a physical step. With `answer` the scenario says itself what is right (also a
 * refusal); without it the step has to work.
 */
export function judge(
  result: StepResult,
  wanted: Answering & { readonly refused?: boolean },
  context: StepContext,
): void {
  if (wanted.refused && result.ok) throw new StepFailure('it was not refused')
  if (wanted.refused && !wanted.answer && !wanted.save) return
  if (!result.ok && !(wanted.answer && result.answer)) throw new StepFailure(result.reason)
  if (wanted.answer || wanted.save) judgeAnswer(result.answer, wanted, context)
}

/** Holds a payload against `answer` and keeps what `save` names. */
function judgeAnswer(payload: object | undefined, wanted: Answering, context: StepContext): void {
  if (!payload) throw new StepFailure('no answer came')
  if (wanted.answer) {
    const differs = mismatch(context.variables.value(wanted.answer.matches), payload)
    if (differs) {
      const { path, expected } = differs
      const detail = `answer ${mismatchText(differs)}`
      throw new StepFailure(`answer ${path} is not ${expected}`, detail)
    }
  }
  keep(wanted.save, payload, context)
}

/** Saves from a payload; a path that is not in it fails the step. */
export function keep(paths: Answering['save'], payload: object, context: StepContext): void {
  const lost = paths && context.variables.save(paths, payload)
  if (lost !== undefined) throw new StepFailure(`nothing to save at ${lost}`)
}

/** Judges a CALL that was answered with a CALLRESULT. */
export function judgeResult(
  payload: object,
  wanted: Answering & Ending,
  context: StepContext,
): void {
  const { callError, unanswered } = wanted
  if (unanswered) throw new StepFailure('it was answered')
  if (callError !== undefined)
    throw new StepFailure(`expected CALLERROR ${callError}, got an answer`)
  judgeAnswer(payload, wanted, context)
}

/** Judges how a raw CALL ended. */
export function judgeOutcome(
  outcome: CallOutcome,
  wanted: Answering & Ending,
  context: StepContext,
): void {
  switch (outcome.kind) {
    case 'result':
      return judgeResult(outcome.payload, wanted, context)
    case 'error':
      return judgeCallError(outcome.wireCode, outcome.description, wanted.callError)
    case 'invalid': {
      if (wanted.unanswered) return
      const summary = 'the answer breaks its schema'
      throw new StepFailure(summary, `${summary}: ${outcome.fault}`)
    }
    case 'timeout':
      if (wanted.unanswered) return
      throw new StepFailure('no answer in time')
    case 'lost':
      throw new StepFailure('the connection was lost before the answer')
    case 'unsent':
      throw new StepFailure(outcome.reason === 'full' ? 'too many CALLs wait' : 'not connected')
  }
}

/** A CALLERROR came: right only if the script asked for this one. */
export function judgeCallError(
  code: string,
  description: string,
  wanted: string | undefined,
): void {
  if (wanted === code || wanted === '$any') return
  const got = `CALLERROR ${code}`
  const summary = wanted === undefined ? `got ${got}` : `expected CALLERROR ${wanted}, got ${got}`
  throw new StepFailure(summary, description === '' ? summary : `${summary}: ${description}`)
}
