import { expect, test } from 'vitest'
import { utcOffsetMs } from './utc-offset.ts'

test.each([
  ['+00:00', 0],
  ['+02:00', 7_200_000],
  ['-03:30', -12_600_000],
  ['2 hours', undefined],
  ['+02:60', undefined],
  [undefined, undefined],
])('%s is %s ms', (text, ms) => {
  expect(utcOffsetMs(text)).toBe(ms)
})
