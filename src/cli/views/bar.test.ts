import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { doneCells, segmentCells } from './bar.ts'

describe('bars', () => {
  test('is only full when everything is done', () => {
    expect(doneCells(0, 20)).toBe(0)
    expect(doneCells(0.5, 20)).toBe(10)
    expect(doneCells(0.999, 20)).toBe(19)
    expect(doneCells(1, 20)).toBe(20)
    expect(doneCells(7, 20)).toBe(20)
    expect(doneCells(0.5, 0)).toBe(0)
  })

  test('one station of 50,000 that is offline is seen', () => {
    expect(segmentCells([49_999, 1], 30)).toEqual([29, 1])
  })

  test('nothing of nothing takes nothing', () => {
    expect(segmentCells([0, 0], 30)).toEqual([0, 0])
  })

  test('segments fill the bar, and what there is at all has a cell', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(50_000), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 6, max: 60 }),
        (counts, width) => {
          fc.pre(counts.some((count) => count > 0))
          const cells = segmentCells(counts, width)
          expect(cells.reduce((sum, cell) => sum + cell, 0)).toBe(width)
          counts.forEach((count, i) => expect((cells[i] ?? 0) > 0).toBe(count > 0))
        },
      ),
    )
  })
})
