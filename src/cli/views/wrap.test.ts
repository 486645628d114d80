import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wrapWords } from './wrap.ts'

describe('wrapWords', () => {
  test('breaks between words', () => {
    expect(wrapWords('the database is locked', 12)).toEqual(['the database', 'is locked'])
  })

  test('breaks a word that is longer than a line', () => {
    expect(wrapWords('at ws://127.0.0.1:9000 now', 10)).toEqual([
      'at',
      'ws://127.0',
      '.0.1:9000',
      'now',
    ])
  })

  test('nothing is one empty line', () => {
    expect(wrapWords('', 10)).toEqual([''])
  })

  test('no line is too long, and nothing is lost', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.integer({ min: 1, max: 80 }), (text, width) => {
        const lines = wrapWords(text, width)
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(width)
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
      }),
    )
  })
})
