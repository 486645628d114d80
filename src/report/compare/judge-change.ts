import type { Figure, Noise } from './figure.ts'
import { studentQuantile } from './student-t.ts'

export type ChangeVerdict = 'better' | 'worse' | 'same' | 'cannot tell'

/** One figure of two runs. */
export interface MetricChange {
  readonly metric: string
  readonly unit: Figure['unit']
  readonly before: number | null
  readonly after: number | null
  /** Of the value before: 0.1 is 10 % more. For a share: of 1. Null where it cannot be said. */
  readonly change: number | null
  /** Changes up to this size may be noise; in the same measure. */
  readonly noise: number | null
  readonly verdict: ChangeVerdict
  /** Why it cannot be told. */
  readonly note?: string
}

/** With more noise, half as much again would go unnoticed. */
const mostNoise = 0.5
/** For a share. */
const mostShareNoise = 0.01

/**
 * Holds the change of a figure against its noise.
 *
 * @param miss how likely noise alone may look like a change
 */
export function judgeChange(before: Figure, after: Figure, miss: number): MetricChange {
  const { metric, unit } = before
  const base = { metric, unit, before: before.value, after: after.value }
  const unknown = (note: string, change: number | null = null): MetricChange => {
    return { ...base, change, noise: null, verdict: 'cannot tell', note }
  }
  if (before.value === null || after.value === null) {
    const where = before.value === null && after.value === null ? 'both runs' : oneOf(before)
    return unknown(`too few samples in ${where}`)
  }
  if (unit !== 'share' && before.value <= 0) return unknown('there is nothing to compare with')
  const change = changeOf(unit, before.value, after.value)
  if (before.noise === undefined || after.noise === undefined) {
    const why = before.silence ?? 'the series is too short, or hangs together for too long'
    return unknown(why, change)
  }
  const reach = reachOf(before.noise, after.noise, miss)
  const noise = unit === 'share' ? reach : Math.exp(reach) - 1
  return { ...base, change, noise, ...verdictOf({ before, after, change, reach, noise }) }
}

function oneOf(before: Figure): string {
  return before.value === null ? 'the run before' : 'the run after'
}

function changeOf(unit: Figure['unit'], before: number, after: number): number {
  return unit === 'share' ? after - before : after / before - 1
}

interface Judged {
  readonly before: Figure
  readonly after: Figure
  readonly change: number
  readonly reach: number
  readonly noise: number
}

function verdictOf(judged: Judged): Pick<MetricChange, 'verdict' | 'note'> {
  const { before, change, noise } = judged
  if (standsOut(judged)) {
    if (!isLarge(before, change)) return { verdict: 'same' }
    return { verdict: change > 0 === (before.better === 'higher') ? 'better' : 'worse' }
  }
  const most = before.unit === 'share' ? mostShareNoise : mostNoise
  return noise > most
    ? { verdict: 'cannot tell', note: 'too much noise: run longer' }
    : { verdict: 'same' }
}

/** Less than no time is left of a value: a fall is as large as the rise that would undo it. */
function isLarge({ unit, least }: Figure, change: number): boolean {
  if (unit === 'share') return Math.abs(change) > least
  return Math.abs(Math.log1p(change)) > Math.log1p(least)
}

/** Whether the change is larger than the noise, in the figure itself and in its series. */
function standsOut({ before, after, change, reach }: Judged): boolean {
  if (before.unit === 'share') return Math.abs(change) > reach
  const moved = Math.log1p(change)
  if (Math.abs(moved) <= reach) return false
  const { seriesMean: from } = before
  const { seriesMean: to } = after
  if (from === undefined || to === undefined) return true
  const inSeries = Math.log(to / from)
  return Math.abs(inSeries) > reach && inSeries > 0 === moved > 0
}

/** How far the difference of both may be off (Welch's t-test, of the logarithms unless a share). */
function reachOf(a: Noise, b: Noise, miss: number): number {
  const [varA, varB] = [a.error ** 2, b.error ** 2]
  if (varA + varB === 0) return 0
  const freedom = (varA + varB) ** 2 / (varA ** 2 / a.freedom + varB ** 2 / b.freedom)
  return studentQuantile(freedom, miss) * Math.sqrt(varA + varB)
}
