import type { OcppVersion } from '../../ocpp/version.ts'
import { rounded } from '../../report/figures.ts'
import { withoutSecrets } from '../../report/without-secrets.ts'
import { type ExitCode, exitCodes, foremostExitCode } from '../../shared/exit-codes.ts'
import type { Level } from '../cases/case.ts'
import { clauseFor } from '../cases/clauses.ts'
import type { Check, Verdict } from '../play/verdict.ts'
import { ruleTable } from '../rules/rule-table.ts'
import type { PlayedCase } from '../run/conformance-run.ts'
import type {
  CaseReport,
  CheckReport,
  ConformanceReport,
  GroupReport,
  KnownFailure,
  Outcome,
  TargetFacts,
  Totals,
} from './result.ts'

/** Everything that a report is made of. */
export interface ConformanceFacts {
  readonly protocol: OcppVersion
  readonly target: TargetFacts
  readonly runId: string
  /** RFC 3339. */
  readonly startedAt: string
  readonly seconds: number
  readonly csmsVersion: string
  /** What is red. */
  readonly level: Level
  /** Options, each with its value, that a case depends on; without secrets, and without a selection. */
  readonly options: readonly (readonly string[])[]
  /** Options that say which cases. */
  readonly selection: readonly (readonly string[])[]
  readonly results: readonly PlayedCase[]
  /** What a list of known failures says about a case. */
  readonly known?: (played: PlayedCase) => KnownFailure | undefined
  /** What else makes it no pass. */
  readonly grounds?: readonly { readonly code: ExitCode; readonly reason: string }[]
}

/** What one case needs of them. */
export type CaseReportFacts = Pick<ConformanceFacts, 'level' | 'options' | 'known'>

/** One result of everything that was seen, with what it means for the run. */
export function buildConformanceReport(facts: ConformanceFacts): ConformanceReport {
  const { protocol, target, runId, startedAt, csmsVersion, level, options, selection } = facts
  const cases = facts.results.map((played) => caseReport(played, facts))
  const totals = totalsOf(cases)
  const others = facts.grounds ?? []
  const nothing = others.length > 0 && cases.length === 0
  const grounds = nothing ? others : [...others, ...groundsOf(cases, totals)]
  const exitCode = foremostExitCode(grounds.map(({ code }) => code))
  return {
    schemaVersion: 1,
    kind: 'conformance',
    verdict: verdictOfRun(exitCode),
    exitCode,
    reasons: grounds.map(({ reason }) => reason),
    protocol,
    target: { ...target, url: withoutSecrets(target.url) },
    runId,
    startedAt,
    seconds: rounded(facts.seconds),
    csmsVersion,
    level,
    repeat: commandOf([...options, ...selection]),
    totals,
    groups: groupsOf(cases),
    cases,
  }
}

function verdictOfRun(exitCode: ExitCode): ConformanceReport['verdict'] {
  if (exitCode === exitCodes.passed) return 'pass'
  return exitCode === exitCodes.interrupted ? 'aborted' : 'fail'
}

/** A case with what it means for the run. */
export function caseReport(played: PlayedCase, facts: CaseReportFacts): CaseReport {
  const { id, title, verdict, reason, skip, seconds, attempts, checks, trace } = played
  const { profile, group, source, stability, feature, tags } = played.case
  const known = facts.known?.(played)
  return {
    id,
    title,
    profile,
    group,
    source,
    stability,
    ...(feature !== undefined && { feature }),
    tags,
    verdict,
    outcome: outcomeOf(verdict, known, facts.level),
    ...(reason !== undefined && { reason }),
    ...(skip !== undefined && { skip }),
    ...(known && { known }),
    seconds,
    attempts,
    checks: checks.map((check) => checkReport(check, played.case.version)),
    repeat: commandOf([...facts.options, ['--case', id]]),
    trace,
  }
}

/** What a rule found is named by its id: it is told with the clause of the rule in that version. */
function checkReport(check: Check, version: OcppVersion): CheckReport {
  const { name, clause, frame = null } = check
  const rule = ruleTable.find(({ id }) => id === name)
  const cited = rule && clause === name ? clauseFor(version, rule.clause) : clause
  return { ...check, clause: cited, frame }
}

