import type { LatencySummary } from '../metrics/latency-summary.ts'
import { showBareMs, showCount, showCountOf, showRate } from './figures.ts'
import type { Report } from './result.ts'
import type { Page } from './summary-page.ts'
import { cut, tableLines } from './table.ts'

const shownActions = 10
const longestName = 28

/** Response times: all, then by action, the commonest first. */
export function latencyLines(report: Report, { style }: Page): string[] {
  const actions = Object.entries(report.actions).sort(
    ([, a], [, b]) => b.exchanges.started - a.exchanges.started,
  )
  if (actions.length === 0) return []
  const rows = actions.slice(0, shownActions).map(([action, numbers]) => {
    const { started, completed, invalid, perSecond } = numbers.exchanges
    const errors = started - completed + invalid
    const head = [`  ${cut(action, longestName)}`, showCount(started), bareRate(perSecond)]
    return [...head, showCount(errors), ...times(numbers.responseTimeMs)]
  })
  const { exchanges, responseTimeMs, responseTimeAllMs, serviceTimeMs } = report
  const errors = exchanges.started - exchanges.completed + exchanges.invalid
  const rate = bareRate(exchanges.perSecond)
  const all = [showCount(exchanges.started), rate, showCount(errors), ...times(responseTimeMs)]
  const totals = [['response time', ...all]]
  if (responseTimeAllMs.count > responseTimeMs.count) {
    totals.push(['  with unanswered', '', '', '', ...times(responseTimeAllMs)])
  }
  if (report.model !== 'closed') {
    totals.push(['service time', '', '', '', ...times(serviceTimeMs)])
  }
  const head = ['times in ms', 'exchanges', 'per s', 'errors', 'mean', 'p50', 'p95', 'p99', 'max']
  const [title, ...body] = tableLines({ head, rows: [...totals, ...rows] })
  const rest = actions.length - rows.length
  return [
    `  ${style.dim(title ?? '')}`,
    ...body.map((line) => `  ${line}`),
    ...(rest > 0 ? [style.dim(`    and ${showCountOf(rest, 'more action')}, in the report`)] : []),
  ]
}

function times({ mean, p50, p95, p99, max }: LatencySummary): string[] {
  return [mean, p50, p95, p99, max].map(showBareMs)
}

function bareRate(rate: number | null): string {
  return showRate(rate).replace('/s', '')
}

/** What was due at instants of its own and is no CALL. */
export function arrivalLines({ arrivals = {} }: Report, { style }: Page): string[] {
  const rows = (['sessions', 'commands'] as const).flatMap((name) => {
    const found = arrivals[name]
    if (!found) return []
    const { due, begun, dropped, unbegun, perSecond, waitMs } = found
    const counts = [showCount(due), showCount(begun), bareRate(perSecond)]
    return [[name, ...counts, showCount(dropped + unbegun), ...times(waitMs)]]
  })
  if (rows.length === 0) return []
  const counts = ['due', 'begun', 'per s', 'never']
  const head = ['arrivals, wait in ms', ...counts, 'mean', 'p50', 'p95', 'p99', 'max']
  const [title, ...body] = tableLines({ head, rows })
  return [`  ${style.dim(title ?? '')}`, ...body.map((line) => `  ${line}`)]
}

/** What the CSMS asked of the stations. */
export function commandLines({ commands }: Report, { style }: Page): string[] {
  const rows = Object.entries(commands).map(([action, numbers]) => {
    const { started, completed } = numbers.exchanges
    const { mean, p95, max } = numbers.commandTimeMs
    const counts = [started, started - completed, numbers.failed].map(showCount)
    return [cut(action, longestName), ...counts, ...[mean, p95, max].map(showBareMs)]
  })
  if (rows.length === 0) return []
  const head = ['commands, times in ms', 'received', 'no result', 'failed', 'mean', 'p95', 'max']
  const [title, ...body] = tableLines({ head, rows })
  return [`  ${style.dim(title ?? '')}`, ...body.map((line) => `  ${line}`)]
}
