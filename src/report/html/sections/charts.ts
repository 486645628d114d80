import { showNumber, showSeconds } from '../../figures.ts'
import type { Line } from '../chart-model.ts'
import { type Html, html, nothing } from '../html.ts'
import type { StoredReport } from '../stored-report.ts'
import { type Chart, timeCharts, windowBands } from '../time-charts.ts'
import type { Section } from './section.ts'
import { timeline } from './timeline.ts'

/** The run over time. */
export function overTime(report: StoredReport): Section | undefined {
  const { charts, quiet } = timeCharts(report)
  if (charts.length === 0) return undefined
  const interval = report.seriesIntervalSeconds
  const points = interval === 1 ? '' : `; a point is ${showSeconds(interval)}`
  const body = html`<p class="hint">Minutes and seconds since the run began${points}${shadedText(report)}<span class="needs-script">. Drag to zoom, double-click to see all again</span>. <button type="button" data-zoom-out hidden>See all again</button></p>
<p class="notes without-script">The charts need JavaScript. The figures on this page do not.</p>
${timeline(report)}
<div class="charts">${charts.map(chartFigure)}</div>
${quiet.length === 0 ? nothing : html`<p class="hint">No chart for what stayed at nothing: ${quiet.join('; ')}.</p>`}`
  return { id: 'over-time', title: 'Over time', body }
}

function shadedText(report: StoredReport): string {
  const names = windowBands(report).flatMap(({ name, shaded }) => (shaded ? [name] : []))
  return names.length === 0 ? '' : `; shaded: ${names.join(', ')}, which the figures leave out`
}

/** The place of a chart, with its words; the page's script draws into it. */
export function chartFigure({ title, measure, model }: Chart): Html {
  const choice =
    model.logarithmic === null
      ? nothing
      : html`<button type="button" data-logarithmic="${model.id}" aria-pressed="${String(model.logarithmic)}" hidden>Log scale</button>`
  const told = `${title}, ${measure}. ${model.lines.map(rangeText).join('; ')}.`
  return html`<figure class="chart">
<figcaption><h3>${title}</h3> <span>${measure}</span> ${choice}</figcaption>
<div class="plot" id="chart-${model.id}" role="img" aria-label="${told}"></div>
<div class="legend" id="chart-${model.id}-legend" aria-hidden="true"></div>
</figure>
`
}

/** For those who do not see the line. */
function rangeText({ label, values }: Line): string {
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (const value of values) {
    if (value === null) continue
    least = Math.min(least, value)
    most = Math.max(most, value)
  }
  return least > most
    ? `${label}: nothing`
    : `${label}: ${showNumber(least)} to ${showNumber(most)}`
}
