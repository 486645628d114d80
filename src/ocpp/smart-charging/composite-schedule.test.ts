import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ChargingProfile, ChargingSchedule } from './charging-profile.ts'
import { compositeSchedule } from './composite-schedule.ts'
import { type Phases, rateOf } from './limit.ts'
import { boundAt, type Stack } from './stack.ts'

const voltage = 230
const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
/** A Thursday, midnight. */
const epoch = Date.UTC(2026, 0, 1)

const schedule = (more: Partial<ChargingSchedule> = {}): ChargingSchedule => ({
  startMs: epoch,
  durationMs: Number.POSITIVE_INFINITY,
  unit: 'A',
  periods: [{ startMs: 0, limit: 16, phases: 3 }],
  minRate: 0,
  ...more,
})

const profile = (more: Partial<ChargingProfile> = {}): ChargingProfile => ({
  id: 1,
  stackLevel: 0,
  purpose: 'TxDefaultProfile',
  kind: 'Absolute',
  recurrency: undefined,
  validFromMs: Number.NEGATIVE_INFINITY,
  validToMs: Number.POSITIVE_INFINITY,
  schedule: schedule(),
  ...more,
})

interface Asked {
  readonly from?: number
  readonly started?: number
  readonly seconds?: number
  readonly longest?: number
  readonly unit?: 'A' | 'W'
}

function composite(
  stacks: readonly Stack[],
  { from = epoch, started = from, seconds = 3600, longest = 1000, unit = 'A' }: Asked = {},
) {
  return compositeSchedule(
    (atMs) => {
      const { limit, untilMs } = boundAt(stacks, atMs, started)
      const { phases } = limit
      return { rate: rateOf(limit, unit, voltage), phases, minRate: 0, untilMs }
    },
    from,
    seconds,
    longest,
  )
}

const periodsOf = (...args: Parameters<typeof composite>) =>
  composite(...args).periods.map(({ startPeriod, limit }) => [startPeriod, limit])

