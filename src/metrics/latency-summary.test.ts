import { describe, expect, test } from 'vitest'
import { LatencyHistogram } from './latency-histogram.ts'
import { highestSound, summarise } from './latency-summary.ts'

function summaryOf(samples: number) {
  const histogram = new LatencyHistogram()
  histogram.recordTimes(1_500, samples)
  return summarise(histogram)
}

describe('summarise', () => {
  test('tells milliseconds', () => {
    expect(summaryOf(20)).toMatchObject({ count: 20, min: 1.5, mean: 1.5, p50: 1.5, max: 1.5 })
  })

  test('the highest sound percentile has 10 samples beyond it, and is p99 at most', () => {
    const of = (count: number) => {
      const histogram = new LatencyHistogram()
      for (let i = 0; i < count; i += 1) histogram.record(i)
      return highestSound(histogram)
    }
    expect([0, 19, 20, 100, 200, 1000, 50_000].map(of)).toEqual([
      undefined,
      undefined,
      50,
      90,
      95,
      99,
      99,
    ])
  })

  test('reports a percentile only when 10 samples lie beyond it', () => {
    expect(summaryOf(19).p50).toBeNull()
    expect(summaryOf(199).p95).toBeNull()
    expect(summaryOf(200).p95).toBe(1.5)
    expect(summaryOf(999).p99).toBeNull()
    expect(summaryOf(1_000).p99).toBe(1.5)
    expect(summaryOf(9_999).p999).toBeNull()
    expect(summaryOf(10_000).p999).toBe(1.5)
  })

  test('is all null for nothing', () => {
    expect(summaryOf(0)).toEqual({
      count: 0,
      min: null,
      mean: null,
      p50: null,
      p90: null,
      p95: null,
      p99: null,
      p999: null,
      max: null,
    })
  })
})
