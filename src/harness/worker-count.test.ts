import { describe, expect, test } from 'vitest'
import { leastWorkers, workerCount } from './worker-count.ts'

describe('workerCount', () => {
  test.each([
    [10, 8, 1],
    [501, 8, 2],
    [50_000, 8, 7],
    [50_000, 1, 3],
  ])('%i stations on %i cores with 20,000 files a process get %i', (stations, cores, expected) => {
    expect(workerCount(stations, cores, 20_000)).toBe(expected)
  })

  test('no known limit of files demands nothing', () => {
    expect(leastWorkers(1_000_000, null)).toBe(1)
  })
})
