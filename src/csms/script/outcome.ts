import type { Answering, Ending } from '../../document/fields/ending.ts'
import { mismatch, mismatchText } from '../../ocpp/matchers/matcher.ts'
import type { CommandOutcome } from '../gateway/commander.ts'
import { type StepContext, StepFailure } from './step-context.ts'

type Wanted = Answering & Ending

/** Judges how a CALL of the script ended. */
export function judge(outcome: CommandOutcome, wanted: Wanted, context: StepContext): void {
  switch (outcome.status) {
    case 'answered':
      if (wanted.unanswered) throw new StepFailure('it was answered')
      if (wanted.callError !== undefined) {
        throw new StepFailure(`expected CALLERROR ${wanted.callError}, got an answer`)
      }
      return judgeAnswer(outcome.payload, wanted, context)
    case 'callError':
      return judgeCallError(outcome.code, outcome.description, wanted.callError)
    case 'invalidAnswer':
      if (wanted.unanswered) return
      throw new StepFailure(`the answer breaks its schema: ${outcome.fault}`)
    case 'timeout':
      if (wanted.unanswered) return
      throw new StepFailure('no answer in time')
    case 'lost':
      throw new StepFailure('the connection was lost before the answer')
    case 'offline':
    case 'unknownStation':
      throw new StepFailure('not connected')
    case 'refused':
      throw new StepFailure(outcome.message)
  }
}

function judgeAnswer(payload: object, wanted: Wanted, context: StepContext): void {
  const { answer } = wanted
  const differs = answer && mismatch(context.variables.value(answer.matches), payload)
  if (differs) throw new StepFailure(`answer ${mismatchText(differs)}`)
  keep(wanted.save, payload, context)
}

function judgeCallError(code: string, description: string, wanted: string | undefined): void {
  if (wanted === code || wanted === '$any') return
  const got = wanted === undefined ? 'got' : `expected CALLERROR ${wanted}, got`
  throw new StepFailure(`${got} CALLERROR ${code}${description === '' ? '' : `: ${description}`}`)
}

/** Saves from a payload; a path that is not in it fails the step. */
export function keep(paths: Wanted['save'], payload: object, context: StepContext): void {
  const lost = paths && context.variables.save(paths, payload)
  if (lost !== undefined) throw new StepFailure(`nothing to save at ${lost}`)
}
