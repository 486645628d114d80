import { mismatch, mismatchText } from './matcher.ts'

/** A CALL to look out for; undefined matches anything. */
export interface WantedCall {
  readonly action: string
  readonly payload: unknown
  readonly answer: unknown
  /** The code of a CALLERROR; `$any` takes each. */
  readonly callError: string | undefined
  readonly unanswered: boolean
}

/** A CALL that came, and how it ended. */
export interface EndedCall {
  readonly payload: object
  /** What it was answered; undefined while it was not, or otherwise. */
  readonly answer: object | undefined
  /** The code of the CALLERROR that it was answered with, as on the wire. */
  readonly callError: string | undefined
  /** Left without an answer for good. */
  readonly unanswered: boolean
}

/** Why a CALL is not the one that is wanted; undefined: it is. */
export function amiss(call: EndedCall, wanted: WantedCall): string | undefined {
  const { payload } = wanted
  const differs = payload === undefined ? undefined : mismatch(payload, call.payload)
  return differs ? mismatchText(differs) : amissInEnd(call, wanted)
}

/** What is wrong with how a CALL ended; undefined: nothing. */
function amissInEnd(
  call: EndedCall,
  { answer, callError, unanswered }: WantedCall,
): string | undefined {
  if (answer !== undefined) {
    const differs = call.answer && mismatch(answer, call.answer)
    if (differs) return `it was answered with ${mismatchText(differs)}`
    return call.answer ? undefined : endOf(call)
  }
  if (callError !== undefined) {
    const right = call.callError !== undefined && [call.callError, '$any'].includes(callError)
    return right ? undefined : endOf(call)
  }
  return unanswered && !call.unanswered ? endOf(call) : undefined
}

function endOf({ answer, callError, unanswered }: EndedCall): string {
  if (callError !== undefined) return `it was answered with CALLERROR ${callError}`
  if (unanswered) return 'it was left without an answer'
  return answer ? 'it was answered' : 'it was not answered yet'
}
