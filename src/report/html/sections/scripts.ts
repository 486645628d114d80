import { showCount, showCountOf } from '../../figures.ts'
import { type Html, html, nothing } from '../html.ts'
import type { StoredReport } from '../stored-report.ts'
import type { Section } from './section.ts'
import { table } from './table.ts'

/** How the stations' scripts ended, and why some failed. */
export function scripts({
  scripts: { completed, failed, cutOff = 0, byFleet },
}: StoredReport): Section | undefined {
  if (completed + failed + cutOff === 0) return undefined
  const fleets = Object.entries(byFleet).sort(([, a], [, b]) => b.failed - a.failed)
  const body = html`<p>${showCountOf(completed + failed, 'script')}: ${showCount(completed)} completed, ${showCount(failed)} failed${cutOff === 0 ? '' : `; ${showCount(cutOff)} more were cut off when the run was over`}.</p>
${failed === 0 ? nothing : reasonsTable(fleets)}`
  return { id: 'scripts', title: 'Scripts', body }
}

type Fleets = readonly (readonly [string, StoredReport['scripts']['byFleet'][string]])[]

function reasonsTable(fleets: Fleets): Html {
  return table({
    caption: 'Why scripts failed',
    columns: [
      { label: 'Fleet' },
      { label: 'scripts', figures: true },
      { label: 'Why they failed' },
    ],
    groups: fleets
      .filter(([, { failed }]) => failed > 0)
      .flatMap(([fleet, { reasons }]) =>
        Object.entries(reasons)
          .sort(([, a], [, b]) => b - a)
          .map(([reason, times]) => ({ cells: [fleet, showCount(times), reason] })),
      ),
  })
}
