import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Limit, type Phases, unlimited } from '../../ocpp/smart-charging/limit.ts'
import type { Bound } from '../../ocpp/smart-charging/stack.ts'
import type { EvPlan, EvsePlan } from '../scenario/plan.ts'
import { Evse } from './evse.ts'
import { type LimitSource, PowerLimits } from './power-limits.ts'

const second = 1000
const ac22: EvsePlan = { connectors: ['cType2'], maxPowerW: 22_000, phases: 3, current: 'AC' }
const ev: EvPlan = { batteryWh: 500_000, soc: 0, maxPowerW: 11_000, phases: 3, taperFrom: 1 }
/** The wire clock shows another time than the simulated one. */
const wireAheadMs = 1_000_000_000

/** Limits that change at the end of each span of seconds; the last one stays. */
type Course = readonly { readonly seconds: number; readonly limit: Limit }[]

function at(course: Course, ms: number): Bound {
  let untilMs = 0
  for (const { seconds, limit } of course) {
    untilMs += seconds * second
    if (ms < untilMs) return { limit, untilMs: untilMs + wireAheadMs }
  }
  const limit = course[course.length - 1]?.limit ?? unlimited
  return { limit, untilMs: Number.POSITIVE_INFINITY }
}

/** EVSEs under limits, moved by hand. */
class Bench {
  nowMs = 0
  readonly evses: readonly Evse[]

  constructor(station: Course, own: readonly Course[], switchesPhases: boolean) {
    this.evses = own.map(
      (_, i) => new Evse(i + 1, ac22, i + 1, { voltage: 230, meterStartWh: 0 }, () => this.nowMs),
    )
    const source: LimitSource = {
      evseBound: (evse, wireMs) => at(own[evse.id - 1] ?? [], wireMs - wireAheadMs),
      stationBound: (wireMs) => at(station, wireMs - wireAheadMs),
      switchesPhases,
    }
    const clocks = {
      simulatedMs: () => this.nowMs,
      wireMs: () => this.nowMs + wireAheadMs,
    }
    const limiter = new PowerLimits(this.evses, clocks, source)
    for (const evse of this.evses) evse.limiter = limiter
    limiter.changed(0)
  }

  /** Everybody looks at his meter. */
  look(): readonly number[] {
    return this.evses.map((evse) => {
      evse.advance()
      return evse.outlet.importWh
    })
  }
}

const limits: fc.Arbitrary<Limit> = fc.oneof(
  fc.constant(unlimited),
  fc
    .tuple(fc.integer({ min: 0, max: 40 }), fc.constantFrom<Phases>(1, 2, 3))
    .map(([amps, phases]) => ({ ...unlimited, amps, phases })),
  fc.integer({ min: 0, max: 25_000 }).map((watts) => ({ ...unlimited, watts })),
  fc
    .tuple(fc.integer({ min: 6, max: 32 }), fc.integer({ min: 0, max: 16 }))
    .map(([amps, minAmps]) => ({ ...unlimited, amps, minAmps })),
)
const course = fc.array(fc.record({ seconds: fc.integer({ min: 1, max: 120 }), limit: limits }), {
  maxLength: 5,
})
const acts = fc.array(
  fc.record({
    afterSeconds: fc.integer({ min: 0, max: 90 }),
    evse: fc.nat(2),
    what: fc.constantFrom('come', 'leave', 'pause', 'resume'),
  }),
  { maxLength: 12 },
)

function act({ evses }: Bench, which: number, what: 'come' | 'leave' | 'pause' | 'resume'): void {
  const evse = evses[which]
  if (!evse) return
  if (what === 'come' && evse.cable === undefined) {
    evse.plug(1, ev)
    evse.closePath()
  }
  if (what === 'leave' && evse.cable !== undefined) evse.unplug()
  if (what === 'pause') evse.suspend('ev', true)
  if (what === 'resume') evse.suspend('ev', false)
}

