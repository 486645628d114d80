import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseCsv } from './data-file.ts'

describe('parseCsv', () => {
  test('names columns by the first line and leaves empty cells out', () => {
    expect(parseCsv('id,password\r\nCP1,secret\r\nCP2,\r\n')).toEqual([
      { id: 'CP1', password: 'secret' },
      { id: 'CP2' },
    ])
  })

  test('reads back any cell that is written as RFC 4180 says', () => {
    const cell = fc.string({ minLength: 1 }).filter((text) => text !== '')
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 5 }), (cells) => {
        const quoted = cells.map((text) => `"${text.replaceAll('"', '""')}"`)
        const names = cells.map((_, i) => `c${i}`)
        const [row] = parseCsv(`${names.join(',')}\n${quoted.join(',')}\n`)
        expect(row).toEqual(Object.fromEntries(cells.map((text, i) => [`c${i}`, text])))
      }),
    )
  })
})
