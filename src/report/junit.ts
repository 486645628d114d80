import { showActual } from './figures.ts'
import { mismatchLine } from './mismatch-line.ts'
import type { Report } from './result.ts'
import { thresholdName } from './threshold-name.ts'
import { ruleTitle } from './verdict.ts'

interface TestCase {
  readonly name: string
  /** Why it failed. */
  readonly failure?: { readonly message: string; readonly text: string }
  /** Why it is no proof. */
  readonly skipped?: string
}

interface Suite {
  readonly name: string
  readonly cases: readonly TestCase[]
}

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
  const all = suites.flatMap(({ cases }) => cases)
  const time = report.window.totalSeconds
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: report.scenario.name, ...tallies(all), time })}>`,
    ...suites.flatMap((suite) => suiteLines(report, suite)),
    '</testsuites>',
    '',
  ].join('\n')
}

function runCases(report: Report): TestCase[] {
  const { exitCodes, reasons } = report
  const whole = exitCodes.some((code) => [1, 4, 105, 108].includes(code))
  const reached = whole ? failed(reasons[0] ?? report.verdict, reasons.join('\n')) : {}
  const limited = report.verdict === 'invalid' || exitCodes.includes(5)
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

function failed(message: string, text: string): Required<Pick<TestCase, 'failure'>> {
  return { failure: { message, text } }
}

function tallies(cases: readonly TestCase[]) {
  return {
    tests: cases.length,
    failures: cases.filter(({ failure }) => failure).length,
    errors: 0,
    skipped: cases.filter(({ skipped }) => skipped !== undefined).length,
  }
}

function suiteLines(report: Report, { name, cases }: Suite): string[] {
  const { startedAt, scenario } = report
  // The schema of JUnit knows a local date and time, without fraction or offset.
  const timestamp = startedAt.slice(0, 19)
  return [
    `  <testsuite${attributes({ name, ...tallies(cases), time: 0, timestamp })}>`,
    ...cases.flatMap((test) => caseLines(`${scenario.name}.${name}`, test)),
    '  </testsuite>',
  ]
}

function caseLines(classname: string, { name, failure, skipped }: TestCase): string[] {
  const head = `    <testcase${attributes({ classname, name, time: 0 })}`
  if (failure) {
    const kind = attributes({ message: failure.message, type: 'failure' })
    const text = xmlText(failure.text)
    return [`${head}>`, `      <failure${kind}>${text}</failure>`, '    </testcase>']
  }
  if (skipped !== undefined) {
    return [`${head}>`, `      <skipped${attributes({ message: skipped })}/>`, '    </testcase>']
  }
  return [`${head}/>`]
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${xmlAttribute(String(value))}"`)
    .join('')
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

/** What XML 1.0 cannot hold even escaped, or advises against: control characters, lone surrogates. */
const unspeakable = /[^\P{Cc}\t\n\r]|\p{Cs}|[\ufffe\uffff]/gu

function xmlText(text: string): string {
  return text.replace(unspeakable, '\ufffd').replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign)
}

/** Line ends and tabs are kept: a parser would make spaces of them. */
function xmlAttribute(text: string): string {
  return xmlText(text).replace(/[\t\n\r]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
