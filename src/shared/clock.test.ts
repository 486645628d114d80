import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isoTime, ScaledClock } from './clock.ts'
import { VirtualClock } from './virtual-clock.ts'

describe('ScaledClock', () => {
  test('runs as many times as fast as its speed says, from its own date', () => {
    const base = new VirtualClock()
    base.advance(500)
    const scaled = new ScaledClock(base, 60, Date.UTC(2030, 0, 1), base.monotonicMicros())
    base.advance(1000)
    expect(scaled.monotonicMicros()).toBe(60_000_000)
    expect(isoTime(scaled.wallMs())).toBe('2030-01-01T00:01:00.000Z')
  })

  test('its timers wait scaled time', () => {
    const base = new VirtualClock()
    const scaled = new ScaledClock(base, 60, 0, 0)
    const fired: number[] = []
    scaled.after(60_000, () => fired.push(base.monotonicMicros()))
    base.advance(999)
    expect(fired).toEqual([])
    base.advance(1)
    expect(fired).toEqual([1_000_000])
  })
})

describe('VirtualClock', () => {
  test('fires timers in the order they are due, ties in the order they were set', () => {
    const clock = new VirtualClock()
    const fired: string[] = []
    clock.after(20, () => fired.push('late'))
    clock.after(10, () => fired.push('a'))
    clock.after(10, () => {
      fired.push('b')
      clock.after(5, () => fired.push('set while running'))
    })
    const cancel = clock.after(12, () => fired.push('never'))
    cancel()
    clock.advance(30)
    expect(fired).toEqual(['a', 'b', 'set while running', 'late'])
    expect(clock.pending).toBe(0)
  })

  test('lets async code keep up with its timers', async () => {
    const clock = new VirtualClock()
    const seen: number[] = []
    const work = async () => {
      for (let i = 0; i < 3; i += 1) {
        await new Promise<void>((resolve) => clock.after(10, resolve))
        seen.push(clock.monotonicMicros())
      }
    }
    const done = work()
    await clock.run(30)
    await done
    expect(seen).toEqual([10_000, 20_000, 30_000])
  })
})

describe('isoTime', () => {
  test('writes milliseconds and UTC, also for fractions of a millisecond', () => {
    expect(isoTime(0.7)).toBe('1970-01-01T00:00:00.000Z')
    expect(isoTime(1.2)).toBe('1970-01-01T00:00:00.001Z')
  })

  test('what it remembers of one time is never told of another', () => {
    const nearby = fc.integer({ min: -200, max: 200 }).map((ms) => Date.UTC(2026, 0, 1) + ms)
    fc.assert(
      fc.property(fc.array(nearby), (times) => {
        for (const ms of times) expect(isoTime(ms)).toBe(new Date(ms).toISOString())
      }),
    )
  })
})