describe('a composite schedule', () => {
  test('[1.6 5.7] starts at the instant it is asked for, with the period that runs', () => {
    const periods = [
      { startMs: 0, limit: 16, phases: 3 },
      { startMs: hour, limit: 10, phases: 3 },
      { startMs: 2 * hour, limit: 6, phases: 3 },
    ] as const
    const stacks = [[profile({ schedule: schedule({ periods }) })]]
    expect(periodsOf(stacks, { from: epoch + 90 * minute, seconds: 7200 })).toEqual([
      [0, 10],
      [1800, 6],
    ])
  })

  test('[1.6 3.13.2] the higher stackLevel prevails as long as its duration', () => {
    const high = profile({
      stackLevel: 1,
      schedule: schedule({
        startMs: epoch + 600 * second,
        durationMs: 900 * second,
        periods: [{ startMs: 0, limit: 32, phases: 3 }],
      }),
    })
    expect(periodsOf([[high, profile()]])).toEqual([
      [0, 16],
      [600, 32],
      [1500, 16],
    ])
  })

  test('[1.6 5.16.4] periods beyond the duration are not executed, the last one lasts as long as it', () => {
    const periods = [
      { startMs: 0, limit: 16, phases: 3 },
      { startMs: 1000 * second, limit: 8, phases: 3 },
    ] as const
    expect(
      periodsOf([[profile({ schedule: schedule({ durationMs: 500_000, periods }) })]]),
    ).toEqual([
      [0, 16],
      [500, Number.POSITIVE_INFINITY],
    ])
    const long = profile({ schedule: schedule({ durationMs: 2000 * second, periods }) })
    expect(periodsOf([[long]])).toEqual([
      [0, 16],
      [1000, 8],
      [2000, Number.POSITIVE_INFINITY],
    ])
  })

  test('[1.6 7.37] Daily restarts every 24 hours, Weekly every 7 days, cut off by the next round', () => {
    const nightly = (recurrency: 'Daily' | 'Weekly') =>
      profile({
        kind: 'Recurring',
        recurrency,
        schedule: schedule({
          startMs: epoch + 22 * hour,
          periods: [
            { startMs: 0, limit: 32, phases: 3 },
            { startMs: 8 * hour, limit: 6, phases: 3 },
            { startMs: 30 * day, limit: 1, phases: 3 },
          ],
        }),
      })
    const from = epoch + 3 * day
    expect(periodsOf([[nightly('Daily')]], { from, seconds: 2 * 86_400 })).toEqual([
      [0, 32],
      [6 * 3600, 6],
      [22 * 3600, 32],
      [30 * 3600, 6],
      [46 * 3600, 32],
    ])
    expect(periodsOf([[nightly('Weekly')]], { from, seconds: 7 * 86_400 })).toEqual([
      [0, 6],
      [4 * 86_400 + 22 * 3600, 32],
      [5 * 86_400 + 6 * 3600, 6],
    ])
  })

  test('a Recurring profile says nothing before its first startSchedule', () => {
    const later = profile({
      kind: 'Recurring',
      recurrency: 'Daily',
      schedule: schedule({ startMs: epoch + 600 * second }),
    })
    expect(periodsOf([[later]])).toEqual([
      [0, Number.POSITIVE_INFINITY],
      [600, 16],
    ])
  })

  test('[1.6 7.9] Relative counts from the start of charging, whatever startSchedule says', () => {
    const periods = [
      { startMs: 0, limit: 6, phases: 3 },
      { startMs: 600 * second, limit: 16, phases: 3 },
    ] as const
    const relative = profile({ kind: 'Relative', schedule: schedule({ periods }) })
    const from = epoch + day
    expect(periodsOf([[relative]], { from, started: from - 400 * second })).toEqual([
      [0, 6],
      [200, 16],
    ])
  })

  test('[1.6 7.8] validFrom is inside, validTo is not', () => {
    const valid = profile({ validFromMs: epoch + 10 * second, validToMs: epoch + 20 * second })
    expect(periodsOf([[valid]])).toEqual([
      [0, Number.POSITIVE_INFINITY],
      [10, 16],
      [20, Number.POSITIVE_INFINITY],
    ])
  })

  test('[1.6 errata 3.34, 3.69] watts are a total, amperes are per phase', () => {
    const watts = [profile({ schedule: schedule({ unit: 'W', periods: [p(6900, 3)] }) })]
    const amps = [profile({ schedule: schedule({ periods: [p(16, 1)] }) })]
    expect(periodsOf([watts])).toEqual([[0, 10]])
    expect(periodsOf([amps], { unit: 'W' })).toEqual([[0, 3680]])
    // On the one phase that both leave, 16 A are less than 6900 W.
    expect(composite([watts, amps], { unit: 'A' }).periods).toEqual([
      { startPeriod: 0, limit: 16, numberPhases: 1 },
    ])
    expect(periodsOf([watts, amps], { unit: 'W' })).toEqual([[0, 3680]])
  })

  test('says how far it reaches where it would take too many periods', () => {
    const periods = [p(6, 3), p(8, 3, 100), p(10, 3, 200), p(12, 3, 300)]
    const stacks = [[profile({ schedule: schedule({ periods }) })]]
    expect(composite(stacks, { longest: 2 })).toMatchObject({
      duration: 200,
      periods: [{ limit: 6 }, { limit: 8 }],
    })
  })
})

function p(limit: number, phases: Phases, startSeconds = 0) {
  return { startMs: startSeconds * second, limit, phases }
}

/** Small numbers on a grid of seconds, so that everything happens within a few hundred of them. */
const seconds = (max: number) => fc.integer({ min: 0, max }).map((n) => n * second)
const anySchedule: fc.Arbitrary<ChargingSchedule> = fc.record({
  startMs: fc.option(
    fc.integer({ min: -200, max: 300 }).map((n) => epoch + n * second),
    { nil: undefined },
  ),
  durationMs: fc.oneof(
    fc.constant(Number.POSITIVE_INFINITY),
    fc.integer({ min: 1, max: 300 }).map((n) => n * second),
    fc.integer({ min: 1, max: 3 }).map((n) => n * day),
  ),
  unit: fc.constantFrom('A', 'W'),
  periods: fc
    .tuple(
      fc.uniqueArray(seconds(300), { maxLength: 4 }),
      fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.constantFrom<Phases>(1, 2, 3)), {
        minLength: 5,
        maxLength: 5,
      }),
    )
    .map(([starts, values]) =>
      [0, ...starts.filter((start) => start > 0).sort((a, b) => a - b)].map((startMs, at) => {
        const [limit = 0, phases = 3] = values[at] ?? []
        return { startMs, limit: limit * 100, phases }
      }),
    ),
  minRate: fc.constant(0),
})
const anyProfile: fc.Arbitrary<ChargingProfile> = fc.record({
  id: fc.nat(),
  stackLevel: fc.nat(5),
  purpose: fc.constant('TxDefaultProfile'),
  kind: fc.constantFrom('Absolute', 'Recurring', 'Relative'),
  recurrency: fc.constantFrom('Daily', 'Weekly'),
  validFromMs: fc.oneof(
    fc.constant(Number.NEGATIVE_INFINITY),
    seconds(300).map((ms) => epoch + ms),
  ),
  validToMs: fc.oneof(
    fc.constant(Number.POSITIVE_INFINITY),
    seconds(400).map((ms) => epoch + ms),
  ),
  schedule: anySchedule,
})
const anyStacks = fc.array(fc.array(anyProfile, { maxLength: 3 }), { maxLength: 3 })

