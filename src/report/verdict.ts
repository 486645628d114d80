import { ruleTitle } from '../conformance/rules/rule-table.ts'
import type { Discrepancy } from '../metrics/conservation.ts'
import type { Validity } from '../metrics/validity.ts'
import {
  type ExitCode,
  exitCodePrecedence,
  exitCodes,
  foremostExitCode,
} from '../shared/exit-codes.ts'
import type { Books } from './books.ts'
import { showActual, showCount, showCountOf, showSeconds } from './figures.ts'
import { findMaxGrounds } from './find-max-findings.ts'
import { missingLoad } from './missing-stations.ts'
import type { ScriptsReport, ThresholdReport, Verdict, ViolationsReport } from './result.ts'
import type { RunFacts } from './run-facts.ts'

export interface Judgement {
  readonly verdict: Verdict
  readonly exitCode: ExitCode
  readonly exitCodes: readonly ExitCode[]
  readonly reasons: readonly string[]
}

/** What a run is judged by. */
export interface Evidence {
  readonly facts: RunFacts
  readonly totalSeconds: number
  readonly discrepancies: readonly Discrepancy[]
  readonly validity: Validity
  readonly scripts: ScriptsReport
  readonly violations: ViolationsReport
  readonly thresholds: readonly ThresholdReport[]
  /** Exchanges sent and scripts ended: a run of nothing proves nothing. */
  readonly somethingRan: boolean
}

interface Ground {
  readonly code: ExitCode
  readonly reason: string
}

/** Every reason against a pass with its exit code; the foremost code is the run's. */
export function judge(evidence: Evidence): Judgement {
  const grounds = [
    ...internalGrounds(evidence),
    ...endGrounds(evidence),
    ...validityGrounds(evidence),
    ...findMaxGrounds(evidence.facts.findMax),
    ...conformanceGrounds(evidence),
    ...thresholdGrounds(evidence.thresholds),
  ]
  const found = new Set(grounds.map(({ code }) => code))
  const exitCode = foremostExitCode(found)
  const ordered = exitCodePrecedence.filter((code) => found.has(code))
  return {
    verdict: verdictOf(exitCode),
    exitCode,
    exitCodes: ordered.length === 0 ? [exitCodes.passed] : ordered,
    reasons: ordered.flatMap((code) =>
      grounds.filter((ground) => ground.code === code).map(({ reason }) => reason),
    ),
  }
}

function verdictOf(code: ExitCode): Verdict {
  if (code === exitCodes.passed) return 'pass'
  if (code === exitCodes.interrupted || code === exitCodes.aborted) return 'aborted'
  return code === exitCodes.generatorLimited ? 'invalid' : 'fail'
}

function internalGrounds({ facts, discrepancies }: Evidence): Ground[] {
  const code = exitCodes.internalFault
  const dead = facts.workers.flatMap(({ name, died, lostStations = 0 }) => {
    if (died === undefined) return []
    const lost = `${showCountOf(lostStations, 'station')} lost with it`
    return [{ code, reason: `${name} died: ${died}; ${lost}` }]
  })
  const faults = facts.internalFaults.map((reason) => ({ code, reason }))
  // A dead worker leaves CALLs open; the report counts them as lost.
  const unbalanced = dead.length > 0 ? [] : discrepancies
  const broken = unbalanced.map(({ action, version, fleet, started, settled }) => ({
    code,
    reason: `the numbers of ${action} (${fleet}, ${version}) do not add up: ${started} started, ${settled} ended`,
  }))
  return [...dead, ...faults, ...broken]
}

function endGrounds({ facts, totalSeconds }: Evidence): Ground[] {
  const { end } = facts
  switch (end.kind) {
    case 'complete':
      return []
    case 'interrupted': {
      const reason = `stopped by ${end.signal} after ${showSeconds(totalSeconds)}`
      return [{ code: exitCodes.interrupted, reason }]
    }
    case 'aborted': {
      const reason = `aborted after ${showSeconds(totalSeconds)}: ${end.threshold} failed`
      return [{ code: exitCodes.aborted, reason }]
    }
    case 'unreachable': {
      // An embedded CSMS that went away is a fault of csms, and told as one.
      if (facts.target.embedded) return []
      const accepted = facts.metrics.stations.some((stations) => stations.accepted > 0)
      const reason = accepted
        ? `${facts.target.url} went away and let nobody in again: ${end.reason}`
        : `no station was accepted by ${facts.target.url}: ${end.reason}`
      return [{ code: exitCodes.targetUnreachable, reason }]
    }
  }
}

function validityGrounds({ facts, validity }: Evidence): Ground[] {
  // A search that found no rate has driven the generator to its limit too, and judges it itself.
  if (validity.valid || facts.findMax?.sustainedPerSecond === null) return []
  return validity.reasons.map((reason) => ({ code: exitCodes.generatorLimited, reason }))
}

function conformanceGrounds(evidence: Evidence): Ground[] {
  const code = exitCodes.conformance
  const reasons = [
    ...scriptReasons(evidence.scripts),
    ...deliveryReasons(evidence.facts.transactions),
    ...booksReasons(evidence.facts.books),
    ...violationReasons(evidence.violations),
  ]
  const missing = missingLoad(evidence.facts)
  if (missing !== undefined && evidence.facts.end.kind === 'complete') reasons.push(missing)
  const nothing = !evidence.somethingRan && evidence.facts.end.kind === 'complete'
  if (nothing) reasons.push('nothing was run: no CALL was sent and no script ended')
  return reasons.map((reason) => ({ code, reason }))
}

const shownReasons = 3

function scriptReasons({ completed, failed, reasons }: ScriptsReport): string[] {
  if (failed === 0) return []
  const commonest = Object.entries(reasons).sort(([, a], [, b]) => b - a)
  const shown = commonest
    .slice(0, shownReasons)
    .map(([reason, times]) => (times === 1 ? reason : `${reason} (${showCount(times)} times)`))
  const rest = commonest.length - shown.length
  if (rest > 0) shown.push(`and ${showCountOf(rest, 'other reason')}`)
  const scripts = `${showCount(failed)} of ${showCountOf(completed + failed, 'script')}`
  return [`${scripts} failed: ${shown.join('; ')}`]
}

function deliveryReasons({ undelivered }: RunFacts['transactions']): string[] {
  if (undelivered === 0) return []
  const messages = showCountOf(
    undelivered,
    'message that begins or ends',
    'messages that begin or end',
  )
  return [`${messages} a transaction never reached the target`]
}

function booksReasons({ lost, mismatched, compared, unreadable }: Books): string[] {
  if (unreadable !== undefined) return [unreadable]
  if (lost + mismatched === 0) return []
  const of = showCountOf(compared, 'transaction')
  return [`the books differ: ${showCount(lost)} lost and ${showCount(mismatched)} wrong of ${of}`]
}

function violationReasons({ byRule }: ViolationsReport): string[] {
  return Object.entries(byRule)
    .filter(([, { level, tolerated }]) => level === 'MUST' && !tolerated)
    .map(([rule, { count }]) => {
      const times = showCountOf(count, 'time')
      return `the target broke ${rule} ${times}: ${ruleTitle(rule)}`
    })
}

function thresholdGrounds(thresholds: readonly ThresholdReport[]): Ground[] {
  return thresholds
    .filter(({ pass }) => pass === false)
    .map(({ metric, expression, actual, unit }) => ({
      code: exitCodes.thresholdFailed,
      reason: `threshold ${metric} ${expression} failed: ${showActual(actual, unit)}`,
    }))
}
