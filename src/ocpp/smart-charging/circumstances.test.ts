import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ChargingProfile } from './charging-profile.ts'
import { transactionStack } from './installed-profiles.ts'
import { raised, rateOf, unlimited } from './limit.ts'
import { boundAt } from './stack.ts'

const second = 1000

const profile = (more: Partial<ChargingProfile> = {}): ChargingProfile => ({
  id: 1,
  stackLevel: 0,
  purpose: 'TxProfile',
  kind: 'Absolute',
  recurrency: undefined,
  validFromMs: Number.NEGATIVE_INFINITY,
  validToMs: Number.POSITIVE_INFINITY,
  schedule: {
    startMs: 0,
    durationMs: Number.POSITIVE_INFINITY,
    unit: 'W',
    periods: [{ startMs: 0, limit: 5000, phases: 3 }],
    minRate: 0,
  },
  ...more,
})

describe('what a 2.1 profile says', () => {
  test('[2.1 K01.FR.101] it stops to count when the station is offline for too long', () => {
    const stack = [profile({ offlineMs: 10 * second })]
    const bound = (atMs: number) => boundAt([stack], atMs, 0, { offlineSinceMs: 5 * second })
    expect(bound(14_999)).toMatchObject({ limit: { watts: 5000 }, untilMs: 15_000 })
    expect(bound(15_000).limit).toEqual(unlimited)
    expect(boundAt([stack], 60_000, 0).limit.watts).toBe(5000)
  })

  test('[2.1 limitAtSoC] beyond a state of charge the lower limit counts', () => {
    const { schedule } = profile()
    const stack = [profile({ schedule: { ...schedule, beyondSoc: { soc: 0.8, limit: 2000 } } })]
    expect(boundAt([stack], 0, 0, { soc: 0.79 })).toMatchObject({
      limit: { watts: 5000 },
      untilSoc: 0.8,
    })
    const beyond = boundAt([stack], 0, 0, { soc: 0.8 })
    expect(beyond.limit.watts).toBe(2000)
    expect(beyond).not.toHaveProperty('untilSoc')
    // Nobody knows: it could come at any time, and never does.
    expect(boundAt([stack], 0, 0).limit.watts).toBe(5000)
  })

  test('[2.1 K28.FR.13] a TxProfile that may lapse leaves the defaults standing behind it', () => {
    const { schedule } = profile()
    const dynamic = profile({
      kind: 'Dynamic',
      schedule: { ...schedule, durationMs: 60 * second },
    })
    const fallback = profile({ id: 2, purpose: 'TxDefaultProfile' })
    const stackOf = (tx: ChargingProfile) =>
      transactionStack(
        [
          { place: 1, profile: tx },
          { place: 0, profile: fallback },
        ],
        1,
      ).map(({ id }) => id)
    expect(stackOf(dynamic)).toEqual([1, 2])
    expect(stackOf(profile({ offlineMs: 0 }))).toEqual([1, 2])
    expect(stackOf(profile())).toEqual([1])
    const stack = [dynamic, fallback]
    expect(boundAt([stack], 59_999, 0).untilMs).toBe(60_000)
    expect(boundAt([stack], 60_000, 0).limit.watts).toBe(5000)
  })

  test('[2.1 K27] local generation adds to the limits that there are, in their units', () => {
    const extra = { ...unlimited, watts: 6900 }
    expect(raised(unlimited, extra, 230)).toEqual(unlimited)
    const both = { ...unlimited, watts: 1000, amps: 6 }
    expect(raised(both, extra, 230)).toEqual({ ...both, watts: 7900, amps: 16 })
    expect(raised(both, extra, 230, 0.5)).toEqual({ ...both, watts: 4450, amps: 11 })
  })
})

/** What one second of a stack leaves, by trying every rule for itself. */
function slowWatts(
  stack: readonly ChargingProfile[],
  atMs: number,
  soc: number,
  offlineSinceMs: number | undefined,
): number {
  for (const { schedule, offlineMs, kind } of stack) {
    const offlineFor = offlineSinceMs === undefined ? -1 : atMs - offlineSinceMs
    if (offlineMs !== undefined && offlineSinceMs !== undefined && offlineFor >= offlineMs) continue
    const since = atMs - (kind === 'Relative' ? 0 : (schedule.startMs ?? 0))
    if (since < 0 || since >= schedule.durationMs) continue
    const running = schedule.periods.filter(({ startMs }) => startMs <= since).pop()
    if (!running) continue
    const { beyondSoc } = schedule
    return beyondSoc && soc >= beyondSoc.soc
      ? Math.min(running.limit, beyondSoc.limit)
      : running.limit
  }
  return Number.POSITIVE_INFINITY
}

describe('whatever 2.1 profiles are installed', () => {
  const seconds = (max: number) => fc.nat(max).map((n) => n * second)
  const anyProfile = fc
    .record({
      kind: fc.constantFrom('Absolute', 'Relative', 'Dynamic'),
      offline: fc.option(seconds(60), { nil: undefined }),
      startMs: seconds(60),
      durationMs: fc.oneof(seconds(120), fc.constant(Number.POSITIVE_INFINITY)),
      later: fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 3 }),
      limits: fc.array(fc.nat(11_000), { minLength: 4, maxLength: 4 }),
      beyond: fc.option(fc.record({ soc: fc.nat(100), limit: fc.nat(11_000) }), { nil: undefined }),
    })
    .map(({ kind, offline, startMs, durationMs, later, limits, beyond }) => {
      const starts = [0, ...later.sort((one, other) => one - other).map((n) => n * second)]
      return profile({
        kind: kind as ChargingProfile['kind'],
        ...(offline !== undefined && { offlineMs: offline }),
        schedule: {
          startMs,
          durationMs,
          unit: 'W',
          periods: starts.map((at, i) => ({ startMs: at, limit: limits[i] ?? 0, phases: 3 })),
          minRate: 0,
          ...(beyond && { beyondSoc: { soc: beyond.soc / 100, limit: beyond.limit } }),
        },
      })
    })

  test('the bound is what a second by second evaluation finds, as long as it says', () => {
    fc.assert(
      fc.property(
        fc.array(anyProfile, { maxLength: 3 }),
        seconds(200),
        fc.nat(100),
        fc.option(seconds(100), { nil: undefined }),
        (stack, atMs, percent, offlineSinceMs) => {
          const soc = percent / 100
          const at = (ms: number) => boundAt([stack], ms, 0, { soc, offlineSinceMs })
          const { limit, untilMs } = at(atMs)
          expect(rateOf(limit, 'W', 230)).toBe(slowWatts(stack, atMs, soc, offlineSinceMs))
          expect(untilMs).toBeGreaterThan(atMs)
          const last = Math.min(untilMs, atMs + 300 * second)
          for (let ms = atMs; ms < last; ms += second) {
            expect(slowWatts(stack, ms, soc, offlineSinceMs)).toBe(limit.watts)
          }
        },
      ),
    )
  })
})
