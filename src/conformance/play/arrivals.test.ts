import { expect, test } from 'vitest'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import { Arrivals } from './arrivals.ts'

const call = (id: string) => ({ id, action: 'Reset', payload: {}, frame: 0 })

test('what a move will wait for is kept for it, in order; of a flood no more than so many', async () => {
  const arrivals = new Arrivals(new VirtualClock())
  expect(arrivals.call(call('unwanted'), false)).toBe(false)
  for (let at = 0; at < 1000; at += 1) expect(arrivals.call(call(`n${at}`), true)).toBe(true)
  expect(arrivals.call(call('more'), true)).toBe(false)
  expect(await arrivals.next('Reset', 1)).toEqual(call('n0'))
  expect(arrivals.call(call('again'), true)).toBe(true)
  expect(arrivals.drop('Reset')).toHaveLength(1000)
})

test('whoever waits gets the next one, also in a flood', async () => {
  const arrivals = new Arrivals(new VirtualClock())
  const coming = arrivals.next('Reset', 1)
  expect(arrivals.call(call('one'), true)).toBe(true)
  expect(await coming).toEqual(call('one'))
  expect(arrivals.drop('Reset')).toEqual([])
})
