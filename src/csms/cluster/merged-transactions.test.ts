import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MergedTransactions } from './merged-transactions.ts'
import type { TransactionRows } from './questions.ts'

/** Reads a list in parts of a few rows. */
function reader(ordinals: readonly number[], part: number) {
  return async (after: number): Promise<TransactionRows> => {
    const rest = ordinals.filter((ordinal) => ordinal > after)
    const taken = rest.slice(0, part)
    return { ordinals: taken, texts: taken.map(String), more: rest.length > part }
  }
}

test('several lists become one in the order of their ordinals, whatever is read at a time', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { maxLength: 60 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 0, max: 100 }),
      async (ordinals, lists, part, after) => {
        const all = ordinals.toSorted((a, b) => a - b)
        const merged = new MergedTransactions(
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
          for (const { ordinal, text } of rows) {
            expect(text).toBe(String(ordinal))
            taken.push(ordinal)
          }
          if (rows.length < 5) break
        }
        expect(taken).toEqual(all.filter((ordinal) => ordinal > after))
      },
    ),
  )
})
