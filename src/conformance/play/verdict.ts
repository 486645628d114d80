import type { Level } from '../cases/case.ts'
import type { TraceEntry } from './trace.ts'

export type Verdict = 'pass' | 'warn' | 'fail' | 'error' | 'skip'

/** Why nothing was judged. */
export type SkipReason = 'no-hook' | 'not-applicable' | 'precondition'

/** One thing that was looked at, and the frame that decided it. */
export interface Check {
  readonly name: string
  readonly level: Level
  readonly clause: string
  readonly passed: boolean
  /** What was seen, and what should have been: for people. */
  readonly detail: string
  /** Index in the trace; undefined where what was missing is no frame. */
  readonly frame: number | undefined
}

export interface CaseResult {
  readonly id: string
  readonly title: string
  readonly verdict: Verdict
  /** Of a skip and an error: why. */
  readonly reason?: string
  readonly skip?: SkipReason
  readonly checks: readonly Check[]
  readonly trace: readonly TraceEntry[]
  readonly seconds: number
}

/** Faults of a connection against one rule that are kept: a CSMS that floods fills no memory. */
export const mostOfARule = 50

/** Red before yellow before green: a case is as good as the worst of its checks. */
export function verdictOf(checks: readonly Check[]): 'pass' | 'warn' | 'fail' {
  const wrong = checks.filter(({ passed }) => !passed)
  if (wrong.length === 0) return 'pass'
  return wrong.some(({ level }) => level === 'MUST') ? 'fail' : 'warn'
}
