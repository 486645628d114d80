import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TextArchive } from './text-archive.ts'

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.nat(1_500_000).map((length) => 'ä'.repeat(length / 2)),
)

test('an archive gives back every text, the longest and those that were replaced, too', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 5 }), text, (texts, other) => {
      const archive = new TextArchive()
      const numbers = texts.map((one) => archive.add(one))
      expect(numbers).toEqual(texts.map((_, at) => at))
      if (texts.length > 0) archive.replace(0, other)
      const expected = texts.map((one, at) => (at === 0 ? other : one))
      expect(numbers.map((number) => archive.get(number) === expected[number])).not.toContain(false)
    }),
    { numRuns: 12 },
  )
})

test('a number that was never given out is an error', () => {
  expect(() => new TextArchive().get(0)).toThrow(RangeError)
})
