import { describe, expect, test } from 'vitest'
import type { SeriesPoint } from '../../metrics/series.ts'
import { mergeSeries } from './merge-series.ts'

const point = (second: number, changes: Partial<SeriesPoint> = {}): SeriesPoint => ({
  second,
  offeredPerSecond: 10,
  completedPerSecond: 10,
  errorsPerSecond: 0,
  droppedPerSecond: 0,
  messagesPerSecond: 20,
  backlog: 1,
  connected: 5,
  responseP50Ms: 1,
  responseP95Ms: 2,
  responseP99Ms: 3,
  lagP99Ms: null,
  ...changes,
})

const series = (points: readonly SeriesPoint[], intervalSeconds = 1, peakConnected = 5) => {
  return { intervalSeconds, points, peakConnected }
}

describe('mergeSeries', () => {
  test('rates and gauges add; percentiles are those of the slowest', () => {
    const slow = point(0, { responseP99Ms: 9, lagP99Ms: 1 })
    const merged = mergeSeries([series([point(0)]), series([slow]), series([point(1)])])
    expect(merged.points).toMatchObject([
      { second: 0, offeredPerSecond: 20, backlog: 2, connected: 10, responseP99Ms: 9, lagP99Ms: 1 },
      { second: 1, offeredPerSecond: 10, connected: 5 },
    ])
    expect(merged.peakConnected).toBe(10)
  })

  test('points of different width become as wide as the widest', () => {
    const narrow = [0, 1, 2, 3].map((second) => point(second, { completedPerSecond: second }))
    const { points, intervalSeconds } = mergeSeries([series(narrow), series([point(0)], 2)])
    expect(intervalSeconds).toBe(2)
    expect(points).toMatchObject([
      { second: 0, offeredPerSecond: 20, completedPerSecond: 10.5, connected: 10 },
      { second: 2, offeredPerSecond: 10, completedPerSecond: 2.5 },
    ])
  })
})
