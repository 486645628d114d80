import { describe, expect, test } from 'vitest'
import { LatencyHistogram } from './latency-histogram.ts'
import type { SecondSample } from './second.ts'
import { Series } from './series.ts'

function sample(second: number, micros: number, connected = 10): SecondSample {
  const response = new LatencyHistogram()
  response.recordTimes(micros, 100)
  return {
    second,
    offered: 100,
    completed: 90,
    errors: 10,
    dropped: 0,
    messages: 190,
    backlog: 4,
    connected,
    peak: connected,
    response: response.encode(),
    lag: new LatencyHistogram().encode(),
  }
}

describe('Series', () => {
  test('adds what several workers saw in one second', () => {
    const series = new Series()
    series.add(sample(1, 1_000))
    series.add(sample(0, 1_000))
    series.add(sample(0, 3_000))
    const [first, next] = series.points()
    expect(first).toMatchObject({ second: 0, offeredPerSecond: 200, backlog: 8, connected: 20 })
    expect(first).toMatchObject({ completedPerSecond: 180, messagesPerSecond: 380, lagP99Ms: null })
    expect(first?.responseP50Ms).toBeCloseTo(1, 1)
    expect(first?.responseP99Ms).toBeCloseTo(3, 1)
    expect(next).toMatchObject({ second: 1, offeredPerSecond: 100, connected: 10 })
  })

  test('holds at most 3,600 points: neighbours merge, rates stay rates', () => {
    const series = new Series()
    for (let second = 0; second < 7_201; second += 1) series.add(sample(second, 1_000))
    const points = series.points()
    expect(series.intervalSeconds).toBe(4)
    expect(points).toHaveLength(1_801)
    for (const point of points) {
      expect(point).toMatchObject({ offeredPerSecond: 100, backlog: 4, connected: 10 })
    }
    expect(points.at(-1)?.second).toBe(7_200)
  })

  test('the peak is of one second over all workers', () => {
    const series = new Series()
    series.add(sample(0, 1_000, 30))
    series.add(sample(1, 1_000, 20))
    series.add(sample(1, 1_000, 15))
    expect(series.peakConnected).toBe(35)
  })
})
