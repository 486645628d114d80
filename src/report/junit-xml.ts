/** What a CI server reads of a run, besides its cases. */
interface Run {
  readonly name: string
  /** RFC 3339. */
  readonly startedAt: string
  readonly seconds: number
}

export interface TestCase {
  readonly name: string
  /** Why it failed. */
  readonly failure?: { readonly message: string; readonly text: string }
  /** Why it is no proof. */
  readonly skipped?: string
}

export interface Suite {
  readonly name: string
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

export function failed(message: string, text: string): Required<Pick<TestCase, 'failure'>> {
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

function suiteLines({ startedAt, name: of }: Run, { name, cases }: Suite): string[] {
  // The schema of JUnit knows a local date and time, without fraction or offset.
  const timestamp = startedAt.slice(0, 19)
  return [
    `  <testsuite${attributes({ name, ...tallies(cases), time: 0, timestamp })}>`,
    ...cases.flatMap((test) => caseLines(`${of}.${name}`, test)),
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
