import { showBareMs, showCount } from '../../figures.ts'
import { html } from '../html.ts'
import type { StoredReport } from '../stored-report.ts'
import type { Section } from './section.ts'
import { table } from './table.ts'

/** What the CSMS asked of stations. */
export function commands(report: StoredReport): Section | undefined {
  const entries = Object.entries(report.commands).sort(
    ([, a], [, b]) => b.exchanges.started - a.exchanges.started,
  )
  if (entries.length === 0) return undefined
  const labels = [
    'received',
    'CALLRESULT',
    'CALLERROR',
    'unanswered',
    'failed',
    'mean',
    'p50',
    'p95',
    'max',
  ]
  const body = html`<p>Sent by the CSMS; times in milliseconds from the instant it was told to act until the station’s answer. Failed: no CALLRESULT came of it.</p>
${table({
  caption: 'Commands by action',
  sortable: true,
  columns: [{ label: 'Action' }, ...labels.map((label) => ({ label, figures: true }))],
  groups: entries.map(([action, { exchanges, failed, commandTimeMs: time }]) => {
    const counts = [
      exchanges.started,
      exchanges.completed,
      exchanges.callErrors,
      exchanges.unanswered,
      failed,
    ]
    const times = [time.mean, time.p50, time.p95, time.max]
    return {
      cells: [
        action,
        ...counts.map((count) => ({ show: showCount(count), sortBy: count })),
        ...times.map((ms) => ({ show: showBareMs(ms), sortBy: ms })),
      ],
    }
  }),
})}`
  return { id: 'commands', title: 'Commands', body }
}
