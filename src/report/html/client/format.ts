import type { Abscissa, ChartUnit } from '../chart-model.ts'

/** A value beside the legend: `1,234/s`, `12.3 ms`, `45 %`. */
export function showValue(value: number | null | undefined, unit: ChartUnit): string {
  if (value === null || value === undefined) return '–'
  return unit === 'share' ? percent(value) : `${number(value)}${suffixes[unit]}`
}

const suffixes = { perSecond: '/s', milliseconds: ' ms', count: '' } as const

/** A value along an axis, as short as can be: `10k`, `0.5`. */
export function showTick(value: number | null, unit: ChartUnit): string {
  if (value === null) return ''
  if (unit === 'share') return percent(value)
  if (Math.abs(value) >= 1e6) return `${Number((value / 1e6).toPrecision(3))}M`
  if (Math.abs(value) >= 1e4) return `${Number((value / 1e3).toPrecision(3))}k`
  return String(Number(value.toPrecision(3)))
}

/** A place on the horizontal axis. */
export function showPlace(value: number, x: Abscissa): string {
  if (x === 'time') return elapsed(value)
  if (x === 'percentile') return percentile(value)
  return `${number(value)}${x === 'rate' ? '/s' : ' ms'}`
}

export function showPlaceTick(value: number | null, x: Abscissa): string {
  if (value === null) return ''
  return x === 'time' || x === 'percentile' ? showPlace(value, x) : showTick(value, 'count')
}

function number(value: number): string {
  const size = Math.abs(value)
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 3
  return Number(value.toFixed(digits)).toLocaleString('en')
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

/** `0:05`, `1:30`, `1:02:03`. */
function elapsed(seconds: number): string {
  const whole = Math.floor(seconds)
  const two = (value: number): string => String(value).padStart(2, '0')
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor(whole / 60) % 60
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`
}

/** 1 is 90 %, 2 is 99 %, 2.5 is 99.7 %. */
function percentile(nines: number): string {
  const beyond = 100 * 10 ** -nines
  return `${Number((100 - beyond).toFixed(Math.max(0, Math.ceil(nines) - 1)))} %`
}
