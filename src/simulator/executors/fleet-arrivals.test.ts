import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import { driversWithin } from '../scenario/arrivals-plan.ts'
import { loadScenario } from '../scenario/load-scenario.ts'
import type { ArrivalsPlan, Plan } from '../scenario/plan.ts'
import type { Arrival, Player } from './executor.ts'
import { FleetArrivals, realCurve } from './fleet-arrivals.ts'
import type { LoadStation } from './load-station.ts'

const speed = 600

function planOf(curve: string, rest = ''): Plan {
  const text = `name: t\nspeed: ${speed}\nstartsAt: 06:00\n${rest}
fleets: [{name: other, count: 3, script: [boot]}, {name: a, count: 9, arrivals: ${curve}, script: [boot]}]`
  const loaded = loadScenario({ file: 't', text })
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems))
  return loaded.plan
}

/** Runs one worker's share of a day; sessions last `sessionMs` of real time. */
function day(
  plan: Plan,
  worker: number,
  workers: number,
  ms: number,
  sessionMs = 0,
  endAtMs?: number,
): readonly Arrival[] {
  const clock = new VirtualClock()
  const told: Arrival[] = []
  const isOwn = (index: number) => index % workers === worker
  const arrivals = new FleetArrivals({
    clock,
    seed: plan.seed,
    isOwn,
    fleets: plan.fleets,
    speed,
    arrived: (arrival) => told.push(arrival),
  })
  for (let index = 0; index < 12; index += 1) {
    if (!isOwn(index) || !arrivals.has(index)) continue
    const player: Player = {
      index,
      stand: () => undefined,
      once: () => undefined,
      play: (_options, done) => void clock.after(sessionMs, () => done('completed')),
      callOff: () => undefined,
      hangUp: () => undefined,
      command: () => undefined,
    }
    const station: LoadStation = { index, ready: true, issue: () => undefined }
    arrivals.join(player)
    arrivals.ready(station)
  }
  arrivals.start(0)
  if (endAtMs !== undefined) arrivals.endAt(endAtMs * 1000)
  // The instant of the end belongs to what comes after it.
  clock.advance(ms - 0.01)
  arrivals.stop(ms * 1000)
  arrivals.end()
  return told
}

describe('FleetArrivals', () => {
  test('drivers come by the curve, in simulated time', () => {
    const told = day(
      planOf('[{at: 06:00, rate: 0/h}, {at: 07:00, rate: 120/h}, {at: 08:00, rate: 120/h}]'),
      0,
      1,
      12_000,
    )
    // Two simulated hours in twelve seconds: 60 drivers in the first hour, 120 in the second.
    expect(told).toHaveLength(180)
    const before = (ms: number) =>
      told.filter(({ intendedMicros }) => intendedMicros < ms * 1000).length
    expect(before(6000)).toBe(60)
    // The rate grows in a straight line, so that the first half hour has a quarter.
    expect(before(3000)).toBe(15)
  })

  test('nobody comes when the day ends by plan, or later, however late that is told', () => {
    const level = planOf('[{at: 06:00, rate: 120/h}]', 'steady: 6s')
    const all = day(level, 0, 1, 6000)
    const ended = day(level, 0, 1, 6000, 0, 3000)
    expect(ended).toEqual(all.filter(({ intendedMicros }) => intendedMicros < 3_000_000))
    expect([all.length, ended.length]).toEqual([120, 60])
  })

  test('the first level holds from the begin of the day, the last to its end', () => {
    const plan = planOf('[{at: 07:00, rate: 60/h}]', 'steady: 18s')
    expect(day(plan, 0, 1, 18_000)).toHaveLength(180)
  })

  test('a fleet without a curve is none of its business', () => {
    const told = day(planOf('[{at: 07:00, rate: 60/h}]', 'steady: 6s'), 0, 1, 6000)
    expect(told.every(({ station }) => station >= 3)).toBe(true)
  })

  test('who finds no station free waits, or leaves', () => {
    const fates = (backlog: string) => {
      const curve = `{curve: [{at: 07:00, rate: 360/h}], backlog: ${backlog}}`
      return day(planOf(curve, 'steady: 6s'), 0, 1, 6000, 1e9).map(({ fate }) => fate)
    }
    const count = (all: readonly string[], fate: string) => all.filter((one) => one === fate).length
    expect(count(fates('queue'), 'begun')).toBe(9)
    expect(count(fates('queue'), 'unbegun')).toBe(351)
    expect(count(fates('skip'), 'dropped')).toBe(351)
  })

  test('instants are the same whatever the number of workers', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 2, max: 5 }),
        (rates, workers) => {
          const points = rates.map((rate, i) => `{at: ${i * 20 + 10}min, rate: ${rate}/h}`)
          const plan = planOf(`[${points.join(', ')}]`)
          const ms = ((rates.length * 20 - 10) * 60_000) / speed
          const alone = day(plan, 0, 1, ms)
          const all = Array.from({ length: workers }, (_, i) => day(plan, i, workers, ms)).flat()
          const instants = (of: readonly Arrival[]) =>
            of.map((one) => one.intendedMicros).sort((a, b) => a - b)
          expect(instants(all)).toEqual(instants(alone))
        },
      ),
      { numRuns: 30 },
    )
  })

  test('what --dry-run says is what lies under the curve', () => {
    const rates = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(rates, fc.integer({ min: 1, max: 10 * 3600 }), (perHour, seconds) => {
        const points = perHour.map((rate, i) => ({ atMs: i * 3_600_000, perSecond: rate / 3600 }))
        const plan: ArrivalsPlan = { points, backlog: 'queue' }
        const real = realCurve(plan, speed).countBefore((seconds / speed) * 1e6)
        expect(driversWithin(plan, seconds * 1000)).toBeCloseTo(real, 6)
      }),
    )
  })
})