/** One second of one profile, told by counting through everything it could be. */
function slowLimit(known: ChargingProfile, atMs: number, started: number) {
  if (atMs < known.validFromMs || atMs >= known.validToMs) return undefined
  const { schedule: told } = known
  const start = known.kind === 'Relative' ? started : (told.startMs ?? started)
  const cycle = known.recurrency === 'Weekly' ? 7 * day : day
  let round = start
  if (known.kind === 'Recurring') while (round + cycle <= atMs) round += cycle
  if (atMs < round) return undefined
  if (atMs - round >= told.durationMs) return undefined
  const running = told.periods.filter(({ startMs }) => startMs <= atMs - round).pop()
  return running && { ...running, unit: told.unit }
}

/** What one second leaves in amperes: every rule of every stack in force, tried one by one. */
function slowAmps(stacks: readonly Stack[], atMs: number, started: number) {
  const inForce = stacks.flatMap((stack) => {
    for (const known of stack) {
      const limit = slowLimit(known, atMs, started)
      if (limit) return [limit]
    }
    return []
  })
  const phases = Math.min(3, ...inForce.map((limit) => limit.phases))
  const amps = inForce.map(({ unit, limit }) => (unit === 'A' ? limit : limit / (phases * voltage)))
  return { amps: Math.min(Number.POSITIVE_INFINITY, ...amps), phases }
}

describe('whatever profiles are installed', () => {
  test('the composite schedule is what a second by second evaluation finds', () => {
    const asked = fc.record({
      from: fc.constantFrom(0, 86_000, 86_350, 7 * 86_400 - 60).map((n) => epoch + n * second),
      startedAgo: fc.integer({ min: 0, max: 200 }),
      length: fc.integer({ min: 1, max: 400 }),
    })
    fc.assert(
      fc.property(anyStacks, asked, (stacks, { from, startedAgo, length }) => {
        const started = from - startedAgo * second
        const { periods, duration } = composite(stacks, { from, started, seconds: length })
        expect(duration).toBe(length)
        const wrong: unknown[] = []
        for (let s = 0; s < length; s += 1) {
          const { amps, phases } = slowAmps(stacks, from + s * second, started)
          const told = periods.filter(({ startPeriod }) => startPeriod <= s).pop()
          const limit = told?.limit ?? -1
          // One decimal, rounded down.
          const right = limit === amps || (limit <= amps + 1e-6 && limit > amps - 0.1)
          if (!right || told?.numberPhases !== phases) wrong.push({ s, told, amps, phases })
        }
        expect(wrong).toEqual([])
        const joined = periods.every(
          (period, at) =>
            at === 0 ||
            period.limit !== periods[at - 1]?.limit ||
            period.numberPhases !== periods[at - 1]?.numberPhases,
        )
        expect(joined).toBe(true)
      }),
    )
  })

  test('a limit holds until the instant that was named, which is later', () => {
    fc.assert(
      fc.property(
        anyStacks,
        fc.nat(500_000),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (stacks, ms, part) => {
          const at = epoch + ms
          const bound = boundAt(stacks, at, epoch)
          expect(bound.untilMs).toBeGreaterThan(at)
          const within = Math.min(bound.untilMs, at + 10 * day) - at
          const later = at + Math.floor(part * (within - 1))
          expect(boundAt(stacks, later, epoch).limit).toEqual(bound.limit)
        },
      ),
    )
  })
})
