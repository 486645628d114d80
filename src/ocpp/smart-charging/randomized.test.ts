import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ChargingSchedule } from './charging-profile.ts'
import { randomized } from './randomized.ts'

const schedule = (starts: readonly number[], durationMs = Number.POSITIVE_INFINITY) =>
  ({
    startMs: 0,
    durationMs,
    unit: 'W',
    periods: starts.map((startMs, limit) => ({ startMs, limit, phases: 3 })),
    minRate: 0,
  }) satisfies ChargingSchedule

const drawn = (delays: readonly number[]) => {
  let at = 0
  return () => delays[at++] ?? 0
}

describe('a randomized schedule', () => {
  test('[2.1 K01.FR.97] leaves out a period that would begin after the next one has', () => {
    const { periods } = randomized(schedule([0, 300, 600, 900]), drawn([753, 123, 87]))
    expect(periods.map(({ startMs, limit }) => [startMs, limit])).toEqual([
      [0, 0],
      [723, 2],
      [987, 3],
    ])
  })

  test('[2.1 K01.FR.97] leaves out a period that would begin when the schedule is over', () => {
    expect(randomized(schedule([0, 300], 400), drawn([100])).periods).toHaveLength(1)
    expect(randomized(schedule([0, 300], 400), drawn([99])).periods).toHaveLength(2)
  })

  test('[2.1 K01.FR.93] delays every period but the first, and keeps their order', () => {
    const starts = fc
      .uniqueArray(fc.integer({ min: 1, max: 1000 }), { maxLength: 8 })
      .map((later) => [0, ...later.sort((one, other) => one - other)])
    fc.assert(
      fc.property(starts, fc.array(fc.nat(2000), { minLength: 8 }), (told, delays) => {
        const { periods } = randomized(schedule(told), drawn(delays))
        expect(periods[0]?.startMs).toBe(0)
        for (const [at, { startMs, limit }] of periods.entries()) {
          expect(startMs).toBeGreaterThanOrEqual(told[limit] ?? Number.NaN)
          expect(startMs).toBeLessThan(periods[at + 1]?.startMs ?? Number.POSITIVE_INFINITY)
        }
        // The last one has no successor that could swallow it.
        expect(periods[periods.length - 1]?.limit).toBe(told.length - 1)
      }),
    )
  })
})
