import { ruleTitle } from '../conformance/rules/rule-table.ts'
import type { Validity } from '../metrics/validity.ts'
import { showCount, showCountOf, showRate, showSeconds } from './figures.ts'
import { findMaxWarnings } from './find-max-findings.ts'
import type {
  ArrivalReport,
  ArrivalsReport,
  ExchangesReport,
  GeneratorReport,
  ScriptsReport,
  ViolationsReport,
} from './result.ts'
import type { RampFacts, RunFacts } from './run-facts.ts'

/** Measured: a run with 1.5 % had the lag of one with none, one with 4 % four times that. */
const tellingStolenShare = 0.02

/** What does not change the verdict and must be known all the same, a sentence each. */
export function warningsOf(
  facts: RunFacts,
  found: {
    readonly exchanges: ExchangesReport
    readonly arrivals: ArrivalsReport | undefined
    readonly scripts: ScriptsReport
    readonly violations: ViolationsReport
    readonly generator: GeneratorReport
  },
  validity: Validity,
): string[] {
  const { exchanges, arrivals, scripts, violations } = found
  const warnings = [...findMaxWarnings(facts), ...rampWarnings(facts)]
  if (!facts.books.checked && facts.transactions.started > 0) {
    warnings.push('books: unchecked; nobody compared what the CSMS stored (--books URL does)')
  }
  if (validity.valid && validity.saturated) {
    const reasons = validity.reasons.join('; ')
    warnings.push(`generator saturated: the target may be faster than shown (${reasons})`)
  }
  const { stolenShare } = found.generator.machine
  if (stolenShare !== null && stolenShare >= tellingStolenShare) {
    warnings.push(
      `${(stolenShare * 100).toFixed(1)} % of this machine's CPU time went to its host (steal): times and generator lag hold those pauses too`,
    )
  }
  if (exchanges.dropped > 0) {
    const calls = showCountOf(exchanges.dropped, 'CALL was', 'CALLs were')
    warnings.push(`${calls} due and never sent`)
  }
  warnings.push(...arrivalWarnings(arrivals))
  // Scripts without an end are nothing to warn of; sessions that begin at a rate have one.
  if (arrivals?.sessions && scripts.cutOff) {
    const sessions = showCountOf(scripts.cutOff, 'session was', 'sessions were')
    warnings.push(`${sessions} cut off when the run was over ("gracefulStop" gives them longer)`)
  }
  if (exchanges.late > 0) {
    const answers = showCountOf(exchanges.late, 'answer')
    warnings.push(`${answers} came after the CALL had timed out`)
  }
  for (const [rule, { count, level, tolerated }] of Object.entries(violations.byRule)) {
    if (level === 'MUST' && !tolerated) continue
    const why = tolerated ? 'tolerated' : 'legal but odd'
    warnings.push(`${rule}, ${showCountOf(count, 'time')}, ${why}: ${ruleTitle(rule)}`)
  }
  return warnings
}

/** A late tick of a busy worker is no ramp that cannot keep up. */
const worthTellingSeconds = 1

/** Whether stations connected noticeably later than the rate of the ramp says. */
export function isBehind(facts: RunFacts): facts is RunFacts & { readonly ramp: RampFacts } {
  return (facts.ramp?.behindSeconds ?? 0) >= worthTellingSeconds
}

function rampWarnings(facts: RunFacts): string[] {
  if (!isBehind(facts)) return []
  const { behindSeconds, ratePerSecond, inFlight } = facts.ramp
  return [
    `the connect ramp was up to ${showSeconds(behindSeconds)} behind its ${showRate(ratePerSecond)}: with ${showCount(inFlight)} connects under way the next one waits (load.connect.inFlight)`,
  ]
}

function arrivalWarnings({ sessions, commands }: ArrivalsReport = {}): string[] {
  const never = (what: ArrivalReport | undefined): number =>
    what ? what.dropped + what.unbegun : 0
  const late = (count: number, one: string): string[] =>
    count === 0 ? [] : [`${showCountOf(count, `${one} was`, `${one}s were`)} due and never begun`]
  return [...late(never(sessions), 'session'), ...late(never(commands), 'command')]
}
