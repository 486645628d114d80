import { describe, expect, test } from 'vitest'
import { asAscii, lookOf, themeOf } from './theme.ts'

describe('theme', () => {
  test('without colour weight is what is left', () => {
    const plain = themeOf({ colour: false, unicode: true })
    const tones = ['loud', 'quiet', 'good', 'warn', 'bad'] as const
    for (const tone of tones) expect(lookOf(plain, tone)).not.toHaveProperty('color')
    expect(lookOf(plain, 'bad')).toEqual({ bold: true })
    expect(lookOf(themeOf({ colour: true, unicode: true }), 'bad')).toEqual({ color: 'red' })
  })

  test('every glyph has one that is ASCII', () => {
    const { glyphs } = themeOf({ colour: true, unicode: false })
    for (const glyph of Object.values(glyphs).flat()) expect(glyph).toMatch(/^[ -~]$/)
  })

  test('what is not ASCII is spelled so, in as many columns', () => {
    expect(asAscii('3 × ECONNREFUSED – “no”…')).toBe('3 x ECONNREFUSED - ?no?~')
  })
})
