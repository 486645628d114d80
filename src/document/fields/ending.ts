import type { Reader } from '../reader.ts'
import type { SourceNode } from '../source-node.ts'
import { answerMatcher } from './answer.ts'
import { optional, withDefault } from './field.ts'
import { boolean, text } from './scalars.ts'
import { type Matcher, save } from './values.ts'

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

export interface Ending {
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
export function oneAnswer<Args extends Ending & Pick<Answering, 'save'>>(
  args: Args,
  node: SourceNode,
  reader: Reader,
): Args | undefined {
  const isAnswered = args.callError === undefined && !args.unanswered
  if (isAnswered || !args.save) return oneEnding(args, node, reader)
  return reader.report(node.span, 'Without an answer there is nothing to save.')
}

/** Arguments that may stand beside any step that sends. */
export const besideAnswering: readonly string[] = ['answer', 'save']

/** What is asked of an answer that has to come. */
export interface Answering {
  readonly answer: Matcher | undefined
  readonly save: Readonly<Record<string, string>> | undefined
}
