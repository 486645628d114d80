import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LatencyHistogram, longestMicros } from './latency-histogram.ts'

const latencies = fc.array(
  fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: longestMicros })),
  { minLength: 1, maxLength: 300 },
)

function histogramOf(values: readonly number[]): LatencyHistogram {
  const histogram = new LatencyHistogram()
  for (const value of values) histogram.record(value)
  return histogram
}

describe('LatencyHistogram', () => {
  test('a percentile is within 1 % of the value at rank ceil(p x n)', () => {
    fc.assert(
      fc.property(latencies, fc.integer({ min: 1, max: 1000 }), (values, perMille) => {
        const sorted = [...values].sort((a, b) => a - b)
        const exact = sorted[Math.ceil((perMille * values.length) / 1000) - 1] ?? Number.NaN
        const told = histogramOf(values).percentile(perMille / 10) ?? Number.NaN
        expect(Math.abs(told - exact)).toBeLessThanOrEqual(exact * 0.01)
      }),
    )
  })

  test.each<[string, (i: number) => number]>([
    ['one value', () => 4_999],
    ['two modes, six orders of magnitude apart', (i) => (i % 100 === 0 ? 120_000_000 : 120)],
    ['every power of two and its neighbours', (i) => Math.max(0, 2 ** (i % 29) + (i % 3) - 1)],
    ['the borders of buckets', (i) => (64 + (i % 64)) * 2 ** (i % 20)],
    ['a tail as heavy as Pareto 1.1', (i) => Math.floor(100 * (1 - i / 10_000) ** (-1 / 1.1))],
    ['all in the last thousandth', (i) => (i < 9_990 ? 1 : longestMicros - i)],
  ])(
    'against an exact sort of 10,000 samples of %s: within 1 %% from p1 to p99.99',
    (_name, at) => {
      const values = Array.from({ length: 10_000 }, (_, i) => Math.min(longestMicros, at(i)))
      const histogram = histogramOf(values)
      const sorted = values.sort((a, b) => a - b)
      for (const percent of [1, 10, 50, 90, 95, 99, 99.9, 99.99, 100]) {
        const exact = sorted[Math.ceil((percent * sorted.length) / 100) - 1] ?? Number.NaN
        const error = Math.abs((histogram.percentile(percent) ?? Number.NaN) - exact)
        expect({ percent, off: error > exact * 0.01 }).toEqual({ percent, off: false })
      }
    },
  )

  test('what any number of workers recorded adds to the histogram of all samples', () => {
    fc.assert(
      fc.property(latencies, fc.integer({ min: 1, max: 9 }), (values, workers) => {
        const merged = new LatencyHistogram()
        for (let worker = 0; worker < workers; worker += 1) {
          const own = values.filter((_, i) => i % workers === worker)
          merged.addEncoded(histogramOf(own).encode())
        }
        expect(merged.encode()).toEqual(histogramOf(values).encode())
      }),
    )
  })

  test('count, minimum, maximum and mean are exact', () => {
    fc.assert(
      fc.property(latencies, (values) => {
        const histogram = histogramOf(values)
        const sum = values.reduce((total, value) => total + value, 0)
        expect(histogram.count).toBe(values.length)
        expect(histogram.min).toBe(Math.min(...values))
        expect(histogram.max).toBe(Math.max(...values))
        expect(histogram.mean).toBe(sum / values.length)
      }),
    )
  })

  test('two histograms add to the histogram of both, also encoded', () => {
    fc.assert(
      fc.property(latencies, latencies, (some, others) => {
        const both = histogramOf([...some, ...others]).encode()
        const added = histogramOf(some)
        added.add(histogramOf(others))
        const decoded = LatencyHistogram.decode(histogramOf(others).encode())
        decoded.addEncoded(histogramOf(some).encode())
        expect(added.encode()).toEqual(both)
        expect(decoded.encode()).toEqual(both)
      }),
    )
  })

  test('survives JSON, empty ones too', () => {
    const encoded = new LatencyHistogram().encode()
    const decoded = LatencyHistogram.decode(JSON.parse(JSON.stringify(encoded)))
    expect(decoded.percentile(99)).toBeUndefined()
    expect(decoded.min).toBeUndefined()
    decoded.record(7)
    expect(decoded.min).toBe(7)
  })

  test('99.9 % of 1,000 values is the 999th, not the largest', () => {
    const histogram = histogramOf(Array.from({ length: 999 }, () => 10))
    histogram.record(5_000)
    expect(histogram.percentile(99.9)).toBe(10)
    expect(histogram.percentile(100)).toBe(5_000)
  })

  test('what took less than nothing or more than 10 minutes is counted all the same', () => {
    const histogram = histogramOf([-3, 2 * longestMicros])
    expect(histogram.count).toBe(2)
    expect(histogram.min).toBe(0)
    expect(histogram.percentile(50)).toBe(0)
    expect(histogram.max).toBe(2 * longestMicros)
  })

  test('recording one value many times is recording it often', () => {
    const often = new LatencyHistogram()
    often.recordTimes(1_234, 3)
    expect(often.encode()).toEqual(histogramOf([1_234, 1_234, 1_234]).encode())
  })

  test('is empty after clear', () => {
    const histogram = histogramOf([1, 20, 3_000])
    histogram.clear()
    expect(histogram.encode()).toEqual(new LatencyHistogram().encode())
  })
})
