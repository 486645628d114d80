import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RateSearch, type RateSearchOptions } from './rate-search.ts'

const usual: RateSearchOptions = { start: 500, max: 100_000, precision: 0.05 }

/** Searches against a target that holds what `holds` says, and tells every step. */
function search(
  holds: (rate: number, long: boolean) => boolean,
  options: Partial<RateSearchOptions> = {},
) {
  const rates = new RateSearch({ ...usual, ...options })
  const tried: { kind: string; rate: number; held: boolean }[] = []
  for (let next = rates.next; next !== undefined; next = rates.next) {
    const held = holds(next.rate, next.kind === 'confirm')
    tried.push({ ...next, held })
    rates.tried(held)
    if (tried.length > 60) throw new Error('it never ends')
  }
  return { tried, confirmed: rates.confirmed }
}

describe('RateSearch', () => {
  test('doubles until a rate breaks, bisects, and confirms the highest that held', () => {
    const { tried, confirmed } = search((rate) => rate <= 3100)
    expect(tried.map(({ kind, rate }) => `${kind} ${rate}`).join(', ')).toBe(
      'probe 500, probe 1000, probe 2000, probe 4000, probe 3000, probe 3500, probe 3250, probe 3125, confirm 3000',
    )
    expect(confirmed).toBe(3000)
  })

  test('goes down where the first rate breaks', () => {
    const { tried, confirmed } = search((rate) => rate <= 60)
    expect(tried.slice(0, 4).map(({ rate }) => rate)).toEqual([500, 250, 125, 63])
    expect(confirmed).toBeGreaterThan(60 / 1.06)
    expect(confirmed).toBeLessThanOrEqual(60)
  })

  test('what holds at the highest rate allowed is confirmed there', () => {
    const { tried, confirmed } = search(() => true, { max: 3000 })
    expect(tried.map(({ rate }) => rate)).toEqual([500, 1000, 2000, 3000, 3000])
    expect(confirmed).toBe(3000)
  })

  test('a rate that breaks when it is to hold for long gives way to lower ones', () => {
    const { tried, confirmed } = search((rate, long) => rate <= (long ? 2700 : 3100))
    const long = tried.filter(({ kind }) => kind === 'confirm').map(({ rate }) => rate)
    expect(long).toEqual([3000, 2850, 2565])
    expect(confirmed).toBe(2565)
  })

  test('gives up where nothing holds, and where nothing holds for long', () => {
    expect(search(() => false).confirmed).toBeUndefined()
    const { tried, confirmed } = search((rate, long) => !long && rate <= 3100)
    expect(confirmed).toBeUndefined()
    expect(tried.filter(({ kind }) => kind === 'confirm').length).toBe(8)
  })

  test('finds the highest rate within its precision, wherever it is', () => {
    const limits = fc.integer({ min: 20, max: 90_000 })
    const precisions = fc.double({ min: 0.01, max: 0.3, noNaN: true })
    fc.assert(
      fc.property(
        limits,
        precisions,
        fc.integer({ min: 1, max: 50_000 }),
        (limit, precision, start) => {
          const { confirmed = 0 } = search((rate) => rate <= limit, { start, precision })
          expect(confirmed).toBeLessThanOrEqual(limit)
          // A rate of two digits is whole.
          expect(confirmed).toBeGreaterThanOrEqual(
            Math.min(limit / (1 + precision), limit - 1) - 0.5,
          )
        },
      ),
    )
  })
})
