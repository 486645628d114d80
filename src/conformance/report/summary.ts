import { showSeconds } from '../../report/figures.ts'
import { printable, tableLines, wrap } from '../../report/table.ts'
import type { LinePage } from './case-lines.ts'
import type { ConformanceReport, Totals } from './result.ts'
import { commandLine, groupTitle, subject, totalsLine } from './words.ts'

/** What stands below the cases in a terminal: a table of the groups, the verdict, and why. */
export function conformanceSummary(report: ConformanceReport, { style, width }: LinePage): string {
  const { protocol, verdict, reasons, groups, totals, seconds, exitCode, repeat } = report
  const passed = verdict === 'pass'
  const colour = { pass: style.green, fail: style.red, aborted: style.yellow }[verdict]
  const [head = '', ...rows] = tableLines({
    head: ['group', ...columns],
    rows: [
      ...groups.map((group) => [groupTitle(protocol, group.group), ...figures(group)]),
      ...(groups.length > 1 ? [['all', ...figures(totals)]] : []),
    ],
  })
  const lines = [
    '',
    style.dim(`  ${head}`),
    ...rows.map((row) => `  ${row}`),
    '',
    `${colour(style.bold(verdict.toUpperCase()))} ${printable(subject(report))}: ${totalsLine(totals)}, in ${showSeconds(seconds)}`,
    ...reasons.flatMap((reason) =>
      wrap(printable(reason), width - 4).map((line, at) => `${at === 0 ? '  - ' : '    '}${line}`),
    ),
    ...(passed ? [] : [style.dim(`  exit code ${exitCode}; again: ${commandLine(repeat)}`)]),
  ]
  return `${lines.join('\n')}\n`
}

const columns = ['pass', 'warn', 'fail', 'error', 'skip'] as const

function figures(totals: Totals): string[] {
  return columns.map((verdict) => (totals[verdict] === 0 ? '.' : String(totals[verdict])))
}
