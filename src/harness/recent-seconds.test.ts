import { describe, expect, test } from 'vitest'
import { LatencyHistogram } from '../metrics/latency-histogram.ts'
import type { SecondSample } from '../metrics/second.ts'
import { percentileOf, RecentSeconds } from './recent-seconds.ts'

function sample(second: number, offered: number, responseMs: readonly number[] = []): SecondSample {
  const response = new LatencyHistogram()
  for (const ms of responseMs) response.record(ms * 1000)
  const lag = new LatencyHistogram().encode()
  return {
    second,
    offered,
    completed: offered,
    errors: 0,
    dropped: 0,
    messages: 2 * offered,
    backlog: 1,
    connected: 0,
    peak: 0,
    response: response.encode(),
    lag,
  }
}

describe('RecentSeconds', () => {
  test('a second counts when all workers told it', () => {
    const seconds = new RecentSeconds(2)
    seconds.add(sample(0, 10, [5]))
    expect(seconds.last).toBeUndefined()
    seconds.add(sample(0, 20, [7]))
    expect(seconds.last).toMatchObject({ second: 0, offered: 30, messages: 60, backlog: 2 })
    expect(seconds.last?.responseP99Ms).toBe(7)
  })

  test('a worker that fell silent is not waited for', () => {
    const seconds = new RecentSeconds(2)
    for (let second = 0; second < 5; second += 1) seconds.add(sample(second, 10))
    expect(seconds.last?.second).toBe(2)
  })

  test('a second that comes after it was given up changes nothing', () => {
    const seconds = new RecentSeconds(2)
    for (let second = 0; second < 5; second += 1) seconds.add(sample(second, 10))
    seconds.add(sample(1, 1000))
    expect(seconds.history().offered).toEqual([10, 10, 10])
  })

  test('the history is a minute, percentiles are those of the last 10 s', () => {
    const seconds = new RecentSeconds(1)
    for (let second = 0; second < 100; second += 1) {
      seconds.add(sample(second, second, second < 90 ? [1000] : [1]))
    }
    expect(seconds.history().offered).toHaveLength(60)
    expect(seconds.history().offered[0]).toBe(40)
    expect(seconds.response().count).toBe(10)
    expect(seconds.response().max).toBe(1000)
  })

  test('a percentile that no sample lies beyond is not told', () => {
    const few = new LatencyHistogram()
    for (let i = 0; i < 99; i += 1) few.record(1000)
    expect(percentileOf(few, 99)).toBeNull()
    few.record(1000)
    expect(percentileOf(few, 99)).toBe(1)
  })
})
