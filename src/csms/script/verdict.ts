import type { OcppVersion } from '../../ocpp/version.ts'
import { type ExitCode, exitCodes } from '../../shared/exit-codes.ts'
import type { ScriptFailure } from './script-run.ts'

/** What came of a script, for people and machines. */
export interface ScriptVerdict {
  readonly name: string
  readonly file: string
  /** RFC 3339. */
  readonly startedAt: string
  readonly seconds: number
  readonly passed: boolean
  readonly exitCode: ExitCode
  readonly endedBy: EndedBy
  /** Why it did not pass, a sentence each. */
  readonly reasons: readonly string[]
  /** In the order of their first connection. */
  readonly stations: readonly StationVerdict[]
}

/** Enough stations were done, `until.within` or `until.idle` was over, or a signal came. */
export type EndedBy = 'done' | 'within' | 'idle' | 'interrupted'

export interface StationVerdict {
  readonly id: string
  readonly version: OcppVersion
  /**
   * `calledOff`: still playing when the run ended, and not held against it; `answered`: there is no
   * script for it, only answers.
   */
  readonly outcome: 'passed' | 'failed' | 'calledOff' | 'answered'
  readonly failure: ScriptFailure | undefined
  /** Of its connection until it ended. */
  readonly seconds: number
  /** Scripted answers that it was given, by action. */
  readonly answers: Readonly<Record<string, number>>
  /** What it broke, by rule. */
  readonly violations: Readonly<Record<string, Violation>>
}

export interface Violation {
  readonly count: number
  readonly level: 'MUST' | 'SHOULD'
  /** True: it fails the station. */
  readonly fails: boolean
  /** Of the first. */
  readonly detail: string
  readonly frame: string
}

export interface Findings {
  readonly endedBy: EndedBy
  readonly stations: readonly StationVerdict[]
  /** How many had to end their scripts; undefined = there is no script. */
  readonly wanted: number | undefined
}

/** Judges a run: what is wrong, a sentence each; empty = passed. */
export function reasonsOf({ endedBy, stations, wanted }: Findings): readonly string[] {
  const reasons = stations.filter(({ outcome }) => outcome === 'failed').map(failureText)
  if (endedBy === 'interrupted') reasons.push('It was stopped by a signal.')
  if (stations.length === 0) {
    return [...reasons, 'Nothing ran: no station connected that the script is for.']
  }
  const ended = stations.filter(({ outcome }) => outcome === 'passed' || outcome === 'failed')
  if (wanted !== undefined && ended.length < wanted && endedBy !== 'interrupted') {
    const are = wanted === 1 ? 'station has' : 'stations have'
    reasons.push(`${ended.length} of ${wanted} ${are} played the script.`)
  }
  return reasons
}

/** The code that the process ends with. */
export function exitCodeOf(endedBy: EndedBy, reasons: readonly string[]): ExitCode {
  if (endedBy === 'interrupted') return exitCodes.interrupted
  return reasons.length === 0 ? exitCodes.passed : exitCodes.conformance
}

/** `CP1: expect (line 12): no Heartbeat within 30000 ms` */
export function failureText({ id, failure, violations }: StationVerdict): string {
  if (failure) {
    const at = failure.line > 0 ? `${failure.step} (line ${failure.line}): ` : ''
    return `${id}: ${at}${failure.reason}`
  }
  const broken = Object.entries(violations).filter(([, { fails }]) => fails)
  const texts = broken.map(([rule, { count, detail }]) => `${rule} (${count} x): ${detail}`)
  return `${id} broke ${texts.join('; ')}`
}
