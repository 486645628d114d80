import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import { DayTimer, nextInstant } from './day-timer.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** When it fires, as the wire clock shows it. */
function fired(intervalMs: number, forMs: number, startWallMs = Date.UTC(2026, 0, 1, 20)) {
  const clock = new VirtualClock(startWallMs)
  const timer = new DayTimer(clock, { wireMs: () => clock.wallMs() })
  const times: string[] = []
  timer.start(intervalMs, () => times.push(new Date(clock.wallMs()).toISOString().slice(8, 16)))
  clock.advance(forMs)
  timer.stop()
  clock.advance(dayMs)
  return times
}

describe('DayTimer', () => {
  test('[1.6 9.1.5] intervals that fill the day go on over midnight', () => {
    expect(fired(2 * hourMs, 8 * hourMs)).toEqual(['01T22:00', '02T00:00', '02T02:00', '02T04:00'])
  })

  test('[1.6 9.1.5] otherwise every day begins anew at midnight', () => {
    expect(fired(7 * hourMs, 12 * hourMs)).toEqual(['01T21:00', '02T00:00', '02T07:00'])
  })

  test('an interval of a day is midnight; none is never', () => {
    expect(fired(dayMs, 2 * dayMs)).toEqual(['02T00:00', '03T00:00'])
    expect(fired(0, 2 * dayMs)).toEqual([])
  })

  test('a wire clock that was set back is waited for', () => {
    const clock = new VirtualClock(Date.UTC(2026, 0, 1, 20))
    let aheadMs = 0
    const timer = new DayTimer(clock, { wireMs: () => clock.wallMs() + aheadMs })
    const times: number[] = []
    timer.start(hourMs, () => times.push(clock.wallMs() + aheadMs))
    aheadMs = -1_800_000
    clock.advance(hourMs + 1_800_000)
    expect(times).toEqual([Date.UTC(2026, 0, 1, 21)])
  })

  test('the next instant is later, at most an interval away, and whole intervals from midnight', () => {
    const instant = fc.integer({ min: 0, max: 4e12 })
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 86_400 }), (afterMs, seconds) => {
        const next = nextInstant(afterMs, seconds * 1000)
        expect(next).toBeGreaterThan(afterMs)
        expect(next - afterMs).toBeLessThanOrEqual(seconds * 1000)
        expect((next % dayMs) % (seconds * 1000)).toBe(0)
      }),
    )
  })
})
