import { showBareMs, showCount, showRate } from '../../figures.ts'
import type { ArrivalReport } from '../../result.ts'
import { html } from '../html.ts'
import type { StoredReport } from '../stored-report.ts'
import type { Section } from './section.ts'
import { type RowGroup, table } from './table.ts'

/** Sessions and acts of the CSMS that were due at instants of their own. */
export function arrivals({ arrivals: found }: StoredReport): Section | undefined {
  const groups = [
    ...(found?.sessions ? [row('Sessions', found.sessions)] : []),
    ...(found?.commands ? [row('Commands', found.commands)] : []),
  ]
  if (groups.length === 0) return undefined
  const labels = [
    'due',
    'begun',
    'dropped',
    'not begun',
    'begun/s',
    'wait p50',
    'p95',
    'p99',
    'max',
  ]
  const body = html`<p>What was due at instants of its own; the wait, in milliseconds, is from due to begun.</p>
${table({
  caption: 'Sessions and commands that were due',
  columns: [{ label: 'What' }, ...labels.map((label) => ({ label, figures: true }))],
  groups,
})}`
  return { id: 'arrivals', title: 'Arrivals', body }
}

function row(
  name: string,
  { due, begun, dropped, unbegun, perSecond, waitMs }: ArrivalReport,
): RowGroup {
  const { p50, p95, p99, max } = waitMs
  return {
    cells: [
      name,
      ...[due, begun, dropped, unbegun].map(showCount),
      showRate(perSecond).replace('/s', ''),
      ...[p50, p95, p99, max].map(showBareMs),
    ],
  }
}
