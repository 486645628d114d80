import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shares } from './power-sharing.ts'

const all = (most: number, least = 6) => ({ most, least })

describe('a limit that several share', () => {
  test('is divided in equal shares, and what one leaves goes to the others', () => {
    expect(shares(32, [all(32), all(32)])).toEqual([16, 16])
    expect(shares(32, [all(10), all(32)])).toEqual([10, 22])
    expect(shares(100, [all(10), all(32)])).toEqual([10, 32])
  })

  test('goes to the first where it is too little for all', () => {
    expect(shares(16, [all(32), all(32), all(32)])).toEqual([8, 8, 0])
    expect(shares(10, [all(32), all(32)])).toEqual([10, 0])
    expect(shares(5, [all(32)])).toEqual([0])
  })

  test('what some cannot use goes to the others in equal shares, in whatever order they stand', () => {
    expect(shares(34, [all(32, 0), all(4, 0), all(32, 0)])).toEqual([15, 4, 15])
    expect(shares(40, [all(32, 0), all(10, 0), all(6, 0)])).toEqual([24, 10, 6])
  })

  test('is wasted on nobody who cannot use his share', () => {
    expect(shares(16, [all(32, 14), all(32, 6)])).toEqual([0, 16])
  })

  test('is never exceeded, and nothing is left that the served could use', () => {
    const claim = fc.record({
      most: fc.double({ min: 0, max: 40, noNaN: true }),
      least: fc.nat(12),
    })
    const total = fc.double({ min: -5, max: 100, noNaN: true })
    fc.assert(
      fc.property(total, fc.array(claim, { maxLength: 6 }), (limit, claims) => {
        const given = shares(limit, claims)
        const sum = given.reduce((one, other) => one + other, 0)
        expect(sum).toBeLessThanOrEqual(Math.max(0, limit) + 1e-9)
        given.forEach((share, at) => {
          const { most, least } = claims[at] ?? all(0)
          expect(share).toBeLessThanOrEqual(most)
          expect(share === 0 || share >= least - 1e-9).toBe(true)
          const wanting = share > 0 && share < most - 1e-9
          if (wanting) expect(sum).toBeCloseTo(limit)
        })
      }),
    )
  })
})
