import { expect, test } from 'vitest'
import { fold } from './fold.ts'

test('a long line goes on under where its text begins', () => {
  expect(fold('once     Each station plays its script once.\n  short', 30)).toBe(
    'once     Each station plays\n         its script once.\n  short',
  )
  expect(fold('  wants one of queue, skip, coalesce', 24)).toBe(
    '  wants one of queue,\n  skip, coalesce',
  )
})

test('a check goes on beside its name', () => {
  expect(fold('✓ Local ports  28,232 to one target address', 30)).toBe(
    '✓ Local ports  28,232 to one\n               target address',
  )
})

test('a number stays with its unit', () => {
  expect(fold('every 12 ms and 30 s', 8)).toBe('every\n12 ms\nand 30 s')
})
