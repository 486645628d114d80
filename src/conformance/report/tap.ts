import { knownWords } from './build-report.ts'
import type { CaseReport, ConformanceReport } from './result.ts'
import { commandLine, subject, whyNot, wrongChecks } from './words.ts'

/** The cases in TAP 14: a known failure is a TODO, whatever was not played a SKIP. */
export function conformanceTap(report: ConformanceReport): string {
  const { cases, reasons } = report
  const plan = cases.length === 0 ? '1..0 # SKIP no case was selected' : `1..${cases.length}`
  return [
    'TAP version 14',
    `# ${oneLine(subject(report))}`,
    plan,
    ...cases.flatMap(testPoint),
    ...reasons.map((reason) => `# ${oneLine(reason)}`),
    '',
  ].join('\n')
}

function testPoint(one: CaseReport, at: number): string[] {
  const { id, title, outcome } = one
  const ok = outcome !== 'red' && outcome !== 'known'
  const head = `${ok ? 'ok' : 'not ok'} ${at + 1} - ${escaped(`${id} ${title}`)}${directive(one)}`
  return ok && outcome !== 'warning' ? [head] : [head, ...diagnostics(one)]
}

function directive(one: CaseReport): string {
  const { outcome, known } = one
  if (outcome === 'skipped') return ` # SKIP ${escaped(whyNot(one))}`
  if (outcome === 'known') return ` # TODO ${escaped(known ? knownWords(known) : whyNot(one))}`
  return ''
}

/** A YAML block; its scalars are JSON, which YAML takes as they are. */
function diagnostics(one: CaseReport): string[] {
  const { verdict, known, reason, repeat, trace } = one
  const checks = wrongChecks(one).flatMap(({ name, level, clause, detail, frame }) => {
    const shown = frame === null ? undefined : trace[frame]?.text
    return [
      `    - name: ${scalar(name)}`,
      `      level: ${level}`,
      `      clause: ${scalar(clause)}`,
      `      detail: ${scalar(detail)}`,
      ...(shown === undefined ? [] : [`      frame: ${scalar(shown)}`]),
    ]
  })
  const message = known && known.standing !== 'fails' ? knownWords(known) : reason
  return [
    '  ---',
    `  severity: ${verdict}`,
    ...(message === undefined ? [] : [`  message: ${scalar(message)}`]),
    ...(checks.length === 0 ? [] : ['  checks:', ...checks]),
    `  again: ${scalar(commandLine(repeat))}`,
    '  ...',
  ]
}

const scalar = (text: string): string => JSON.stringify(text)

/** In a description only an escaped `#` begins no directive. */
function escaped(text: string): string {
  return oneLine(text).replace(/[\\#]/g, (sign) => `\\${sign}`)
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/\p{Cc}/gu, '')
}
