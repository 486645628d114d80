import { showCount, showElapsed, showMs, showSeconds } from '../../figures.ts'
import type { TimelineMark } from '../../run-facts.ts'
import { type Html, html, nothing } from '../html.ts'
import type { StoredReport } from '../stored-report.ts'
import { type Cell, table } from './table.ts'

/** What the numbered marks in the charts stand for, and what came of each. */
export function timeline({ timeline: marks = [] }: StoredReport): Html {
  if (marks.length === 0) return nothing
  const shown = columns.filter(({ cell }) => marks.some((mark) => cell(mark) !== ''))
  if (shown.length === 0) {
    return html`<ol class="timeline" aria-label="Timeline">${marks.map(
      (mark, at) => html`<li>${nameOf(mark, at)}</li>`,
    )}</ol>`
  }
  return table({
    caption: 'Timeline',
    columns: [{ label: 'Marked in the charts' }, ...shown],
    groups: marks.map((mark, at) => ({
      cells: [nameOf(mark, at), ...shown.map(({ cell }) => cell(mark))],
    })),
  })
}

function nameOf({ atSecond, label }: TimelineMark, at: number): Html {
  return html`<b class="mark">${at + 1}</b> <time>${showElapsed(atSecond)}</time> ${label}`
}

interface MarkColumn {
  readonly label: string
  readonly figures?: boolean
  readonly cell: (mark: TimelineMark) => Cell & string
}

const columns: readonly MarkColumn[] = [
  { label: 'stations', figures: true, cell: ({ stations }) => countText(stations) },
  { label: 'sessions broken off', figures: true, cell: ({ brokenOff }) => countText(brokenOff) },
  { label: 'back, p50', figures: true, cell: ({ backMs }) => (backMs ? showMs(backMs.p50) : '') },
  { label: 'at most', figures: true, cell: ({ backMs }) => (backMs ? showMs(backMs.max) : '') },
  {
    label: 'all back after',
    figures: true,
    cell: ({ allBackSeconds: seconds }) => {
      if (seconds === undefined) return ''
      return seconds === null ? 'never' : showSeconds(seconds)
    },
  },
  {
    label: 'could not be done',
    cell: ({ undone = {} }) =>
      Object.entries(undone)
        .map(([reason, stations]) => `${showCount(stations)} × ${reason}`)
        .join(', '),
  },
]

function countText(count: number | undefined): string {
  return count === undefined ? '' : showCount(count)
}
