import type Plot from 'uplot'
import type { ChartModel, Line, PageData, Tone } from '../chart-model.ts'
import { drawBackdrop, drawNotes } from './backdrop.ts'
import type { Colours } from './colours.ts'
import { showPlaceTick, showTick } from './format.ts'
import { decades, valueRange } from './range.ts'
import type { Zoom } from './zoom.ts'

export const chartHeight = 224

const font = '12px system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif'
const dashes: Readonly<Record<Tone, number[]>> = { first: [], second: [7, 4], third: [2, 3] }

export interface Look {
  readonly colours: Colours
  readonly width: number
  readonly logarithmic: boolean
  readonly zoom: Zoom
  /** The cursor stands at a point, or nowhere. */
  readonly moved: (at: number | null) => void
}

/** A chart as uPlot wants it said. */
export function chartOptions(model: ChartModel, data: PageData, look: Look): Plot.Options {
  const { colours, logarithmic } = look
  return {
    width: look.width,
    height: chartHeight,
    padding: [model.x === 'time' ? 18 : 10, 20, 0, 0],
    legend: { show: false },
    cursor: cursorOf(model, look),
    scales: {
      x: { time: false, ...horizontalScale(model) },
      y: { distr: logarithmic ? 3 : 1, range: valueRange(model, logarithmic) },
    },
    axes: [horizontalAxis(model, colours), verticalAxis(model, colours)],
    series: [{}, ...model.lines.map((line) => seriesOf(line, colours))],
    hooks: {
      drawClear: [(plot) => drawBackdrop(plot, model, data, colours)],
      draw: [(plot) => drawNotes(plot, model, data, colours)],
      setCursor: [(plot) => look.moved(plot.cursor.idx ?? null)],
      setSelect: [(plot) => zoomTo(plot, model, look.zoom)],
    },
  }
}

function cursorOf(model: ChartModel, { zoom, colours }: Look): Plot.Cursor {
  const time = model.x === 'time'
  return {
    y: false,
    points: { size: 8, fill: (_, line) => colours.of(model.lines[line - 1]?.tone ?? 'first') },
    // Zoom decides what is shown; a chart that zoomed by itself would leave the others behind.
    drag: { x: true, y: false, setScale: !time, dist: 4 },
    ...(time && {
      sync: {
        key: 'time',
        filters: { pub: (type: string) => type === 'mousemove' || type === 'mouseleave' },
      },
      bind: {
        dblclick: () => () => {
          zoom.show(undefined)
          return null
        },
      },
    }),
  }
}

function zoomTo(plot: Plot, { x }: ChartModel, zoom: Zoom): void {
  const { left, width } = plot.select
  if (x !== 'time' || width === 0) return
  zoom.show({ min: plot.posToVal(left, 'x'), max: plot.posToVal(left + width, 'x') })
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
}

function horizontalScale({ x, at }: ChartModel): Plot.Scale {
  const first = at[0] ?? 0
  const last = at.at(-1) ?? 1
  if (x === 'milliseconds') return { distr: 3, range: (_, min, max) => [min, max] }
  // A single point would have a scale of no length.
  if (first === last) return { range: () => [first - 1, last + 1] }
  return { range: (_, min, max) => [min, max] }
}

/** Steps of time that people count in, in seconds. */
const timeSteps = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400,
]

function horizontalAxis(model: ChartModel, colours: Colours): Plot.Axis {
  return {
    ...axisOf(colours),
    size: 28,
    space: 56,
    ...(model.x === 'time' && { incrs: timeSteps }),
    ...(model.x === 'percentile' && { incrs: [1] }),
    values: (_, splits) => splits.map((value) => showPlaceTick(value, model.x)),
  }
}

function verticalAxis(model: ChartModel, colours: Colours): Plot.Axis {
  return {
    ...axisOf(colours),
    size: 48,
    space: 36,
    ...(model.unit === 'count' && { incrs: wholeSteps }),
    values: (_, splits) => splits.map((value) => showTick(value, model.unit)),
  }
}

const wholeSteps = Array.from({ length: 10 }, (_, power) =>
  [1, 2, 5].map((step) => step * 10 ** power),
).flat()

function axisOf(colours: Colours): Plot.Axis {
  const line = colours.of('line')
  return {
    font,
    filter: decades,
    stroke: colours.of('muted'),
    gap: 6,
    grid: { stroke: line, width: 1, filter: decades },
    ticks: { show: false },
  }
}

function seriesOf({ label, tone, shape }: Line, colours: Colours): Plot.Series {
  const stroke = colours.of(tone)
  const filled = shape === 'area' || (shape === 'steps' && tone === 'first')
  const stepped = shape === 'steps' ? uPlot.paths.stepped?.({ align: 1 }) : undefined
  return {
    label,
    stroke,
    width: 1.75,
    dash: dashes[tone],
    points: { ...(shape === 'points' && { show: true }), size: 6, fill: colours.of('surface') },
    ...(filled && { fill: colours.of(`${tone}-area`) }),
    ...(stepped && { paths: stepped }),
  }
}
