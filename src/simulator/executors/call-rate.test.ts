import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testContext } from '../../../test/helpers/executor-context.ts'
import { FakeStation } from '../../../test/helpers/fake-load-station.ts'
import { CallRate, type CallRateOptions } from './call-rate.ts'
import type { ExecutorContext } from './executor.ts'
import { RateCurve } from './rate-curve.ts'
import { longestBacklog } from './traffic-lane.ts'

interface Given {
  readonly stations: number
  readonly seed?: number
  readonly options?: Partial<CallRateOptions>
  readonly worker?: number
  readonly workers?: number
  /** Answers come only when the test says so. */
  readonly slow?: boolean
}

function setUp(given: Given) {
  const { stations: count, seed = 7 } = given
  const { clock, context: bare } = testContext({ ...given, seed })
  const dropped: { index: number; action: string; intended: number }[] = []
  const unsent: typeof dropped = []
  const waiting = { now: 0 }
  const context: ExecutorContext = {
    ...bare,
    dropped: (index, action, intended) => dropped.push({ index, action, intended }),
    unsent: (index, action, intended) => unsent.push({ index, action, intended }),
    waits: (change) => {
      waiting.now += change
    },
  }
  const executor = new CallRate(
    {
      mix: { Heartbeat: 3, MeterValues: 1 },
      backlog: 'queue',
      curve: RateCurve.constant(100),
      ...given.options,
    },
    context,
  )
  const stations = Array.from({ length: count }, (_, i) => new FakeStation(i, !given.slow))
  for (const station of stations) if (context.isOwn(station.index)) executor.ready(station)
  return { clock, executor, stations, dropped, unsent, waiting }
}

/** Every CALL that was issued: when it was due, at which station, and what was drawn. */
function issuedOf(stations: readonly FakeStation[]) {
  return stations
    .flatMap(({ index, issued }) =>
      issued.map(({ intended, action }) => ({ intended: Math.round(intended), index, action })),
    )
    .sort((a, b) => a.intended - b.intended)
}

