import type { ConformanceCase } from '../case.ts'
import { answers } from './answers.ts'
import { malformedCalls } from './malformed-calls.ts'
import { messageIds } from './message-ids.ts'

/** What a CSMS does about frames that are wrong, late, too many, or odd: what no official set asks. */
export const rpcCases: readonly ConformanceCase[] = [...malformedCalls, ...messageIds, ...answers]
