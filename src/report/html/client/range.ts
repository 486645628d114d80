import type Plot from 'uplot'
import type { ChartModel } from '../chart-model.ts'

/** Linear axes begin at nothing, so that lengths compare; limits of the chart stay in sight. */
export function valueRange(model: ChartModel, logarithmic: boolean): Plot.Scale.Range {
  const limits = model.limits.map(({ value }) => value)
  return (_, min, max) => {
    const highest = Math.max(max ?? 0, ...limits)
    if (!logarithmic) return [0, highest > 0 ? highest * 1.08 : 1]
    const lowest = min !== null && min > 0 ? min : lowestOf(model)
    return [lowest / 1.3, Math.max(highest, lowest * 8) * 1.3]
  }
}

/** The smallest value that has a place on a logarithmic axis. */
function lowestOf({ lines }: ChartModel): number {
  let lowest = Number.POSITIVE_INFINITY
  for (const { values } of lines) {
    for (const value of values) if (value !== null && value > 0 && value < lowest) lowest = value
  }
  return lowest === Number.POSITIVE_INFINITY ? 1 : lowest
}

const wide = 200

/** Of a logarithmic axis the places worth a line: 1, 10, 100; on a short one 1, 2, 5, 10. */
export function decades(plot: Plot, splits: number[], axis: number): (number | null)[] {
  const scale = plot.scales[axis === 0 ? 'x' : 'y']
  if (scale?.distr !== 3) return splits
  const few = (scale.max ?? 1) / (scale.min ?? 1) > wide
  return splits.map((value) => {
    const leading = Math.round(value / 10 ** Math.floor(Math.log10(value) + 1e-9))
    return leading === 1 || (!few && (leading === 2 || leading === 5)) ? value : null
  })
}
