import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Random } from '../../shared/random.ts'
import { type Distribution, fixed, sample, upperEnd } from './distributions.ts'

const draws = (distribution: Distribution, count = 2000) => {
  const random = Random.stream(1, 'draws')
  return Array.from({ length: count }, () => sample(distribution, random))
}
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length

describe('distributions', () => {
  test('a fixed value draws nothing from the stream', () => {
    const [used, fresh] = [Random.stream(7), Random.stream(7)]
    expect(sample(fixed(5), used)).toBe(5)
    expect(used.next()).toBe(fresh.next())
  })

  test('between stays within its ends', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0 }), fc.nat(), (low, width, seed) => {
        const value = sample({ kind: 'between', low, high: low + width }, Random.stream(seed))
        expect(value).toBeGreaterThanOrEqual(low)
        expect(value).toBeLessThanOrEqual(low + width)
      }),
    )
  })

  test('normal draws have their mean and are cut off', () => {
    const values = draws({ kind: 'normal', mean: 50, sd: 10, min: 30, max: 60 })
    expect(Math.min(...values)).toBe(30)
    expect(Math.max(...values)).toBe(60)
    expect(mean(draws({ kind: 'normal', mean: 50, sd: 10, min: 0, max: 1e9 }))).toBeCloseTo(50, -1)
  })

  test('exponential draws have their mean and are cut off', () => {
    expect(mean(draws({ kind: 'exponential', mean: 100, max: 1e9 }))).toBeCloseTo(100, -1.5)
    expect(Math.max(...draws({ kind: 'exponential', mean: 100, max: 120 }))).toBe(120)
  })

  test('oneOf draws each of its values and no other', () => {
    expect(new Set(draws({ kind: 'oneOf', values: [1, 2, 3] }))).toEqual(new Set([1, 2, 3]))
  })

  test('the upper end bounds nearly all draws', () => {
    const all: Distribution[] = [
      fixed(3),
      { kind: 'between', low: 1, high: 2 },
      { kind: 'normal', mean: 5, sd: 1, min: 0, max: 1e9 },
      { kind: 'exponential', mean: 5, max: 1e9 },
      { kind: 'oneOf', values: [1, 9] },
    ]
    for (const one of all) {
      const above = draws(one).filter((value) => value > upperEnd(one))
      expect(above.length).toBeLessThan(40)
    }
  })
})
