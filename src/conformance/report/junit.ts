import { junitDocument, type TestCase } from '../../report/junit-xml.ts'
import { knownWords } from './build-report.ts'
import type { CaseReport, ConformanceReport } from './result.ts'
import { checkOrigin, commandLine, whyNot, wrongChecks } from './words.ts'

/** Some readers refuse bodies of more; characters. */
const longestBody = 32 * 1024

/**
 * The cases as JUnit XML: a suite for each group, names that are the same whatever came out. What a
 * list of known failures names is skipped, since JUnit has no word for it.
 */
export function conformanceJunit(report: ConformanceReport): string {
  const { protocol, startedAt, seconds, groups, cases } = report
  const properties = propertiesOf(report)
  const suites = groups.map(({ group }) => ({
    name: group,
    properties,
    cases: cases.filter((one) => one.group === group).map(testCase),
  }))
  return junitDocument({ name: protocol, startedAt, seconds }, suites)
}

function propertiesOf({ protocol, target, csmsVersion, runId, level }: ConformanceReport) {
  return {
    protocol,
    target: target.embedded ? 'embedded' : target.url,
    csms: csmsVersion,
    run: runId,
    level,
  }
}

function testCase(one: CaseReport): TestCase {
  const { id, title, seconds } = one
  return { name: `${id} ${title}`, seconds, ...resultOf(one) }
}

function resultOf(one: CaseReport): Omit<TestCase, 'name'> {
  const { outcome, verdict, known } = one
  switch (outcome) {
    case 'green':
      return one.attempts > 1
        ? { output: `flaky: it passed when it was played ${one.attempts} times` }
        : {}
    case 'warning':
      return { output: bodyOf(one) }
    case 'known':
      return { skipped: known ? knownWords(known) : whyNot(one) }
    case 'skipped':
      return { skipped: whyNot(one) }
    case 'red':
      return verdict === 'error'
        ? { error: { message: whyNot(one), text: bodyOf(one), type: 'error' } }
        : { failure: failureOf(one) }
  }
}

function failureOf(one: CaseReport): Required<TestCase>['failure'] {
  const { known } = one
  const listed = known && known.standing !== 'fails' ? knownWords(known) : undefined
  const [first] = wrongChecks(one)
  return {
    message: listed ?? whyNot(one),
    text: bodyOf(one),
    type: first?.name ?? 'known-failures',
  }
}

/** Each check that did not pass, the frame that decided it, and how to see it again. */
function bodyOf(one: CaseReport): string {
  const { reason, trace, repeat } = one
  const checks = wrongChecks(one).map((check) => {
    const frame = check.frame === null ? undefined : trace[check.frame]
    return [
      `${check.name} (${checkOrigin(check)})`,
      `  ${check.detail}`,
      ...(frame ? [`  ${frame.from}: ${frame.text}`] : []),
    ].join('\n')
  })
  const parts = [...(reason === undefined ? [] : [reason]), ...checks]
  const body = parts.join('\n\n').slice(0, longestBody)
  return `${body}\n\nAgain: ${commandLine(repeat)}`
}
