import fc from 'fast-check'
import { expect, test } from 'vitest'
import { base64 } from './base64.ts'

test('[RFC 4648 10] is what everybody else writes', () => {
  expect(['', 'f', 'fo', 'foo', 'foob'].map(base64)).toEqual([
    '',
    'Zg==',
    'Zm8=',
    'Zm9v',
    'Zm9vYg==',
  ])
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(base64(text)).toBe(Buffer.from(text, 'utf8').toString('base64'))
    }),
  )
})