describe('CallRate', () => {
  test('ordinal k is due at k / rate, over the whole fleet, and each station has its turn', () => {
    const { clock, executor, stations } = setUp({ stations: 4 })
    executor.start(clock.monotonicMicros())
    clock.advance(395)
    const issued = issuedOf(stations)
    expect(issued.map(({ intended }) => intended)).toEqual(
      Array.from({ length: 40 }, (_, k) => k * 10_000),
    )
    expect(stations.map((station) => station.issued.length)).toEqual([10, 10, 10, 10])
    expect(issued.slice(0, 4).map(({ index }) => index)).toEqual(
      issued.slice(4, 8).map(({ index }) => index),
    )
  })

  test('instants, stations and draws are the same whatever the number of workers', () => {
    const rate = fc.integer({ min: 1, max: 500 })
    const curves = fc.oneof(
      rate.map((perSecond) => RateCurve.constant(perSecond)),
      fc.tuple(rate, rate).map(([from, target]) => {
        return RateCurve.ofStages(from, [{ duration: 600, target }])
      }),
    )
    const weights = fc.record({
      Heartbeat: fc.integer({ min: 0, max: 9 }),
      MeterValues: fc.integer({ min: 1, max: 9 }),
      StartTransaction: fc.integer({ min: 0, max: 9 }),
    })
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 2, max: 5 }),
        fc.integer(),
        curves,
        weights,
        (stations, workers, seed, curve, mix) => {
          const options = { mix, curve }
          const run = (worker: number, of: number) => {
            const one = setUp({ stations, seed, options, worker, workers: of })
            one.executor.start(one.clock.monotonicMicros())
            one.clock.advance(499)
            one.executor.stop(500_000)
            return issuedOf(one.stations)
          }
          const alone = run(0, 1)
          const together = Array.from({ length: workers }, (_, worker) => run(worker, workers))
            .flat()
            .sort((a, b) => a.intended - b.intended)
          expect(together).toEqual(alone)
          expect(alone.length).toBe(Math.ceil(curve.countBefore(500_000) - 1e-6))
        },
      ),
      { numRuns: 60 },
    )
  })

  test('another seed deals the CALLs to the stations in another order', () => {
    const order = (seed: number) => {
      const { clock, executor, stations } = setUp({ stations: 20, seed })
      executor.start(clock.monotonicMicros())
      clock.advance(200)
      return issuedOf(stations).map(({ index }) => index)
    }
    expect(order(1)).not.toEqual(order(2))
    expect(order(1)).toEqual(order(1))
  })

  test('draws follow the weights, and nothing of weight 0 is drawn', () => {
    const options = { mix: { Heartbeat: 30, MeterValues: 70, Authorize: 0 } }
    const { clock, executor, stations } = setUp({ stations: 50, options })
    executor.start(clock.monotonicMicros())
    clock.advance(50_000)
    const drawn = issuedOf(stations)
    const share = (action: string) =>
      drawn.filter((call) => call.action === action).length / drawn.length
    expect(drawn.length).toBe(5001)
    expect(share('MeterValues')).toBeCloseTo(0.7, 1)
    expect(share('Heartbeat')).toBeCloseTo(0.3, 1)
    expect(share('Authorize')).toBe(0)
  })

  test('what is due while an answer is awaited waits, keeps its instant and its draw', () => {
    const { clock, executor, stations, waiting } = setUp({ stations: 1, slow: true })
    const [station] = stations
    executor.start(clock.monotonicMicros())
    clock.advance(40)
    expect(station?.issued.length).toBe(1)
    expect(waiting.now).toBe(4)
    for (let i = 0; i < 5; i += 1) station?.answer()
    expect(waiting.now).toBe(0)
    const late = station?.issued.map(({ intended, action }) => ({ intended, action }))
    const prompt = setUp({ stations: 1 })
    prompt.executor.start(prompt.clock.monotonicMicros())
    prompt.clock.advance(40)
    expect(late).toEqual(
      prompt.stations[0]?.issued.map(({ intended, action }) => ({ intended, action })),
    )
  })

  test('skip drops what finds its station busy, and the draws of the others stay as they were', () => {
    const options = { backlog: 'skip' as const }
    const { clock, executor, stations, dropped } = setUp({ stations: 1, slow: true, options })
    executor.start(clock.monotonicMicros())
    clock.advance(25)
    stations[0]?.answer()
    clock.advance(10)
    const prompt = setUp({ stations: 1 })
    prompt.executor.start(prompt.clock.monotonicMicros())
    prompt.clock.advance(35)
    const [first, second, third, fourth] = prompt.stations[0]?.issued ?? []
    expect(stations[0]?.issued.map(({ action }) => action)).toEqual([first?.action, fourth?.action])
    expect(dropped.map(({ action }) => action)).toEqual([second?.action, third?.action])
  })

  test('coalesce keeps one of those that were missed', () => {
    const options = { backlog: 'coalesce' as const }
    const { clock, executor, stations, dropped, waiting } = setUp({
      stations: 1,
      slow: true,
      options,
    })
    executor.start(clock.monotonicMicros())
    clock.advance(50)
    expect([waiting.now, dropped.length]).toEqual([1, 4])
    stations[0]?.answer()
    expect(issuedOf(stations).map(({ intended }) => intended)).toEqual([0, 10_000])
  })

  test('a queue has an end: beyond it CALLs are dropped, and said to be', () => {
    const options = { curve: RateCurve.constant(10_000) }
    const { clock, executor, waiting, dropped } = setUp({ stations: 1, slow: true, options })
    executor.start(clock.monotonicMicros())
    clock.advance(150)
    expect(waiting.now).toBe(longestBacklog)
    expect(dropped.length).toBe(1501 - 1 - longestBacklog)
  })

  test('what was due before the drain and whose timer is late falls due all the same', () => {
    const { clock, executor, stations } = setUp({ stations: 2 })
    executor.start(clock.monotonicMicros())
    clock.advance(5)
    executor.stop(clock.monotonicMicros() + 95_000)
    clock.advance(1000)
    expect(issuedOf(stations).length).toBe(10)
    expect(executor.idle).toBe(true)
  })

  test('what is due when steady ends by plan, or later, never falls due, however late that is told', () => {
    const { clock, executor, stations } = setUp({ stations: 2 })
    const beganMicros = clock.monotonicMicros()
    executor.start(beganMicros)
    clock.advance(55)
    executor.endAt(beganMicros + 100_000)
    clock.advance(500)
    executor.stop(clock.monotonicMicros())
    expect(issuedOf(stations).map(({ intended }) => intended)).toEqual(
      Array.from({ length: 10 }, (_, k) => k * 10_000),
    )
  })

  test('what still waits when the drain is over is given up and told', () => {
    const { clock, executor, unsent, waiting } = setUp({ stations: 1, slow: true })
    executor.start(clock.monotonicMicros())
    clock.advance(30)
    executor.stop(clock.monotonicMicros())
    expect(executor.idle).toBe(false)
    executor.end()
    expect(unsent.map(({ intended }) => intended)).toEqual([10_000, 20_000, 30_000])
    expect(waiting.now).toBe(0)
  })

  test('another rate begins at its instant with ordinal 0, whatever the old one still owed', () => {
    const options = { curve: RateCurve.constant(0) }
    const { clock, executor, stations } = setUp({ stations: 3, options })
    executor.start(clock.monotonicMicros())
    clock.advance(1000)
    expect(issuedOf(stations)).toEqual([])
    executor.retune(100, 1_000_000)
    clock.advance(45)
    executor.retune(1000, 1_050_000)
    clock.advance(8)
    executor.retune(0, 1_060_000)
    clock.advance(1000)
    const slow = Array.from({ length: 5 }, (_, k) => 1_000_000 + k * 10_000)
    const fast = Array.from({ length: 10 }, (_, k) => 1_050_000 + k * 1000)
    expect(issuedOf(stations).map(({ intended }) => intended)).toEqual([...slow, ...fast])
  })

  test('a station that is not ready yet sends what it owes as soon as it is', () => {
    const { clock, executor, stations } = setUp({ stations: 2 })
    const [away] = stations
    if (away) away.ready = false
    executor.start(clock.monotonicMicros())
    clock.advance(95)
    expect(away?.issued).toEqual([])
    if (away) {
      away.ready = true
      executor.ready(away)
    }
    expect(issuedOf(stations).length).toBe(10)
  })

  test('one timer serves all that is due when it fires', () => {
    const options = { curve: RateCurve.constant(100_000) }
    const { clock, executor, stations } = setUp({ stations: 100, options })
    let timers = 0
    const after = clock.after.bind(clock)
    clock.after = (ms, fn) => {
      timers += 1
      // As the timers of Node: a millisecond at least.
      return after(Math.max(1, Math.trunc(ms)), fn)
    }
    executor.start(clock.monotonicMicros())
    clock.advance(100)
    expect(issuedOf(stations).length).toBe(10_001)
    expect(timers).toBe(101)
  })
})
