import type { CallOutcome } from '../../ocpp/rpc/call.ts'
import { optional, withDefault } from '../scenario/fields/field.ts'
import { boolean, text } from '../scenario/fields/scalars.ts'
import { type Matcher, matcher, save } from '../scenario/fields/values.ts'
import { mismatch, mismatchText } from '../scenario/matchers.ts'
import type { StepResult } from './actor.ts'
import { type StepContext, StepFailure } from './step-context.ts'

/** `answer` and `save`, for every step that sends. */
export const answering = {
  answer: optional(matcher(), 'What the answer must look like.'),
  save: optional(save(), 'Values to keep from the answer, for {name} in later steps.'),
}

/** For steps that send a raw CALL. */
export const callError = optional(
  text({ wants: 'an OCPP error code, or $any', longest: 60 }),
  'The CALLERROR code that must come instead of an answer; $any takes each.',
)

export interface Wanted {
  readonly answer: Matcher | undefined
  readonly save: Readonly<Record<string, string>> | undefined
}

/** For steps that a station may refuse without a word to the CSMS. */
export const refusable = withDefault(
  boolean(),
  'The station must refuse it, by itself or because the CSMS said so.',
  false,
)

/** Arguments that may stand beside any step that sends. */
export const besideAnswering: readonly string[] = ['answer', 'save']

/**
 * Judges what came of a physical step. With `answer` the scenario says itself what is right (also a
 * refusal); without it the step has to work.
 */
export function judge(
  result: StepResult,
  wanted: Wanted & { readonly refused?: boolean },
  context: StepContext,
): void {
  if (wanted.refused && result.ok) throw new StepFailure('it was not refused')
  if (wanted.refused && !wanted.answer && !wanted.save) return
  if (!result.ok && !(wanted.answer && result.answer)) throw new StepFailure(result.reason)
  if (wanted.answer || wanted.save) judgeAnswer(result.answer, wanted, context)
}

/** Holds a payload against `answer` and keeps what `save` names. */
export function judgeAnswer(
  payload: object | undefined,
  wanted: Wanted,
  context: StepContext,
): void {
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
export function keep(paths: Wanted['save'], payload: object, context: StepContext): void {
  const lost = paths && context.variables.save(paths, payload)
  if (lost !== undefined) throw new StepFailure(`nothing to save at ${lost}`)
}

/** Judges how a raw CALL ended. */
export function judgeOutcome(
  outcome: CallOutcome,
  wanted: Wanted & { readonly callError: string | undefined },
  context: StepContext,
): void {
  switch (outcome.kind) {
    case 'result':
      if (wanted.callError !== undefined) throw new StepFailure(expectedError(wanted.callError))
      return judgeAnswer(outcome.payload, wanted, context)
    case 'error':
      return judgeCallError(outcome.wireCode, outcome.description, wanted.callError)
    case 'invalid': {
      const summary = 'the answer breaks its schema'
      throw new StepFailure(summary, `${summary}: ${outcome.fault}`)
    }
    case 'timeout':
      throw new StepFailure('no answer in time')
    case 'lost':
      throw new StepFailure('the connection was lost before the answer')
    case 'unsent':
      throw new StepFailure(outcome.reason === 'full' ? 'too many CALLs wait' : 'not connected')
  }
}

export function expectedError(code: string): string {
  return `expected CALLERROR ${code}, got an answer`
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
