import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aroundBytes, inPages, utf8Length } from './pages.ts'

describe('pages of a long report', () => {
  test('no items make one empty page', () => {
    expect(inPages([], { items: 5, bytes: 100 })).toEqual([[]])
  })

  test('what is too large for any message is alone on its page', () => {
    const large = { text: 'x'.repeat(200) }
    expect(inPages([{ a: 1 }, large, { a: 2 }], { items: 5, bytes: aroundBytes + 100 })).toEqual([
      [{ a: 1 }],
      [large],
      [{ a: 2 }],
    ])
  })

  test('every item once and in order, no page above a limit, none that the next would fit on', () => {
    const items = fc.array(fc.record({ text: fc.string({ unit: 'grapheme', maxLength: 20 }) }), {
      maxLength: 30,
    })
    fc.assert(
      fc.property(
        items,
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 200 }),
        (all, most, bytes) => {
          const pages = inPages(all, { items: most, bytes: aroundBytes + bytes })
          const sizes = pages.map((page) =>
            page.reduce((sum, item) => sum + Buffer.byteLength(JSON.stringify(item)) + 1, 0),
          )
          expect(pages.flat()).toEqual(all)
          pages.forEach((page, at) => {
            expect(page.length).toBeLessThanOrEqual(most)
            if (page.length > 1) expect(sizes[at]).toBeLessThanOrEqual(bytes)
            const [next] = pages[at + 1] ?? []
            if (!next || page.length === most) return
            const more = Buffer.byteLength(JSON.stringify(next)) + 1
            expect((sizes[at] ?? 0) + more).toBeGreaterThan(bytes)
          })
        },
      ),
    )
  })

  test('bytes are those of UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(utf8Length(text)).toBe(Buffer.byteLength(text))
      }),
    )
  })
})
