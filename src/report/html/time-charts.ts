import type { ChartModel, Limit, Line, Mark, Tone, WindowBand } from './chart-model.ts'
import { type StoredPoint, type StoredReport, windowName, windowsOf } from './stored-report.ts'

/** A chart with the words around it. */
export interface Chart {
  readonly title: string
  /** What is measured and in what unit, as people say it. */
  readonly measure: string
  readonly model: ChartModel
}

export interface TimeCharts {
  readonly charts: readonly Chart[]
  /** What stayed at nothing all the time: said in words instead of a flat line. */
  readonly quiet: readonly string[]
}

const fullCpuShare = 0.9

/** The run over time, chart by chart; without a series there are none. */
export function timeCharts(report: StoredReport): TimeCharts {
  const at = instantsOf(report)
  const points = new Map(report.series.map((point) => [point.second, point]))
  const line = (label: string, tone: Tone, shape: Line['shape'], value: Value): Line => {
    return { label, tone, shape, values: at.map((second) => valueOf(points.get(second), value)) }
  }
  const candidates = [
    ratesChart(line),
    responseChart(line),
    connectionsChart(line),
    errorsChart(line),
    backlogChart(line),
    cpuChart(line),
    lagChart(line),
  ]
  const drawn = candidates.flatMap(({ quiet, limits, lines, unit, ...words }) => {
    const told = lines.filter(hasValues)
    if (told.length === 0 || (quiet !== undefined && told.every(isFlat))) return []
    const logarithmic = unit === 'milliseconds' ? spreads(told) : null
    const model: ChartModel = {
      id: words.id,
      x: 'time',
      unit,
      at,
      lines: told,
      logarithmic,
      limits,
    }
    return [{ title: words.title, measure: words.measure, model }]
  })
  const shown = new Set(drawn.map(({ model }) => model.id))
  const quiet = candidates.flatMap(({ id, quiet, lines }) =>
    quiet !== undefined && !shown.has(id) && lines.some(hasValues) ? [quiet] : [],
  )
  return { charts: drawn, quiet: at.length === 0 ? [] : quiet }
}

/** The windows of the run behind the charts. */
export function windowBands(report: StoredReport): WindowBand[] {
  const { headline } = report.window
  return windowsOf(report).map(({ phase, from, to }) => {
    const shaded = headline === 'steady' && phase !== 'steady'
    return { name: windowName(phase), from, to, shaded }
  })
}

/** What the scenario's timeline did, in the order it happened. */
export function timelineMarks({ timeline }: StoredReport): Mark[] {
  return (timeline ?? []).map(({ atSecond, label }) => ({ at: atSecond, label }))
}

type Value = (point: StoredPoint) => number | null | undefined
type Draw = (label: string, tone: Tone, shape: Line['shape'], value: Value) => Line

interface Candidate extends Omit<Chart, 'model'> {
  readonly id: string
  readonly unit: ChartModel['unit']
  readonly lines: readonly Line[]
  readonly limits: readonly Limit[]
  /** Said where all its lines are flat at nothing. */
  readonly quiet?: string
}

function ratesChart(line: Draw): Candidate {
  return {
    id: 'rates',
    title: 'Offered and achieved',
    measure: 'exchanges per second',
    unit: 'perSecond',
    lines: [
      line('offered', 'second', 'line', (point) => point.offeredPerSecond),
      line('achieved', 'first', 'line', (point) => point.completedPerSecond),
    ],
    limits: [],
  }
}

function responseChart(line: Draw): Candidate {
  return {
    id: 'response',
    title: 'Response time',
    measure: 'milliseconds, of what ended in each second',
    unit: 'milliseconds',
    lines: [
      line('p99', 'second', 'line', (point) => point.responseP99Ms),
      line('p95', 'third', 'line', (point) => point.responseP95Ms),
      line('p50', 'first', 'line', (point) => point.responseP50Ms),
    ],
    limits: [],
  }
}

function connectionsChart(line: Draw): Candidate {
  return {
    id: 'connections',
    title: 'Connections',
    measure: 'stations with an open WebSocket',
    unit: 'count',
    lines: [line('connected', 'first', 'area', (point) => point.connected)],
    limits: [],
    quiet: 'nobody was connected at the end of any second',
  }
}

function errorsChart(line: Draw): Candidate {
  return {
    id: 'errors',
    title: 'Errors and drops',
    measure: 'exchanges per second',
    unit: 'perSecond',
    lines: [
      line('errors', 'second', 'area', (point) => point.errorsPerSecond),
      line('dropped', 'third', 'line', (point) => point.droppedPerSecond),
    ],
    limits: [],
    quiet: 'no errors and nothing dropped in any second',
  }
}

function backlogChart(line: Draw): Candidate {
  return {
    id: 'backlog',
    title: 'Backlog',
    measure: 'CALLs due and not settled',
    unit: 'count',
    lines: [line('backlog', 'first', 'area', (point) => point.backlog)],
    limits: [],
    quiet: 'no backlog at the end of any second',
  }
}

function cpuChart(line: Draw): Candidate {
  return {
    id: 'cpu',
    title: 'CPU',
    measure: 'share of one core',
    unit: 'share',
    lines: [
      line('busiest worker', 'first', 'line', (point) => point.cpuShare),
      line('embedded CSMS', 'third', 'line', (point) => point.targetCpuShare),
    ],
    limits: [{ value: fullCpuShare, label: 'generator full' }],
  }
}

function lagChart(line: Draw): Candidate {
  return {
    id: 'lag',
    title: 'Generator lag',
    measure: 'milliseconds, p99',
    unit: 'milliseconds',
    lines: [line('lag p99', 'first', 'line', (point) => point.lagP99Ms)],
    limits: [],
  }
}

/** Every instant that a point could stand at: a gap in the series stays a gap in the chart. */
function instantsOf({ series, seriesIntervalSeconds: interval }: StoredReport): number[] {
  const first = series[0]?.second
  const last = series.at(-1)?.second
  if (first === undefined || last === undefined) return []
  const instants = new Set(series.map(({ second }) => second))
  if (interval > 0) for (let at = first; at < last; at += interval) instants.add(at)
  return [...instants].sort((a, b) => a - b)
}

function valueOf(point: StoredPoint | undefined, value: Value): number | null {
  const found = point && value(point)
  return found === undefined || found === null ? null : shortened(found)
}

/** Four digits are more than a pixel tells, and keep the page small. */
function shortened(value: number): number {
  return Number(value.toPrecision(Math.abs(value) >= 1000 ? 6 : 4))
}

function hasValues({ values }: Line): boolean {
  return values.some((value) => value !== null)
}

function isFlat({ values }: Line): boolean {
  return values.every((value) => value === null || value === 0)
}

const widelySpread = 20

/** Whether a linear axis would press most of the lines flat. */
function spreads(lines: readonly Line[]): boolean {
  const values = lines
    .flatMap((line) => line.values)
    .filter((value) => value !== null)
    .filter((value) => value > 0)
    .sort((a, b) => a - b)
  const middle = values[Math.floor(values.length / 2)]
  const most = values.at(-1)
  return middle !== undefined && most !== undefined && most > widelySpread * middle
}
