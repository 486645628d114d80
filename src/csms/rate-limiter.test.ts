import { describe, expect, test } from 'vitest'
import { VirtualClock } from '../shared/virtual-clock.ts'
import { RateLimiter } from './rate-limiter.ts'

describe('RateLimiter', () => {
  test('lets a burst pass, then so many a second, each on its own', () => {
    const clock = new VirtualClock()
    const limiter = new RateLimiter(clock, 2, 4)
    const passed = (who: string, times: number) =>
      Array.from({ length: times }, () => limiter.take(who)).filter((wait) => wait === 0).length
    expect(passed('A', 10)).toBe(4)
    expect(limiter.take('A')).toBe(0.5)
    expect(passed('B', 1)).toBe(1)
    clock.advance(1_000)
    expect(passed('A', 10)).toBe(2)
    clock.advance(60_000)
    expect(passed('A', 10)).toBe(4)
  })

  test('remembers a bounded number, the latest', () => {
    const limiter = new RateLimiter(new VirtualClock(), 1, 1)
    limiter.take('first')
    limiter.take('second')
    for (let i = 0; i < 9_999; i += 1) limiter.take(`other ${i}`)
    expect(limiter.take('second')).toBeGreaterThan(0)
    expect(limiter.take('first')).toBe(0)
  })
})
