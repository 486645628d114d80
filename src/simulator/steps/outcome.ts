import { answerMatcher } from '../../document/fields/answer.ts'
import { optional, withDefault } from '../../document/fields/field.ts'
import { boolean, text } from '../../document/fields/scalars.ts'
import { type Matcher, save } from '../../document/fields/values.ts'
import type { Reader } from '../../document/reader.ts'
import type { SourceNode } from '../../document/source-node.ts'
import { mismatch, mismatchText } from '../../ocpp/matchers/matcher.ts'
import type { CallOutcome } from '../../ocpp/rpc/call.ts'
import type { StepResult } from './actor.ts'
import { type StepContext, StepFailure } from './step-context.ts'

const answer = optional(answerMatcher(), 'What the answer must look like.')

/** `answer` and `save`, for every step that sends. */
export const answering = {
  answer,
  save: optional(save(), 'Values to keep from the answer, for {name} in later steps.'),
}

/** How a CALL has to end, for steps about a raw one: one of them. */
export const ending = {
  answer,
  callError: optional(
    text({ wants: 'an OCPP error code, or $any', longest: 60 }),
    'The CALLERROR code that must come instead of an answer; $any takes each.',
  ),
  unanswered: withDefault(boolean(), 'No valid answer may come.', false),
}

/** The arguments of `ending`, which may stand beside the step. */
export const besideEnding = Object.keys(ending)

interface Ending {
  readonly answer: Matcher | undefined
  readonly callError: string | undefined
  readonly unanswered: boolean
}

/** A CALL ends in one way. */
export function oneEnding<Args extends Ending>(
  args: Args,
  node: SourceNode,
  reader: Reader,
): Args | undefined {
  const said = [args.answer, args.callError, args.unanswered || undefined]
  if (said.filter((one) => one !== undefined).length <= 1) return args
  return reader.report(node.span, 'One of "answer", "callError" and "unanswered" at a time.')
}

/** As `oneEnding`, for steps that save from the answer. */
export function oneAnswer<Args extends Ending & Pick<Wanted, 'save'>>(
  args: Args,
  node: SourceNode,
  reader: Reader,
): Args | undefined {
  const isAnswered = args.callError === undefined && !args.unanswered
  if (isAnswered || !args.save) return oneEnding(args, node, reader)
  return reader.report(node.span, 'Without an answer there is nothing to save.')
}

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

/** Judges a CALL that was answered with a CALLRESULT. */
export function judgeResult(payload: object, wanted: Wanted & Ending, context: StepContext): void {
  const { callError, unanswered } = wanted
  if (unanswered) throw new StepFailure('it was answered')
  if (callError !== undefined)
    throw new StepFailure(`expected CALLERROR ${callError}, got an answer`)
  judgeAnswer(payload, wanted, context)
}

/** Judges how a raw CALL ended. */
export function judgeOutcome(
  outcome: CallOutcome,
  wanted: Wanted & Ending,
  context: StepContext,
): void {
  switch (outcome.kind) {
    case 'result':
      return judgeResult(outcome.payload, wanted, context)
    case 'error':
      return judgeCallError(outcome.wireCode, outcome.description, wanted.callError)
    case 'invalid': {
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
