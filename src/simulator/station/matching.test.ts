import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mostMet } from './matching.ts'

interface Want {
  readonly places: readonly number[]
}

const suits = ({ places }: Want, place: number) => places.includes(place)

/** Tries every way to deal the places. */
function slowly([first, ...others]: readonly Want[], places: readonly number[]): number {
  if (!first) return 0
  const without = slowly(others, places)
  const met = places
    .filter((place) => suits(first, place))
    .map(
      (place) =>
        1 +
        slowly(
          others,
          places.filter((other) => other !== place),
        ),
    )
  return Math.max(without, ...met)
}

test('a want gives way to another that has no choice', () => {
  expect(mostMet([{ places: [1, 2] }, { places: [1] }], [1, 2], suits)).toBe(2)
  expect(mostMet([{ places: [1] }, { places: [1] }], [1, 2], suits)).toBe(1)
})

test('as many are met as by trying every way', () => {
  const want = fc.record({ places: fc.uniqueArray(fc.integer({ min: 1, max: 4 })) })
  fc.assert(
    fc.property(
      fc.array(want, { maxLength: 5 }),
      fc.integer({ min: 0, max: 4 }),
      (wants, count) => {
        const places = Array.from({ length: count }, (_, i) => i + 1)
        expect(mostMet(wants, places, suits)).toBe(slowly(wants, places))
      },
    ),
  )
})
