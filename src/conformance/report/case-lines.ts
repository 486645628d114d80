import type { Style } from '../../report/style.ts'
import { printable, wrap } from '../../report/table.ts'
import { isFlaky, knownWords } from './build-report.ts'
import type { CaseReport, CheckReport, Outcome } from './result.ts'
import { checkOrigin, commandLine, foremostChecks, signs } from './words.ts'

export interface LinePage {
  /** Columns. */
  readonly width: number
  readonly style: Style
}

const idWidth = 14

/** A case as lines for a terminal or a log; what is wrong with it stands below. */
export function caseLines(one: CaseReport, page: LinePage): string[] {
  const { id, title, seconds, outcome } = one
  const { style } = page
  const head = `${marked(outcome, signs[outcome], style)} ${style.bold(id.padEnd(idWidth))}`
  const notes = notesOf(one)
  const noted = notes === '' ? '' : ` ${style.yellow(printable(notes))}`
  const time = seconds >= 1 ? style.dim(` ${seconds.toFixed(1)} s`) : ''
  return [`${head} ${printable(title)}${noted}${time}`, ...explanation(one, page)]
}

function notesOf(one: CaseReport): string {
  return [
    ...(one.stability === 'provisional' && one.outcome !== 'green' ? ['provisional'] : []),
    ...(isFlaky(one) ? [`flaky: passed when played ${one.attempts} times`] : []),
  ].join(', ')
}

function explanation(one: CaseReport, page: LinePage): string[] {
  const { outcome, known, reason, skip, repeat } = one
  const { style } = page
  switch (outcome) {
    case 'green':
      return []
    case 'skipped':
      return indented(`${skip ?? 'skipped'}: ${reason ?? ''}`, page).map(style.dim)
    case 'known':
      return indented(known ? knownWords(known) : '', page).map(style.dim)
    case 'warning':
    case 'red':
      return [
        ...(known && known.standing !== 'fails' ? indented(knownWords(known), page) : []),
        ...(reason === undefined ? [] : indented(reason, page)),
        ...foremostChecks(one).flatMap(({ check, more }) => checkLines(check, more, page)),
        style.dim(`    again: ${commandLine(repeat)}`),
      ]
  }
}

function checkLines(check: CheckReport, more: string, page: LinePage): string[] {
  const colour = check.level === 'MUST' ? page.style.red : page.style.yellow
  return [
    ...indented(`${check.name}: ${check.detail}`, page).map(colour),
    page.style.dim(`    ${printable(checkOrigin(check))}`),
    ...(more === '' ? [] : [page.style.dim(`    ${more}`)]),
  ]
}

function indented(text: string, { width }: LinePage): string[] {
  return wrap(printable(text), width - 4).map((line) => `    ${line}`)
}

/** In the colour of what it means. */
function marked(outcome: Outcome, text: string, style: Style): string {
  switch (outcome) {
    case 'green':
      return style.green(text)
    case 'red':
      return style.red(text)
    case 'warning':
    case 'known':
      return style.yellow(text)
    case 'skipped':
      return style.dim(text)
  }
}
