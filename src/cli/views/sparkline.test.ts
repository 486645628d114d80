import { describe, expect, test } from 'vitest'
import { sparkline } from './sparkline.ts'

const glyphs = ['0', '1', '2', '3', '4', '5', '6', '7']

describe('sparkline', () => {
  test('goes from 0 to the highest value, the newest at the right', () => {
    expect(sparkline([0, 50, 100], 3, glyphs)).toBe('047')
  })

  test('shows the newest that fit, and is filled up at the left', () => {
    expect(sparkline([100, 0, 100], 2, glyphs)).toBe('07')
    expect(sparkline([100], 4, glyphs)).toBe('   7')
  })

  test('a given scale keeps a curve below another one', () => {
    expect(sparkline([50, 50], 2, glyphs, 100)).toBe('44')
    expect(sparkline([500], 1, glyphs, 100)).toBe('7')
  })

  test('nothing measured is a gap, nothing done is not', () => {
    expect(sparkline([null, 0, 10], 3, glyphs)).toBe(' 07')
    expect(sparkline([0, 0], 2, glyphs)).toBe('00')
  })

  test('no width is no curve', () => {
    expect(sparkline([1, 2, 3], 0, glyphs)).toBe('')
  })
})
