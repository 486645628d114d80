import { showActual, showCountOf } from './figures.ts'
import { mismatchLine } from './mismatch-line.ts'
import type { Report, RuleReport } from './result.ts'
import { bullet, type Page } from './summary-page.ts'
import { cut, leader } from './table.ts'
import { thresholdName } from './threshold-name.ts'

/** Each threshold with its actual value. */
export function thresholdLines(report: Report, { style }: Page): string[] {
  const { thresholds } = report
  const names = thresholds.map((threshold) => thresholdName(threshold, report))
  const width = Math.max(0, ...names.map((name) => name.length)) + 4
  return thresholds.map(({ actual, unit, pass }, at) => {
    const mark = pass === true ? style.green('✓') : pass === false ? style.red('✗') : '–'
    const note = pass === null ? style.dim('  not judged') : ''
    return `  ${mark} ${leader(names[at] ?? '', width)} ${showActual(actual, unit)}${note}`
  })
}

const shownRules = 4

/** The rules the target broke, the gravest first, each with a frame that shows it. */
export function violationLines({ violations }: Report, page: Page): string[] {
  const { style, width } = page
  const rules = Object.entries(violations.byRule).sort(byWeight)
  const lines = rules.slice(0, shownRules).flatMap(([rule, found]) => {
    const { count, level, tolerated, samples } = found
    const sample = samples[0]
    const breaks = level === 'MUST' && !tolerated
    const mark = breaks ? style.red('✗') : style.yellow('!')
    const times = `${showCountOf(count, 'time')}${tolerated ? ', tolerated' : ''}`
    const title = `  ${mark} ${rule} ${style.dim(`(${level})`)} ${times}`
    if (!sample) return [title]
    return [
      title,
      `    ${cut(`${sample.station}: ${sample.detail}`, width - 4)}`,
      ...(sample.frame === '' ? [] : [style.dim(`    ${cut(sample.frame, width - 4)}`)]),
    ]
  })
  const rest = rules.length - shownRules
  if (rest > 0) lines.push(style.dim(`  and ${showCountOf(rest, 'more rule')}, in the report`))
  return lines
}

function byWeight([, a]: [string, RuleReport], [, b]: [string, RuleReport]): number {
  return Number(b.level === 'MUST') - Number(a.level === 'MUST') || b.count - a.count
}

const shownMismatches = 3

/** Where the books of the stations and of the CSMS differ. */
export function booksLines({ books, transactions }: Report, page: Page): string[] {
  const shown = books.mismatches.slice(0, shownMismatches)
  const all = (transactions.lost ?? 0) + (transactions.mismatched ?? 0)
  const lines = shown.map((mismatch) => {
    return `  ${page.style.red('✗')} ${cut(mismatchLine(mismatch), page.width - 4)}`
  })
  const rest = all - shown.length
  if (rest > 0) {
    const more = showCountOf(rest, 'more difference')
    lines.push(page.style.dim(`  and ${more} between the books, in the report`))
  }
  return lines
}

/** The warnings that no other section shows. */
export function warningLines({ warnings, violations }: Report, page: Page): string[] {
  const rules = Object.keys(violations.byRule)
  return warnings
    .filter((warning) => !rules.some((rule) => warning.startsWith(`${rule},`)))
    .flatMap((warning) => bullet(page.style.yellow('!'), warning, page))
}
