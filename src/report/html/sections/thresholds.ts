import { showActual } from '../../figures.ts'
import type { ThresholdReport } from '../../result.ts'
import { type Html, html, nothing } from '../html.ts'
import { marginOf } from '../margin.ts'
import { type StoredReport, windowName } from '../stored-report.ts'
import type { Section } from './section.ts'
import { table } from './table.ts'

/** Each threshold with what was measured and how far from failing it was. */
export function thresholds(report: StoredReport): Section | undefined {
  if (report.thresholds.length === 0) return undefined
  const body = table({
    caption: 'Thresholds with actual values',
    columns: [
      { label: 'Threshold' },
      { label: 'Result' },
      { label: 'Actual', figures: true },
      { label: 'Margin' },
      { label: 'Covers' },
    ],
    groups: report.thresholds.map((threshold) => {
      const { metric, expression, actual, unit, during, pass, note } = threshold
      const margin = marginOf(threshold)
      const cells = [
        html`<code>${metric}</code> <code class="strong">${expression}</code>`,
        html`${state(pass)}${note === undefined ? nothing : html` <small>${note}</small>`}`,
        showActual(actual, unit),
        html`<span class="margin">${margin.text}${gauge(margin.used)}</span>`,
        during === 'run' ? 'whole run' : windowName(during),
      ]
      return pass === false ? { cells, tone: 'bad' as const } : { cells }
    }),
  })
  return { id: 'thresholds', title: 'Thresholds', body }
}

function state(pass: ThresholdReport['pass']): Html {
  if (pass === null) return html`<span class="state odd">– not judged</span>`
  return pass
    ? html`<span class="state good">✓ met</span>`
    : html`<span class="state bad">✗ failed</span>`
}

const gaugeWidth = 96

/** How much of the limit was used up; beyond it the bar is full and the limit a notch in it. */
function gauge(used: number | null): Html {
  if (used === null) return nothing
  const shown = Math.max(0, used)
  const limit = shown > 1 ? gaugeWidth / shown : gaugeWidth
  const width = Math.min(gaugeWidth, gaugeWidth * shown)
  const over =
    shown > 1 ? html`<rect class="notch" x="${limit - 1}" y="0" width="2" height="8"/>` : nothing
  return html`<svg class="gauge${shown > 1 ? ' over' : ''}" width="${gaugeWidth}" height="8" aria-hidden="true"><rect class="rail" width="${gaugeWidth}" height="8" rx="4"/><rect class="fill" width="${width}" height="8" rx="4"/>${over}</svg>`
}
