import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fit } from './fit.ts'

const wishes = [
  { name: 'log', rank: 3, least: 2, most: 100 },
  { name: 'title', rank: 1, least: 1, most: 1 },
  { name: 'problems', rank: 2, least: 2, most: 5 },
]

const dealt = (rows: number) => Object.fromEntries(fit(wishes, rows))

describe('fit', () => {
  test('what ranks highest is dropped first', () => {
    expect(dealt(1)).toEqual({ title: 1, problems: 0, log: 0 })
    expect(dealt(2)).toEqual({ title: 1, problems: 1, log: 0 })
    expect(dealt(4)).toEqual({ title: 1, problems: 2, log: 1 })
  })

  test('everybody has the least before anybody has more', () => {
    expect(dealt(6)).toEqual({ title: 1, problems: 3, log: 2 })
    expect(dealt(40)).toEqual({ title: 1, problems: 5, log: 34 })
  })

  test('never deals more lines than there are, nor more than are wanted', () => {
    const wish = fc
      .record({ rank: fc.nat(30), least: fc.nat(5), more: fc.nat(50) })
      .map(({ rank, least, more }) => ({ name: {}, rank, least, most: least + more }))
    fc.assert(
      fc.property(fc.array(wish), fc.nat(80), (all, rows) => {
        const lines = fit(all, rows)
        const sum = [...lines.values()].reduce((total, one) => total + one, 0)
        expect(sum).toBe(
          Math.min(
            rows,
            all.reduce((total, { most }) => total + most, 0),
          ),
        )
        for (const { name, most } of all) expect(lines.get(name)).toBeLessThanOrEqual(most)
      }),
    )
  })
})
