import type { ConformanceCase } from '../case.ts'
import { answers } from './answers.ts'
import { connections } from './connections.ts'
import { frames } from './frames.ts'
import { malformedCalls } from './malformed-calls.ts'
import { messageIds } from './message-ids.ts'
import { payloads } from './payloads.ts'

const inOrder = (a: ConformanceCase, b: ConformanceCase): number => (a.id < b.id ? -1 : 1)

/** What a CSMS does about frames that are wrong, late, too many, or odd: what no official set asks. */
export const rpcCases: readonly ConformanceCase[] = [
  ...malformedCalls,
  ...messageIds,
  ...answers,
  ...frames,
  ...connections,
  ...payloads,
].toSorted(inOrder)