describe('whatever is limited and whoever comes and goes', () => {
  const story = fc.record({
    station: course,
    own: fc.array(course, { minLength: 3, maxLength: 3 }),
    acts,
    switchesPhases: fc.boolean(),
  })

  test('looking seldom finds what looking each second finds, and every limit is kept', () => {
    fc.assert(
      fc.property(story, ({ station, own, acts: told, switchesPhases }) => {
        const seldom = new Bench(station, own, switchesPhases)
        const often = new Bench(station, own, switchesPhases)
        const broken: string[] = []
        for (const { afterSeconds, evse, what } of told) {
          for (let s = 0; s < afterSeconds; s += 1) {
            broken.push(...brokenLimits(often, station, own))
            const before = often.look()
            const watts = often.evses.map(({ outlet }) => outlet.powerW)
            often.nowMs += second
            often.look().forEach((wh, i) => {
              const expected = (before[i] ?? 0) + (watts[i] ?? 0) / 3600
              if (Math.abs(wh - expected) > 1e-6) broken.push(`${wh} Wh, not ${expected}`)
            })
          }
          seldom.nowMs = often.nowMs
          act(seldom, evse, what)
          act(often, evse, what)
        }
        expect(broken).toEqual([])
        seldom.nowMs += 600 * second
        for (let s = 0; s < 600; s += 1) {
          often.nowMs += second
          often.look()
        }
        const expected = often.look()
        seldom.look().forEach((wh, i) => expect(wh).toBeCloseTo(expected[i] ?? -1, 3))
      }),
      { numRuns: 50 },
    )
  })
})

/** What is broken at this very instant, by the plain words of the limits. */
function brokenLimits(bench: Bench, station: Course, own: readonly Course[]): readonly string[] {
  bench.look()
  const all = at(station, bench.nowMs).limit
  let [totalW, totalA] = [0, 0]
  const broken = bench.evses.flatMap(({ id, outlet }) => {
    const { limit } = at(own[id - 1] ?? [], bench.nowMs)
    const { powerW } = outlet
    const amps = outlet.currentA(1)
    totalW += powerW
    totalA += amps
    const rules: Readonly<Record<string, boolean>> = {
      watts: powerW <= limit.watts + 1e-6,
      amps: amps <= limit.amps + 1e-9,
      phases: powerW <= limit.amps * limit.phases * 230 + 1e-6,
      // An EV that can take less than minChargingRate takes what it can.
      least: powerW === 0 || amps >= Math.min(15.9, Math.max(6, limit.minAmps)) - 1e-6,
    }
    return Object.keys(rules).filter((rule) => !rules[rule])
  })
  if (totalW > all.watts + 1e-6) broken.push('watts of all')
  if (totalA > all.amps + 1e-6) broken.push('amps of all')
  return broken
}

describe('a wire clock that is set', () => {
  test('makes the limits of its new time hold at once', () => {
    let aheadMs = 0
    let nowMs = 0
    const evse = new Evse(1, ac22, 1, { voltage: 230, meterStartWh: 0 }, () => nowMs)
    const zero: Limit = { ...unlimited, watts: 0 }
    const clocks = { simulatedMs: () => nowMs, wireMs: () => nowMs + aheadMs }
    const limiter = new PowerLimits([evse], clocks, {
      evseBound: (_evse, wireMs) =>
        wireMs < 3_600_000
          ? { limit: unlimited, untilMs: 3_600_000 }
          : { limit: zero, untilMs: Number.POSITIVE_INFINITY },
      stationBound: () => ({ limit: unlimited, untilMs: Number.POSITIVE_INFINITY }),
      switchesPhases: true,
    })
    evse.limiter = limiter
    evse.plug(1, ev)
    evse.closePath()
    expect(limiter.msToChange).toBe(3_600_000)
    nowMs = 60_000
    aheadMs = 7_200_000
    evse.advance()
    expect(evse.outlet.powerW).toBe(0)
    aheadMs = 0
    evse.advance()
    expect([evse.outlet.powerW, limiter.msToChange]).toEqual([11_000, 3_540_000])
  })

  test('is not one that is read a while after the other, as at a high speed', () => {
    let clockMs = 0
    const nowMs = () => (clockMs += 3_000)
    const evse = new Evse(1, ac22, 1, { voltage: 230, meterStartWh: 0 }, nowMs)
    let asked = 0
    const clocks = { simulatedMs: nowMs, wireMs: () => nowMs() + 7_200_000 }
    evse.limiter = new PowerLimits([evse], clocks, {
      evseBound: () => ({ limit: unlimited, untilMs: Number.POSITIVE_INFINITY }),
      stationBound: () => {
        asked += 1
        return { limit: unlimited, untilMs: Number.POSITIVE_INFINITY }
      },
      switchesPhases: true,
    })
    evse.plug(1, ev)
    evse.closePath()
    const before = asked
    for (let look = 0; look < 10; look += 1) evse.advance()
    expect(asked).toBe(before)
  })
})
