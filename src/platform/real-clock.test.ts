import { expect, test, vi } from 'vitest'
import { realClock } from './real-clock.ts'

test('what is longer than a timer of Node waits as long as one can, and does not fire at once', () => {
  const set = vi.spyOn(globalThis, 'setTimeout')
  realClock.after(40 * 86_400_000, () => undefined)()
  expect(set.mock.calls.map(([, ms]) => ms)).toEqual([2 ** 31 - 1])
  set.mockRestore()
})
