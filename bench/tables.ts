import type { Measurement } from './measure.ts'
import type { Compared, Ratio } from './results.ts'
import type { Standing } from './standing.ts'
import type { Handshakes } from './tls.ts'

interface Column<Row> {
  readonly head: string
  readonly cell: (row: Row) => string
}

const count = (value: number): string => Math.round(value).toLocaleString('en-US')

const comparedColumns: readonly Column<{ readonly name: string; readonly median: Measurement }>[] =
  [
    { head: '', cell: ({ name }) => name },
    { head: 'exchanges/s', cell: ({ median }) => count(median.exchangesPerSecond) },
    { head: 'messages/s', cell: ({ median }) => count(median.exchangesPerSecond * 2) },
    { head: 'client µs/exchange', cell: ({ median }) => median.clientCpuMicros.toFixed(1) },
    { head: 'server µs/exchange', cell: ({ median }) => median.serverCpuMicros.toFixed(1) },
    { head: 'client KiB/station', cell: ({ median }) => count(median.clientKibPerStation) },
    { head: 'server KiB/station', cell: ({ median }) => count(median.serverKibPerStation) },
  ]

const standingColumns: readonly Column<Standing>[] = [
  { head: 'stations', cell: ({ stations }) => count(stations) },
  { head: 'accepted', cell: ({ accepted }) => count(accepted) },
  { head: 'exchanges/s', cell: ({ exchangesPerSecond }) => count(exchangesPerSecond) },
  { head: 'p99 ms', cell: ({ responseP99Ms }) => responseP99Ms?.toFixed(1) ?? '-' },
  { head: 'verdict', cell: ({ verdict }) => verdict },
  { head: 'generator MiB', cell: ({ generator }) => count(generator.rssMib) },
  { head: 'CSMS MiB', cell: ({ csms }) => count(csms.rssMib) },
  {
    head: 'generator µs/exchange',
    cell: ({ generator }) => generator.cpuMicrosPerExchange.toFixed(0),
  },
  { head: 'CSMS µs/exchange', cell: ({ csms }) => csms.cpuMicrosPerExchange.toFixed(0) },
]

const handshakeColumns: readonly Column<Handshakes>[] = [
  { head: '', cell: ({ name }) => name },
  { head: 'connections/s', cell: ({ perSecond }) => count(perSecond) },
  { head: 'TLS p50 ms', cell: ({ tlsP50Ms }) => tlsP50Ms?.toFixed(1) ?? '-' },
  { head: 'resumed', cell: ({ resumedShare }) => `${Math.round(resumedShare * 100)} %` },
]

export function handshakeTable(rows: readonly Handshakes[]): string {
  return plain(handshakeColumns, rows)
}

export function handshakeMarkdown(rows: readonly Handshakes[]): string {
  return markdown(handshakeColumns, rows)
}

export function comparedTable({ title, rows }: Compared): string {
  return `${title}\n${plain(comparedColumns, rows)}`
}

export function standingTable(rows: readonly Standing[]): string {
  return plain(standingColumns, rows)
}

export function comparedMarkdown({ rows }: Compared): string {
  return markdown(comparedColumns, rows)
}

export function standingMarkdown(rows: readonly Standing[]): string {
  return markdown(standingColumns, rows)
}

/** What one more station takes between two sizes of fleet, KiB. */
export function kibPerStation(
  standing: readonly Standing[],
  side: 'generator' | 'csms',
): { readonly from: number; readonly to: number; readonly kib: number }[] {
  return standing.slice(1).map((more, i) => {
    const fewer = standing[i] ?? more
    const mib = more[side].rssMib - fewer[side].rssMib
    return {
      from: fewer.stations,
      to: more.stations,
      kib: (mib * 1024) / (more.stations - fewer.stations),
    }
  })
}

export function ratioLine({ name, value, least, most }: Ratio): string {
  return `${name}: ${value.toFixed(2)} (of the medians; round by round ${least.toFixed(2)} to ${most.toFixed(2)})`
}

function plain<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const cells = [
    columns.map(({ head }) => head),
    ...rows.map((row) => columns.map((c) => c.cell(row))),
  ]
  const widths = columns.map((_, at) => Math.max(...cells.map((line) => line[at]?.length ?? 0)))
  return cells
    .map((line) =>
      line
        .map((cell, at) =>
          at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0),
        )
        .join('  '),
    )
    .join('\n')
}

function markdown<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    line(columns.map(({ head }) => head)),
    line(columns.map((_, at) => (at === 0 ? '---' : '---:'))),
    ...rows.map((row) => line(columns.map((c) => c.cell(row)))),
  ].join('\n')
}
