import type { LatencyHistogram } from './latency-histogram.ts'

/** Times in milliseconds; null where nothing, or too little, was measured. */
export interface LatencySummary {
  readonly count: number
  readonly min: number | null
  readonly mean: number | null
  readonly p50: number | null
  readonly p90: number | null
  readonly p95: number | null
  readonly p99: number | null
  readonly p999: number | null
  readonly max: number | null
}

/** A percentile with fewer samples beyond it is luck, and is not reported. */
const leastSamplesBeyond = 10

/** The percentiles that are no luck, with mean and extremes; milliseconds. */
export function summarise(histogram: LatencyHistogram): LatencySummary {
  const percentile = (percent: number): number | null => {
    const beyond = (histogram.count * (100 - percent)) / 100
    return beyond < leastSamplesBeyond - 1e-6 ? null : inMs(histogram.percentile(percent))
  }
  return {
    count: histogram.count,
    min: inMs(histogram.min),
    mean: inMs(histogram.mean),
    p50: percentile(50),
    p90: percentile(90),
    p95: percentile(95),
    p99: percentile(99),
    p999: percentile(99.9),
    max: inMs(histogram.max),
  }
}

/**
 * The highest percentile up to p99 that is no luck: 10 samples lie beyond it. Undefined below 20
 * samples, of which not even the median is.
 */
export function highestSound(histogram: LatencyHistogram): number | undefined {
  const percent = 100 * (1 - leastSamplesBeyond / Math.max(1, histogram.count))
  return percent < 50 ? undefined : Math.min(99, Math.floor(percent))
}

/** Milliseconds with the histogram's microsecond resolution. */
export function inMs(micros: number | undefined): number | null {
  return micros === undefined ? null : Math.round(micros) / 1000
}
