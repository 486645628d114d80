import type { Report, SeriesPointReport } from './result.ts'

/** Of `series.csv` and `series.ndjson`, in this order; the names of `report.json`. */
const columns = [
  'second',
  'phase',
  'offeredPerSecond',
  'completedPerSecond',
  'errorsPerSecond',
  'droppedPerSecond',
  'messagesPerSecond',
  'backlog',
  'connected',
  'responseP50Ms',
  'responseP95Ms',
  'responseP99Ms',
  'lagP99Ms',
  'cpuShare',
  'targetCpuShare',
] as const satisfies readonly (keyof SeriesPointReport)[]

/** The series for a spreadsheet (RFC 4180); nothing measured is an empty cell. */
export function seriesCsv({ series }: Pick<Report, 'series'>): string {
  const rows = series.map((point) => columns.map((column) => point[column] ?? '').join(','))
  return [columns.join(','), ...rows].map((row) => `${row}\r\n`).join('')
}

/** The series with an object a line, each with the run it belongs to. */
export function seriesNdjson({ series, runId }: Pick<Report, 'series' | 'runId'>): string {
  return series.map((point) => `${JSON.stringify({ runId, ...point })}\n`).join('')
}
