import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Random } from './random.ts'

const draws = (random: Random, count: number) => Array.from({ length: count }, () => random.next())

describe('Random', () => {
  test('the same seed and labels give the same stream, others another', () => {
    const a = draws(Random.stream(1, 'street', 7), 5)
    expect(draws(Random.stream(1, 'street', 7), 5)).toEqual(a)
    expect(draws(Random.stream(2, 'street', 7), 5)).not.toEqual(a)
    expect(draws(Random.stream(1, 'street', 8), 5)).not.toEqual(a)
    expect(draws(Random.stream(1, 'street7'), 5)).not.toEqual(a)
  })

  test('stays within its bounds', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: -99, max: 99 }),
        fc.nat(50),
        (seed, low, span) => {
          const random = Random.stream(seed)
          const value = random.int(low, low + span)
          expect(Number.isInteger(value) && value >= low && value <= low + span).toBe(true)
          const share = random.next()
          expect(share >= 0 && share < 1).toBe(true)
        },
      ),
    )
  })

  test('means and shares come out as asked', () => {
    const random = Random.stream(3)
    const mean = (draw: () => number) =>
      Array.from({ length: 20_000 }, draw).reduce((sum, value) => sum + value, 0) / 20_000
    expect(mean(() => random.between(10, 20))).toBeCloseTo(15, 0)
    expect(mean(() => random.normal(5, 2))).toBeCloseTo(5, 0)
    expect(mean(() => random.exponential(3))).toBeCloseTo(3, 0)
    expect(mean(() => random.weighted([1, 3]))).toBeCloseTo(0.75, 1)
  })

  test('a weight of zero is never drawn', () => {
    const random = Random.stream(4)
    for (let i = 0; i < 1000; i += 1) expect(random.weighted([0, 1, 0])).toBe(1)
  })
})
