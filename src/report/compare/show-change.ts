import { showMs, showNumber, showRate } from '../figures.ts'
import type { MetricChange } from './judge-change.ts'

type Measured = Pick<MetricChange, 'unit'>

/** A figure in its unit: `12.3 ms`, `1,234/s`, `0.12 %`. */
export function showFigure({ unit }: Measured, value: number | null): string {
  if (unit === 'ms') return showMs(value)
  if (unit === '/s') return showRate(value)
  return value === null ? '–' : `${showNumber(value * 100)} %`
}

/** `+27 %`; for a share in points of it: `+0.30 points`. */
export function showChange({ unit, change }: MetricChange): string {
  if (change === null) return '–'
  const size = showSize({ unit }, Math.abs(change))
  if (size.startsWith('0 ')) return size
  return `${change < 0 ? '−' : '+'}${size}`
}

/** `±6.2 %` */
export function showNoise({ unit, noise }: MetricChange): string {
  return noise === null ? '–' : `±${showSize({ unit }, noise)}`
}

/** `12.3 ms → 15.6 ms, +27 % (noise ±6.2 %)` */
export function showWhole(one: MetricChange): string {
  const noise = one.noise === null ? '' : ` (noise ${showNoise(one)})`
  const [from, to] = [showFigure(one, one.before), showFigure(one, one.after)]
  return `${from} → ${to}, ${showChange(one)}${noise}`
}

function showSize({ unit }: Measured, size: number): string {
  const percent = size * 100
  const shown = percent >= 9.95 || percent < 0.05 ? Math.round(percent) : percent.toFixed(1)
  if (unit === 'share') return `${percent < 0.0005 ? 0 : showNumber(percent)} points`
  return size > 100 ? 'more than 100-fold' : `${shown} %`
}
