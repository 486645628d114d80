/** A rate with the precision that means something; null where no time passed. */
export function perSecond(count: number, seconds: number): number | null {
  return seconds > 0 ? Math.round((count / seconds) * 100) / 100 : null
}

/** Three decimals: milliseconds of a second, milliwatt-hours, a tenth of a per cent. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}

const nothing = '–'

/** `1,234,567` */
export function showCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** `3 stations`, `1 station`. */
export function showCountOf(count: number, one: string, many = `${one}s`): string {
  return `${showCount(count)} ${count === 1 ? one : many}`
}

/** Three significant digits, whole from 100 up: `0.042`, `4.21`, `42.1`, `1,234`. */
export function showNumber(value: number): string {
  const size = Math.abs(value)
  if (size >= 99.95) return showCount(value)
  if (size >= 9.995) return value.toFixed(1)
  if (size >= 0.1 || size === 0) return value.toFixed(size === 0 ? 0 : 2)
  return value.toFixed(3)
}

/** `1,234/s` */
export function showRate(rate: number | null): string {
  return rate === null ? nothing : `${rate >= 99.95 ? showCount(rate) : rate.toFixed(1)}/s`
}

/** `12.3 ms`; from 10 s up `12.3 s`. */
export function showMs(ms: number | null): string {
  if (ms === null) return nothing
  return ms >= 10_000 ? `${showNumber(ms / 1000)} s` : `${showNumber(ms)} ms`
}

/** As `showMs`, for columns whose head says ms. */
export function showBareMs(ms: number | null): string {
  return ms === null ? nothing : showNumber(ms)
}

/** `4.2 s`, `1 min 30 s`, `2 h 5 min`. */
export function showSeconds(seconds: number): string {
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return joined(`${minutes} min`, whole % 60, 's')
  return joined(`${Math.floor(minutes / 60)} h`, minutes % 60, 'min')
}

function joined(head: string, rest: number, unit: string): string {
  return rest === 0 ? head : `${head} ${rest} ${unit}`
}

/** `412.3 kWh`; below 1 kWh `850 Wh`. */
export function showEnergy(wattHours: number): string {
  if (wattHours < 1000) return `${showCount(wattHours)} Wh`
  const kilo = wattHours / 1000
  return `${kilo >= 999.95 ? showCount(kilo) : kilo.toFixed(1)} kWh`
}

/** `12 %` */
export function showShare(share: number | null): string {
  return share === null ? nothing : `${Math.round(share * 100)} %`
}

/** `84 MiB` */
export function showBytes(bytes: number): string {
  const mebi = bytes / 2 ** 20
  return mebi >= 1024 ? `${(mebi / 1024).toFixed(1)} GiB` : `${showCount(mebi)} MiB`
}

/** `2:05`, as in a line of progress. */
export function showElapsed(seconds: number): string {
  const whole = Math.floor(seconds)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

/** What a threshold measured, in its unit. */
export function showActual(actual: number | null, unit: 'ms' | 'count'): string {
  if (actual === null) return 'no samples'
  if (unit === 'ms') return showMs(actual)
  return Number.isInteger(actual) ? showCount(actual) : showSmall(actual)
}

function showSmall(value: number): string {
  return value >= 1 ? showNumber(value) : String(Number(value.toPrecision(2)))
}
