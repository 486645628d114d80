import fc from 'fast-check'
import { expect, test } from 'vitest'
import { msOf, msOr } from './time.ts'

const instants = fc.date({ min: new Date(0), max: new Date('2099-12-31'), noInvalidDate: true })

test('every time is what Date.parse makes of it, with milliseconds and without', () => {
  fc.assert(
    fc.property(instants, (date) => {
      const text = date.toISOString()
      const short = `${text.slice(0, 19)}Z`
      expect([msOf(text), msOf(short)]).toEqual([Date.parse(text), Date.parse(short)])
    }),
  )
})

test.each([
  '2026-05-01T12:00:00+02:00',
  '2026-05-01T12:00:00.5Z',
  '2026-05-01T12:00:00.123456Z',
  '2026-05-01T12:00:00.12-11:30',
  '2026-05-01t12:00:00z',
])('%s, which is not the usual form, too', (text) => {
  expect(msOf(text)).toBe(Date.parse(text))
})

test('what is not told is what the caller says', () => {
  expect([msOr(undefined, 7), msOr('1970-01-01T00:00:01Z', 7)]).toEqual([7, 1000])
})
