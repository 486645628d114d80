import { rounded } from './figures.ts'

/** What a CI server reads of a run, besides its cases. */
interface Run {
  readonly name: string
  /** RFC 3339. */
  readonly startedAt: string
  readonly seconds: number
}

export interface TestCase {
  readonly name: string
  /** Default 0. */
  readonly seconds?: number
  /** Why it failed. */
  readonly failure?: Complaint
  /** Why there is no verdict. */
  readonly error?: Complaint
  /** Why it is no proof. */
  readonly skipped?: string
  /** What else was said. */
  readonly output?: string
}

interface Complaint {
  readonly message: string
  readonly text: string
  /** What CI servers group by; default `failure`, or `error`. */
  readonly type?: string
}

export interface Suite {
  readonly name: string
  /** Facts about what was tested. */
  readonly properties?: Readonly<Record<string, string>>
  readonly cases: readonly TestCase[]
}

/**
 * Cases as JUnit XML, for CI servers. Suites and names should be the same from run to run, so that a
 * server can show their history.
 */
export function junitDocument(run: Run, suites: readonly Suite[]): string {
  const all = suites.flatMap(({ cases }) => cases)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: run.name, ...tallies(all), time: run.seconds })}>`,
    ...suites.flatMap((suite) => suiteLines(run, suite)),
    '</testsuites>',
    '',
  ].join('\n')
}

/** @param text what is shown below the message */
export function failed(message: string, text: string): Required<Pick<TestCase, 'failure'>> {
  return { failure: { message, text } }
}

function tallies(cases: readonly TestCase[]) {
  return {
    tests: cases.length,
    failures: cases.filter(({ failure }) => failure).length,
    errors: cases.filter(({ error }) => error).length,
    skipped: cases.filter(({ skipped }) => skipped !== undefined).length,
  }
}

function suiteLines({ startedAt, name: of }: Run, suite: Suite): string[] {
  const { name, cases, properties = {} } = suite
  // The schema of JUnit knows a local date and time, without fraction or offset.
  const timestamp = startedAt.slice(0, 19)
  const time = cases.reduce((sum, { seconds = 0 }) => sum + seconds, 0)
  return [
    `  <testsuite${attributes({ name, ...tallies(cases), time: rounded(time), timestamp })}>`,
    ...propertyLines(properties),
    ...cases.flatMap((test) => caseLines(`${of}.${name}`, test)),
    '  </testsuite>',
  ]
}

function propertyLines(properties: Readonly<Record<string, string>>): string[] {
  const entries = Object.entries(properties)
  if (entries.length === 0) return []
  const lines = entries.map(([name, value]) => `      <property${attributes({ name, value })}/>`)
  return ['    <properties>', ...lines, '    </properties>']
}

function caseLines(classname: string, test: TestCase): string[] {
  const { name, seconds = 0, output } = test
  const head = `    <testcase${attributes({ classname, name, time: rounded(seconds) })}`
  const inner = [
    ...outcomeLines(test),
    ...(output === undefined ? [] : [`      <system-out>${xmlText(output)}</system-out>`]),
  ]
  return inner.length === 0 ? [`${head}/>`] : [`${head}>`, ...inner, '    </testcase>']
}

function outcomeLines({ failure, error, skipped }: TestCase): string[] {
  if (error) return [complaintLine('error', error)]
  if (failure) return [complaintLine('failure', failure)]
  return skipped === undefined ? [] : [`      <skipped${attributes({ message: skipped })}/>`]
}

function complaintLine(
  kind: 'failure' | 'error',
  { message, text, type = kind }: Complaint,
): string {
  return `      <${kind}${attributes({ message, type })}>${xmlText(text)}</${kind}>`
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
