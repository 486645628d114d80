import type { LatencySummary } from '../../../metrics/latency-summary.ts'
import { showBareMs, showCount } from '../../figures.ts'
import { distributionCharts } from '../distribution.ts'
import { type Html, html, nothing } from '../html.ts'
import type { StoredReport } from '../stored-report.ts'
import { chartFigure } from './charts.ts'
import { term } from './definitions.ts'
import type { Section } from './section.ts'
import { table } from './table.ts'

/** How long things took: every kind of time in a table, response against service time as charts. */
export function latencies(report: StoredReport): Section | undefined {
  const rows = rowsOf(report).filter(([, { count }]) => count > 0)
  if (rows.length === 0) return undefined
  const charts = distributionCharts(report)
  const body = html`<p>${introduction(report)}</p>
${table({
  caption: 'Times by kind',
  columns: [
    { label: 'Time' },
    ...['count', 'min', 'mean', 'p50', 'p90', 'p95', 'p99', 'p99.9', 'max'].map((label) => {
      return { label, figures: true }
    }),
  ],
  groups: rows.map(([name, times]) => ({ cells: [name, ...cellsOf(times)] })),
})}
${charts.length === 0 ? nothing : html`<div class="charts">${charts.map(chartFigure)}</div>`}`
  return { id: 'latencies', title: 'Latencies', body }
}

function introduction({ model }: StoredReport): string {
  return model === 'closed'
    ? 'Milliseconds. In the closed model a CALL is due when it is sent: response time is service time.'
    : 'Milliseconds. What lies between response and service time is waiting: a tool that measures from the moment of sending does not see it.'
}

function rowsOf(report: StoredReport): (readonly [Html | string, LatencySummary])[] {
  const { responseTimeMs, responseTimeAllMs, serviceTimeMs, generator, stations } = report
  return [
    [term('response time', 'Response time'), responseTimeMs],
    ...(responseTimeAllMs.count > responseTimeMs.count
      ? [['Response time, unanswered too', responseTimeAllMs] as const]
      : []),
    ...(report.model === 'closed'
      ? []
      : [[term('service time', 'Service time'), serviceTimeMs] as const]),
    [term('generator lag', 'Generator lag'), generator.lagMs],
    [term('gate wait', 'Gate wait'), generator.gateWaitMs],
    ['Connecting, whole run', stations.connectTimeMs],
    ...(stations.tlsTimeMs ? [['TLS handshake, whole run', stations.tlsTimeMs] as const] : []),
    ['Boot, whole run', stations.bootTimeMs],
  ]
}

function cellsOf({ count, min, mean, p50, p90, p95, p99, p999, max }: LatencySummary): string[] {
  return [showCount(count), ...[min, mean, p50, p90, p95, p99, p999, max].map(showBareMs)]
}
