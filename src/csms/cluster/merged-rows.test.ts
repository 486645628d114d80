import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MergedRows } from './merged-rows.ts'
import type { KeyedRows } from './questions.ts'

/** Reads a list in parts of a few rows. */
function reader(ordinals: readonly number[], part: number) {
  return async (after: number): Promise<KeyedRows<number>> => {
    const rest = ordinals.filter((ordinal) => ordinal > after)
    const taken = rest.slice(0, part)
    return { keys: taken, texts: taken.map(String), more: rest.length > part }
  }
}

test('several lists become one in the order of their keys, whatever is read at a time', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { maxLength: 60 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 0, max: 100 }),
      async (ordinals, lists, part, after) => {
        const all = ordinals.toSorted((a, b) => a - b)
        const merged = new MergedRows(
          Array.from({ length: lists }, (_, list) =>
            reader(
              all.filter((ordinal) => ordinal % lists === list),
              part,
            ),
          ),
          after,
        )
        const taken: number[] = []
        for (;;) {
          const rows = await merged.take(5)
          for (const { key, text } of rows) {
            expect(text).toBe(String(key))
            taken.push(key)
          }
          if (rows.length < 5) break
        }
        expect(taken).toEqual(all.filter((ordinal) => ordinal > after))
      },
    ),
  )
})
