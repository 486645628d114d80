import { describe, expect, test } from 'vitest'
import { Random } from '../../shared/random.ts'
import { estimateMean, leastPoints } from './estimate.ts'
import { studentQuantile } from './student-t.ts'

function walk(seed: number, points: number, memory: number): number[] {
  const random = Random.stream(seed, 'walk')
  let level = 0
  return Array.from({ length: points }, () => {
    level = memory * level + (random.next() - 0.5)
    return 10 + level
  })
}

describe('estimateMean', () => {
  test('tells nothing of fewer than 30 points', () => {
    expect(estimateMean(walk(1, leastPoints - 1, 0))).toBeUndefined()
    expect(estimateMean(walk(1, leastPoints, 0))?.points).toBe(30)
  })

  test('tells nothing of a series that remembers for longer than a block', () => {
    expect(estimateMean(Array.from({ length: 60 }, (_, i) => i))).toBeUndefined()
  })

  test('a series that does not move has no error, whatever its value', () => {
    for (const value of [0, 1.2, 1 / 3, 1e6]) {
      const estimate = estimateMean(Array.from({ length: 60 }, () => value))
      expect(estimate).toMatchObject({ autocorrelation: 0 })
      expect(estimate?.error).toBeCloseTo(0, 6)
    }
  })

  test('neighbours that resemble each other make the error larger', () => {
    const mean = (memory: number) => {
      const errors = Array.from({ length: 40 }, (_, seed) => {
        const series = walk(seed, 240, memory)
        const spread = Math.sqrt(series.reduce((sum, x) => sum + (x - 10) ** 2, 0) / 240)
        return (estimateMean(series)?.error ?? 0) / spread
      })
      return errors.reduce((sum, error) => sum + error) / errors.length
    }
    expect(mean(0.6)).toBeGreaterThan(1.5 * mean(0))
  })
})

describe('studentQuantile', () => {
  test.each([
    [1, 0.05, 12.706],
    [10, 0.05, 2.228],
    [30, 0.01, 2.75],
    [1e6, 0.05, 1.96],
  ])('of %d degrees of freedom at %d is %d', (freedom, miss, expected) => {
    expect(studentQuantile(freedom, miss)).toBeCloseTo(expected, 3)
  })
})
