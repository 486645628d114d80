import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MessageIds } from './message-ids.ts'

test('the newest two ids are known, with what they were for', () => {
  const ids = new MessageIds()
  expect(ids.used('a', 'Heartbeat')).toBeUndefined()
  expect(ids.used('b', 'Authorize')).toBeUndefined()
  expect(ids.used('a', 'MeterValues')).toBe('Heartbeat')
  expect(ids.used('c', 'Heartbeat')).toBeUndefined()
  expect(ids.used('b', 'Heartbeat')).toBeUndefined()
})

test('ids that differ anywhere are not taken for each other', () => {
  const id = fc.string({ minLength: 1, maxLength: 36 })
  fc.assert(
    fc.property(id, id, (one, other) => {
      const ids = new MessageIds()
      ids.used(one, 'Heartbeat')
      expect(ids.used(other, 'Authorize')).toBe(one === other ? 'Heartbeat' : undefined)
    }),
  )
})
