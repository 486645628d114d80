import type Plot from 'uplot'
import type { ChartModel, PageData } from '../chart-model.ts'
import { Colours } from './colours.ts'
import { showLegend } from './legend.ts'
import { chartHeight, chartOptions } from './options.ts'
import { Zoom } from './zoom.ts'

interface Drawn {
  readonly model: ChartModel
  readonly place: HTMLElement
  plot: Plot
}

export interface Charts {
  /** After the colours changed, or a scale. */
  redraw(): void
}

/** Draws every chart into its place and keeps it as wide as the place. */
export function drawCharts(data: PageData): Charts {
  const zoom = new Zoom()
  const logarithmic = new Set(
    data.charts.filter((model) => model.logarithmic === true).map(({ id }) => id),
  )
  const make = (model: ChartModel, place: HTMLElement): Plot => {
    const options = chartOptions(model, data, {
      colours: new Colours(),
      width: place.clientWidth,
      logarithmic: logarithmic.has(model.id),
      zoom,
      moved: (at) => showLegend(model, at),
    })
    const lines = model.lines.map(({ values }) => [...values])
    const plot = new uPlot(options, [[...model.at], ...lines], place)
    if (model.x === 'time') zoom.join(plot)
    showLegend(model, null)
    return plot
  }
  const drawn = data.charts.flatMap((model): Drawn[] => {
    const place = document.getElementById(`chart-${model.id}`)
    return place ? [{ model, place, plot: make(model, place) }] : []
  })
  const again = (chart: Drawn): void => {
    zoom.leave(chart.plot)
    chart.plot.destroy()
    chart.plot = make(chart.model, chart.place)
    if (chart.model.x === 'time') zoom.apply(chart.plot)
  }
  for (const chart of drawn) {
    followWidth(chart)
    prepareChoice(chart.model, logarithmic, () => again(chart))
  }
  return { redraw: () => drawn.forEach(again) }
}

function followWidth(chart: Drawn): void {
  new ResizeObserver(() => {
    const width = chart.place.clientWidth
    if (width > 0 && width !== chart.plot.width) chart.plot.setSize({ width, height: chartHeight })
  }).observe(chart.place)
}

function prepareChoice(model: ChartModel, logarithmic: Set<string>, again: () => void): void {
  const button = document.querySelector<HTMLButtonElement>(`[data-logarithmic="${model.id}"]`)
  if (!button) return
  button.hidden = false
  button.addEventListener('click', () => {
    const on = !logarithmic.has(model.id)
    if (on) logarithmic.add(model.id)
    else logarithmic.delete(model.id)
    button.setAttribute('aria-pressed', String(on))
    again()
  })
}
