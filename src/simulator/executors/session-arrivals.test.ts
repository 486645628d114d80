import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testContext } from '../../../test/helpers/executor-context.ts'
import { FakeStation } from '../../../test/helpers/fake-load-station.ts'
import { FakePlayer } from '../../../test/helpers/fake-player.ts'
import { constantArrivalRate } from './constant-arrival-rate.ts'
import type { Executor, ExecutorContext } from './executor.ts'
import { rampingArrivalRate } from './ramping-arrival-rate.ts'

interface Given {
  readonly stations: number
  readonly workers?: number
  readonly seed?: number
  /** Every session is over as soon as it began. */
  readonly short?: boolean
  /** Where steady ends by plan; default: nobody says so. */
  readonly endAtMicros?: number
  readonly make: (context: ExecutorContext) => Executor
}

/** Runs the executor of each worker over one second and gathers what arrived. */
function run({ stations, workers = 1, seed = 1, short = true, endAtMicros, make }: Given) {
  const all = Array.from({ length: workers }, (_, worker) => {
    const bench = testContext({ stations, workers, worker, seed })
    const executor = make(bench.context)
    const players: FakePlayer[] = []
    for (let index = worker; index < stations; index += workers) {
      const player = new FakePlayer(index)
      if (short) {
        player.play = (_options, done) => done('completed')
      }
      players.push(player)
      executor.join?.(player)
      executor.ready(new FakeStation(index))
    }
    executor.start(0, 'steady')
    if (endAtMicros !== undefined) executor.endAt?.(endAtMicros)
    bench.clock.advance(999.9)
    executor.stop(1_000_000)
    bench.clock.advance(5000)
    return { ...bench, players }
  })
  const arrivals = all
    .flatMap(({ arrivals: told }) => told)
    .map(({ fate, station, intendedMicros }) => ({ fate, station, intendedMicros }))
    .sort((a, b) => a.intendedMicros - b.intendedMicros || a.station - b.station)
  return { arrivals, players: all.flatMap(({ players }) => players) }
}

const constant = (rate: number, maxStations?: number) => (context: ExecutorContext) =>
  constantArrivalRate.run({ rate, maxStations, backlog: 'queue' }, context)

describe('constant-arrival-rate', () => {
  test('all stations stand, and session k begins at k / rate, each station in its turn', () => {
    const { arrivals, players } = run({ stations: 4, make: constant(20) })
    expect(players.map(({ told }) => told[0])).toEqual(['stand', 'stand', 'stand', 'stand'])
    expect(arrivals.map(({ intendedMicros }) => intendedMicros)).toEqual(
      Array.from({ length: 20 }, (_, k) => k * 50_000),
    )
    const stations = arrivals.map(({ station }) => station)
    expect(new Set(stations.slice(0, 4)).size).toBe(4)
    expect(stations.slice(4, 8)).toEqual(stations.slice(0, 4))
  })

  test('the same sessions at the same stations whatever the number of workers', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 6 }),
        fc.double({ min: 0.5, max: 400, noNaN: true }),
        fc.nat(),
        (stations, workers, rate, seed) => {
          const of = (count: number) =>
            run({ stations, workers: count, seed, make: constant(rate) }).arrivals
          expect(of(Math.min(workers, stations))).toEqual(of(1))
        },
      ),
      { numRuns: 40 },
    )
  })

  test('maxStations of them play, the others only stand', () => {
    const { arrivals, players } = run({ stations: 10, make: constant(100, 3) })
    expect(new Set(arrivals.map(({ station }) => station)).size).toBe(3)
    expect(players.every(({ told }) => told[0] === 'stand')).toBe(true)
  })

  test('no session falls due when steady ends by plan, or later, however late that is told', () => {
    const { arrivals } = run({ stations: 4, endAtMicros: 100_000, make: constant(20) })
    expect(arrivals.map(({ intendedMicros }) => intendedMicros)).toEqual([0, 50_000])
  })

  test('sessions that find every station busy when it is over never begin', () => {
    const { arrivals } = run({ stations: 2, short: false, make: constant(10) })
    expect(arrivals.map(({ fate }) => fate)).toEqual([
      ...Array.from({ length: 2 }, () => 'begun'),
      ...Array.from({ length: 8 }, () => 'unbegun'),
    ])
  })
})

describe('ramping-arrival-rate', () => {
  const stages = [
    { duration: 500, target: 40 },
    { duration: 500, target: 40 },
  ]
  const ramping = (warmupMs: number) => (context: ExecutorContext) =>
    rampingArrivalRate.run(
      { startRate: 10, stages, maxStations: undefined, backlog: 'queue' },
      { ...context, windows: { ...context.windows, warmupMs } },
    )

  test('as many sessions as the curve holds, the same whatever the number of workers', () => {
    const { arrivals } = run({ stations: 6, make: ramping(0) })
    expect(arrivals.length).toBe(Math.ceil((0.5 * (10 + 40)) / 2 + 0.5 * 40))
    expect(run({ stations: 6, workers: 4, make: ramping(0) }).arrivals).toEqual(arrivals)
  })

  test('warm-up holds the rate that it starts with', () => {
    const { arrivals } = run({ stations: 6, make: ramping(500) })
    expect(arrivals.slice(0, 5).map(({ intendedMicros }) => intendedMicros)).toEqual([
      0, 100_000, 200_000, 300_000, 400_000,
    ])
  })
})
