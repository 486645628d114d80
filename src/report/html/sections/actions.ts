import { showBareMs, showCount, showRate } from '../../figures.ts'
import type { ActionNumbers, ActionReport, ExchangeCountsReport } from '../../result.ts'
import { html } from '../html.ts'
import type { StoredReport } from '../stored-report.ts'
import { term } from './definitions.ts'
import type { Section } from './section.ts'
import { type Cell, type Column, table } from './table.ts'

interface Figure extends Column {
  readonly cell: (numbers: ActionNumbers) => Cell
  /** The column is left out where no action says yes. */
  readonly matters?: (numbers: ActionNumbers) => boolean
}

/** What stations asked of the CSMS, by action and, where there is more than one, by version. */
export function actions(report: StoredReport): Section | undefined {
  const entries = Object.entries(report.actions).sort(
    ([, a], [, b]) => b.exchanges.started - a.exchanges.started,
  )
  if (entries.length === 0) return undefined
  const shown = (report.model === 'closed' ? figures : [...figures, service]).filter(
    ({ matters }) => !matters || entries.some(([, numbers]) => matters(numbers)),
  )
  const cellsOf = (name: Cell, numbers: ActionNumbers): Cell[] => {
    return [name, ...shown.map(({ cell }) => cell(numbers))]
  }
  const body = html`<p>Sent by stations; times in milliseconds. ${coverText(report)}</p>
${table({
  caption: 'Exchanges by action',
  sortable: true,
  columns: [{ label: 'Action' }, ...shown],
  groups: entries.map(([action, numbers]) => ({
    cells: cellsOf(action, numbers),
    below: versionsOf(numbers).map(([version, part]) => cellsOf(version, part)),
  })),
})}`
  return { id: 'actions', title: 'Actions', body }
}

function coverText({ window }: StoredReport): string {
  return window.headline === 'steady'
    ? 'Counts cover the whole run, rates and times the steady window.'
    : 'Everything covers the whole run.'
}

function versionsOf({ byVersion }: ActionReport): [string, ActionNumbers][] {
  const versions = Object.entries(byVersion)
  return versions.length > 1 ? versions : []
}

function failed({ started, completed, invalid }: ExchangeCountsReport): number {
  return started - completed + invalid
}

function counted(
  label: Column['label'],
  count: (exchanges: ExchangeCountsReport) => number,
): Figure {
  return {
    label,
    figures: true,
    matters: ({ exchanges }) => count(exchanges) > 0,
    cell: ({ exchanges }) => countCell(count(exchanges)),
  }
}

function countCell(count: number): Cell {
  return { show: showCount(count), sortBy: count }
}

type Percentile = 'p50' | 'p95' | 'p99' | 'max'

function time(
  label: Column['label'],
  of: 'responseTimeMs' | 'serviceTimeMs',
  percentile: Percentile,
): Figure {
  const valueOf = (numbers: ActionNumbers): number | null => numbers[of][percentile]
  return {
    label,
    figures: true,
    matters: (numbers) => valueOf(numbers) !== null,
    cell: (numbers) => ({ show: showBareMs(valueOf(numbers)), sortBy: valueOf(numbers) }),
  }
}

const figures: readonly Figure[] = [
  { label: 'exchanges', figures: true, cell: ({ exchanges }) => countCell(exchanges.started) },
  {
    label: 'per s',
    figures: true,
    cell: ({ exchanges: { perSecond } }) => {
      return { show: showRate(perSecond).replace('/s', ''), sortBy: perSecond }
    },
  },
  { label: 'errors', figures: true, cell: ({ exchanges }) => countCell(failed(exchanges)) },
  counted('CALLERROR', ({ callErrors }) => callErrors),
  counted('timeout', ({ timeouts }) => timeouts),
  counted(term('lost'), ({ lost }) => lost),
  counted(term('unfinished'), ({ unfinished }) => unfinished),
  counted('invalid', ({ invalid }) => invalid),
  counted(term('dropped'), ({ dropped }) => dropped),
  time('response p50', 'responseTimeMs', 'p50'),
  time('p95', 'responseTimeMs', 'p95'),
  time('p99', 'responseTimeMs', 'p99'),
  time('max', 'responseTimeMs', 'max'),
]

/** In the closed model it is response time once more. */
const service = time('service p95', 'serviceTimeMs', 'p95')
