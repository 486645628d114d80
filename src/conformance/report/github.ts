import { mostOfAKind, workflowCommand } from '../../report/github.ts'
import { printable } from '../../report/table.ts'
import { knownWords } from './build-report.ts'
import type { CaseReport, ConformanceReport } from './result.ts'
import { checkOrigin, commandLine, foremostChecks } from './words.ts'

/**
 * What GitHub Actions shows on the page of a run: an error for each case that is red, a warning for
 * each that broke a SHOULD. GitHub shows ten of a kind; where there are more, the tenth says so.
 */
export function conformanceAnnotations({ cases, reasons, verdict }: ConformanceReport): string {
  const red = cases.filter(({ outcome }) => outcome === 'red')
  const warned = cases.filter(({ outcome }) => outcome === 'warning')
  const other = verdict !== 'pass' && red.length === 0 ? reasons : []
  return [
    ...other.map((reason) => workflowCommand('error', { title: 'csms conformance' }, reason)),
    ...annotations('error', red),
    ...annotations('warning', warned),
  ].join('')
}

function annotations(kind: 'error' | 'warning', cases: readonly CaseReport[]): string[] {
  const all = cases.length > mostOfAKind ? cases.slice(0, mostOfAKind - 1) : cases
  const more = cases.length - all.length
  const shown = all.map((one) => {
    return workflowCommand(kind, { title: `${one.id} ${one.title}` }, messageOf(one))
  })
  if (more === 0) return shown
  const rest = `${more} more cases; the step summary and the report name them.`
  return [...shown, workflowCommand(kind, { title: 'csms conformance' }, rest)]
}

function messageOf(one: CaseReport): string {
  const { known, reason, repeat } = one
  const checks = foremostChecks(one).flatMap(({ check, more }) => [
    `${check.name}: ${check.detail} (${checkOrigin(check)})`,
    ...(more === '' ? [] : [more]),
  ])
  const lines = [
    ...(known && known.standing !== 'fails' ? [knownWords(known)] : []),
    ...(reason === undefined ? [] : [reason]),
    ...checks,
    `Again: ${commandLine(repeat)}`,
  ]
  return lines.map(printable).join('\n')
}
