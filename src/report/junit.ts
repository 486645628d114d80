import { ruleTitle } from '../conformance/rules/rule-table.ts'
import { exitCodes } from '../shared/exit-codes.ts'
import { showActual } from './figures.ts'
import { failed, junitDocument, type Suite, type TestCase } from './junit-xml.ts'
import { mismatchLine } from './mismatch-line.ts'
import type { Report } from './result.ts'
import { thresholdName } from './threshold-name.ts'

/**
 * The report as JUnit XML, for CI servers. Suites and names are the same from run to run, so that a
 * server can show their history: scripts by fleet, thresholds, violations by rule, books, the run.
 */
export function junitXml(report: Report): string {
  const suites: readonly Suite[] = [
    { name: 'run', cases: runCases(report) },
    { name: 'scripts', cases: scriptCases(report) },
    { name: 'thresholds', cases: thresholdCases(report) },
    { name: 'violations', cases: violationCases(report) },
    { name: 'books', cases: booksCases(report) },
  ].filter(({ cases }) => cases.length > 0)
  const { startedAt, scenario, window } = report
  return junitDocument({ name: scenario.name, startedAt, seconds: window.totalSeconds }, suites)
}

/** Of a run that did not get to its end, or is none. */
const cutShort: readonly number[] = [
  exitCodes.internalFault,
  exitCodes.targetUnreachable,
  exitCodes.interrupted,
  exitCodes.aborted,
]

function runCases(report: Report): TestCase[] {
  const { reasons } = report
  const whole = report.exitCodes.some((code) => cutShort.includes(code))
  const reached = whole ? failed(reasons[0] ?? report.verdict, reasons.join('\n')) : {}
  const limited =
    report.verdict === 'invalid' || report.exitCodes.includes(exitCodes.generatorLimited)
  const valid = limited ? failed('the generator was the limit', reasons.join('\n')) : {}
  const nothing = report.exchanges.started + report.scripts.completed + report.scripts.failed === 0
  return [
    { name: 'runs to its end', ...reached },
    { name: 'is not limited by the generator', ...valid },
    { name: 'sends something', ...(nothing ? failed('nothing was run', '') : {}) },
  ]
}

function scriptCases({ scripts, fleets }: Report): TestCase[] {
  return fleets.flatMap(({ name }) => {
    const fleet = scripts.byFleet[name]
    if (!fleet) return []
    if (fleet.failed === 0) return [{ name }]
    const of = `${fleet.failed} of ${fleet.completed + fleet.failed} scripts failed`
    const lines = Object.entries(fleet.reasons).map(([reason, times]) => `${times} x ${reason}`)
    return [{ name, ...failed(of, lines.join('\n')) }]
  })
}

function thresholdCases(report: Report): TestCase[] {
  return report.thresholds.map((threshold) => {
    const { actual, unit, pass, note } = threshold
    const name = thresholdName(threshold, report)
    if (pass === true) return { name }
    if (pass === null) return { name, skipped: note ?? 'not judged' }
    return { name, ...failed(`actual: ${showActual(actual, unit)}`, note ?? '') }
  })
}

function violationCases({ violations }: Report): TestCase[] {
  const cases = Object.entries(violations.byRule).map(([rule, { count, level, ...found }]) => {
    const name = `${rule}: ${ruleTitle(rule)}`
    const times = `${count} x ${level}`
    if (level === 'SHOULD') return { name, skipped: `${times}: legal but odd` }
    if (found.tolerated) return { name, skipped: `${times}: tolerated by the scenario` }
    const samples = found.samples.map(({ station, detail, frame }) => {
      return `${station}: ${detail}\n${frame}`
    })
    return { name, ...failed(times, samples.join('\n\n')) }
  })
  return cases.length > 0 ? cases : [{ name: 'the target breaks no rule' }]
}

function booksCases(report: Report): TestCase[] {
  return [deliveryCase(report), ...comparisonCases(report)]
}

function deliveryCase({ transactions }: Report): TestCase {
  const name = 'what begins and ends transactions reaches the target'
  const { undelivered } = transactions
  return undelivered === 0 ? { name } : { name, ...failed(`${undelivered} undelivered`, '') }
}

function comparisonCases({ books, transactions }: Report): TestCase[] {
  const name = "the CSMS's transactions are the stations'"
  if (books.unreadable !== undefined) return [{ name, ...failed(books.unreadable, '') }]
  if (!books.checked) return [{ name, skipped: 'unchecked' }]
  const { lost, mismatched } = transactions
  if (!lost && !mismatched) return [{ name }]
  const lines = books.mismatches.map(mismatchLine)
  return [{ name, ...failed(`${lost} lost, ${mismatched} wrong`, lines.join('\n')) }]
}
