import { showSeconds } from '../../report/figures.ts'
import { markdownTable, markdownText } from '../../report/markdown.ts'
import { verdictTitles } from '../../report/report-markdown.ts'
import { knownWords } from './build-report.ts'
import type { CaseReport, ConformanceReport, Outcome, Totals } from './result.ts'
import { commandLine, groupTitle, subject, totalsLine, whyNot, wrongChecks } from './words.ts'

/** A step summary holds a mebibyte: so many cases at most are shown of a kind. */
const mostRows = 100

/** A run for a step summary, a pull request or a wiki: totals by group, then what did not pass. */
export function conformanceMarkdown(report: ConformanceReport): string {
  const { verdict, reasons, totals, seconds, cases, repeat } = report
  const of = (outcome: Outcome) => cases.filter((one) => one.outcome === outcome)
  const blocks = [
    [`## ${verdictTitles[verdict]} csms conformance, ${markdownText(subject(report))}`],
    [markdownText(`${totalsLine(totals)}, in ${showSeconds(seconds)}.`)],
    reasons.map((reason) => `- ${markdownText(reason)}`),
    groupTable(report),
    wrongTable('Red', of('red')),
    wrongTable('Warnings', of('warning')),
    knownTable(of('known')),
    skipTable(of('skipped')),
    ['```sh', commandLine(repeat), '```'],
    [`<sub>${markdownText(whereItRan(report))}</sub>`],
  ]
  const shown = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'))
  return `${shown.join('\n\n')}\n`
}

const verdicts = ['pass', 'warn', 'fail', 'error', 'skip'] as const

function groupTable({ protocol, groups, totals }: ConformanceReport): string[] {
  if (groups.length === 0) return []
  const row = (name: string, counts: Totals) => [
    markdownText(name),
    ...verdicts.map((verdict) => (counts[verdict] === 0 ? '' : String(counts[verdict]))),
  ]
  return markdownTable(
    ['group', ...verdicts],
    [...groups.map((group) => row(groupTitle(protocol, group.group), group)), row('all', totals)],
  )
}

/** Left-aligned throughout: its columns are sentences. */
function sentences(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const more = rows.length - mostRows
  const rest = more > 0 ? [line([`and ${more} more`, ...head.slice(1).map(() => '')])] : []
  return [line(head), line(head.map(() => '---')), ...rows.slice(0, mostRows).map(line), ...rest]
}

function wrongTable(title: string, cases: readonly CaseReport[]): string[] {
  if (cases.length === 0) return []
  const rows = cases.map((one) => {
    const { id, known, verdict } = one
    const listed = known && known.standing !== 'fails' ? `${knownWords(known)}. ` : ''
    const clauses = [...new Set(wrongChecks(one).map(({ clause }) => clause))]
    return [
      `\`${id}\` ${markdownText(one.title)}`,
      verdict,
      markdownText(`${listed}${whyNot(one)}`),
      markdownText(clauses.join('; ')),
    ]
  })
  return sentences([title, 'verdict', 'why', 'clause'], rows)
}

function knownTable(cases: readonly CaseReport[]): string[] {
  if (cases.length === 0) return []
  const rows = cases.map(({ id, title, known }) => {
    const { reason = '', link = '', until = '' } = known ?? {}
    return [`\`${id}\` ${markdownText(title)}`, markdownText(reason), markdownText(link), until]
  })
  return sentences(['Known failures', 'reason', 'link', 'until'], rows)
}

function skipTable(cases: readonly CaseReport[]): string[] {
  if (cases.length === 0) return []
  const byReason = new Map<string, string[]>()
  for (const one of cases) {
    const reason = whyNot(one)
    byReason.set(reason, [...(byReason.get(reason) ?? []), `\`${one.id}\``])
  }
  const rows = [...byReason].map(([reason, ids]) => [markdownText(reason), ids.join(' ')])
  return sentences(['Skipped', 'cases'], rows)
}

function whereItRan({ runId, startedAt, csmsVersion }: ConformanceReport): string {
  return `run ${runId}, ${startedAt}, csms ${csmsVersion}`
}