function outcomeOf(verdict: Verdict, known: KnownFailure | undefined, level: Level): Outcome {
  if (known && known.standing !== 'fails') return 'red'
  switch (verdict) {
    case 'pass':
      return 'green'
    case 'warn':
      return level === 'MUST' ? 'warning' : known ? 'known' : 'red'
    case 'fail':
      return known ? 'known' : 'red'
    case 'error':
      return 'red'
    case 'skip':
      return 'skipped'
  }
}

function groundsOf(cases: readonly CaseReport[], totals: Totals) {
  const code = exitCodes.conformance
  const verdicts = (['fail', 'error', 'warn'] as const).flatMap((verdict) => {
    const red = cases.filter(
      (one) => one.outcome === 'red' && !isListedWrong(one) && one.verdict === verdict,
    )
    if (red.length === 0) return []
    return [`${phrases[verdict](red.length)}: ${someOf(red.map(({ id }) => id))}`, ...commonTo(red)]
  })
  const listed = cases.filter(isListedWrong).map(({ id, known }) => `${id} ${knownWords(known)}`)
  const played = totals.cases - totals.skip
  const nothing = played > 0 ? [] : [nothingPlayed(totals)]
  return [...verdicts, ...listed, ...nothing].map((reason) => ({ code, reason }))
}

/** Cases that fail for one reason are told so: it is the first thing to repair. */
const fewestAlike = 3

/** What most of these cases failed by first, word for word. */
function commonTo(red: readonly CaseReport[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const { checks } of red) {
    const first = checks.find(({ passed }) => !passed)
    if (first) counts.set(first.detail, (counts.get(first.detail) ?? 0) + 1)
  }
  return [...counts]
    .filter(([, count]) => count >= fewestAlike && 2 * count > red.length)
    .map(([detail, count]) => `${count} of them for one reason: ${detail}`)
}

/** Its entry in the list of known failures says what is not so. */
function isListedWrong(one: CaseReport): one is CaseReport & { readonly known: KnownFailure } {
  return one.known !== undefined && one.known.standing !== 'fails'
}

const casesOf = (count: number): string => (count === 1 ? '1 case' : `${count} cases`)

const phrases = {
  fail: (count: number) => `${casesOf(count)} failed`,
  error: (count: number) => `${casesOf(count)} could not be judged`,
  warn: (count: number) => `${casesOf(count)} broke a SHOULD`,
} as const

/** What is wrong with an entry in the list of known failures. */
export function knownWords({ standing, reason, until }: KnownFailure): string {
  switch (standing) {
    case 'fails':
      return `fails as known: ${reason}`
    case 'passes':
      return `is listed as a known failure and did not fail: ${reason}`
    case 'expired':
      return `is listed as a known failure until ${until ?? 'a day that is over'}: ${reason}`
    case 'otherwise':
      return `fails otherwise than the list of known failures says: ${reason}`
  }
}

function nothingPlayed({ cases }: Totals): string {
  return cases === 0 ? 'no case was selected' : `nothing was played: all ${cases} were skipped`
}

const mostIds = 5

function someOf(ids: readonly string[]): string {
  const shown = ids.slice(0, mostIds).join(', ')
  return ids.length > mostIds ? `${shown} and ${ids.length - mostIds} more` : shown
}

function groupsOf(cases: readonly CaseReport[]): readonly GroupReport[] {
  const names = [...new Set(cases.map(({ group }) => group))]
  return names.map((group) => ({
    group,
    ...totalsOf(cases.filter((one) => one.group === group)),
  }))
}

function totalsOf(cases: readonly CaseReport[]): Totals {
  const of = (verdict: Verdict) => cases.filter((one) => one.verdict === verdict).length
  const meaning = (outcome: Outcome) => cases.filter((one) => one.outcome === outcome).length
  return {
    cases: cases.length,
    pass: of('pass'),
    warn: of('warn'),
    fail: of('fail'),
    error: of('error'),
    skip: of('skip'),
    red: meaning('red'),
    known: meaning('known'),
    flaky: cases.filter(isFlaky).length,
  }
}

/** It passed, and not at once. */
export function isFlaky({ attempts, verdict }: Pick<CaseReport, 'attempts' | 'verdict'>): boolean {
  return attempts > 1 && (verdict === 'pass' || verdict === 'warn')
}

function commandOf(options: readonly (readonly string[])[]): readonly string[] {
  return ['csms', 'conformance', ...options.flat()]
}
