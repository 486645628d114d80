import type { ChartModel } from '../chart-model.ts'
import { showPlace, showValue } from './format.ts'

/** Names the lines and, under the cursor, their values. */
export function showLegend(model: ChartModel, at: number | null): void {
  const legend = document.getElementById(`chart-${model.id}-legend`)
  if (!legend) return
  const entries = model.lines.map(({ label, tone, values }) => {
    const swatch = document.createElement('i')
    swatch.className = tone
    const value = document.createElement('b')
    value.textContent = at === null ? '' : showValue(values[at], model.unit)
    const entry = document.createElement('span')
    entry.append(swatch, `${label} `, value)
    return entry
  })
  legend.replaceChildren(...entries)
  const place = at === null ? undefined : model.at[at]
  if (place === undefined) return
  const where = document.createElement('span')
  where.className = 'at'
  where.textContent = showPlace(place, model.x)
  legend.append(where)
}
