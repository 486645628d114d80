import type { OcppVersion } from '../../ocpp/version.ts'
import type { ExitCode } from '../../shared/exit-codes.ts'
import type { CaseSource, Level } from '../cases/case.ts'
import type { TraceEntry } from '../play/trace.ts'
import type { Check, SkipReason, Verdict } from '../play/verdict.ts'

/** What came of a run of cases: what `--json` prints and every writer reads. Only ever extended. */
export interface ConformanceReport {
  readonly schemaVersion: 1
  readonly kind: 'conformance'
  /** Aborted: stopped by a signal, with cases to go. */
  readonly verdict: 'pass' | 'fail' | 'aborted'
  readonly exitCode: ExitCode
  /** Why it is no pass; empty otherwise. */
  readonly reasons: readonly string[]
  readonly protocol: OcppVersion
  readonly target: TargetFacts
  readonly runId: string
  /** RFC 3339. */
  readonly startedAt: string
  readonly seconds: number
  readonly csmsVersion: string
  /** What is red: what breaks a MUST, or also what breaks a SHOULD. */
  readonly level: Level
  /** The words of a command line that runs the same again. */
  readonly repeat: readonly string[]
  readonly totals: Totals
  /** In the order of the cases. */
  readonly groups: readonly GroupReport[]
  readonly cases: readonly CaseReport[]
}

export interface TargetFacts {
  /** Without user, password and query. */
  readonly url: string
  /** The management system of csms itself, in the same process. */
  readonly embedded: boolean
}

/** How many cases: by verdict, and what else is to be known of them. */
export interface Totals extends Readonly<Record<Verdict, number>> {
  readonly cases: number
  /** Those that make the run fail. */
  readonly red: number
  /** Failures that a list of known ones named. */
  readonly known: number
  /** Those that passed only when they were played again. */
  readonly flaky: number
}

export interface GroupReport extends Totals {
  readonly group: string
}

/**
 * What a case means for the run. `red`: the run fails. `known`: it failed as the list of known
 * failures says, so that the run does not.
 */
export type Outcome = 'green' | 'warning' | 'red' | 'known' | 'skipped'

/** What a list of known failures says about a case, and whether it is still true. */
export interface KnownFailure {
  readonly reason: string
  readonly link?: string
  /** Day on which the entry ends: `2027-03-01`. */
  readonly until?: string
  /** Anything but `fails` makes the case red. */
  readonly standing: KnownStanding
}

/** `otherwise`: it does fail, by checks that the entry does not name. */
export type KnownStanding = 'fails' | 'passes' | 'expired' | 'otherwise'

/** A case with its verdict, and every check with the frame that decided it. */
export interface CaseReport {
  readonly id: string
  readonly title: string
  readonly profile: string
  readonly group: string
  readonly source: CaseSource
  readonly stability: 'stable' | 'provisional'
  readonly feature?: string
  readonly tags: readonly string[]
  readonly verdict: Verdict
  readonly outcome: Outcome
  /** Of a skip and an error: why. */
  readonly reason?: string
  readonly skip?: SkipReason
  readonly known?: KnownFailure
  readonly seconds: number
  /** How often it was played; more than 1: what came before did not pass. */
  readonly attempts: number
  readonly checks: readonly CheckReport[]
  /** The words of a command line that plays it alone. */
  readonly repeat: readonly string[]
  /** Without secrets. */
  readonly trace: readonly TraceEntry[]
}

/** `frame`: index in the trace; null where what was missing is no frame. */
export interface CheckReport extends Omit<Check, 'frame'> {
  readonly frame: number | null
}
