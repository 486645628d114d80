import { describe, expect, test } from 'vitest'
import { testContext } from '../../../test/helpers/executor-context.ts'
import { FakePlayer } from '../../../test/helpers/fake-player.ts'
import type { ExecutorContext } from './executor.ts'
import { rampingStations } from './ramping-stations.ts'
import { stationSteps } from './station-steps.ts'

const stage = (duration: number, target: number) => ({ duration, target })

const upDown = {
  startStations: 0,
  stages: [stage(4000, 4), stage(1000, 4), stage(2000, 0)],
  gracefulRampDown: 500,
}

function setUp(
  options: Parameters<typeof rampingStations.run>[0],
  given: Parameters<typeof testContext>[0],
  more: Partial<ExecutorContext> = {},
) {
  const bench = testContext(given)
  const players = new Map<number, FakePlayer>()
  const join = (index: number): void => {
    const player = new FakePlayer(index)
    players.set(index, player)
    executor.join?.(player)
  }
  const executor = rampingStations.run(options, { ...bench.context, ...more, launch: join })
  const ramp = Array.from({ length: given.stations }, (_, index) => index)
    .filter(bench.context.isOwn)
    .filter((index) => executor.turnOf?.(index) !== undefined)
  for (const index of ramp) join(index)
  const connected = () =>
    [...players.values()].filter(({ told }) => told[told.length - 1] !== 'hangUp').length
  return { ...bench, executor, players, connected, ramp }
}

describe('stationSteps', () => {
  test('one station comes or goes at each instant that the straight line crosses', () => {
    expect(stationSteps(1, [stage(2000, 3), stage(0, 2), stage(1000, 0)], 10)).toEqual([
      { atMicros: 1_000_000, place: 1, up: true },
      { atMicros: 2_000_000, place: 2, up: true },
      { atMicros: 2_000_000, place: 2, up: false },
      { atMicros: 2_500_000, place: 1, up: false },
      { atMicros: 3_000_000, place: 0, up: false },
    ])
  })

  test('no more stations than there are', () => {
    expect(stationSteps(0, [stage(1000, 9)], 2).map(({ place }) => place)).toEqual([0, 1])
  })
})

describe('ramping-stations', () => {
  test('stations connect and hang up as the stages lead their number', () => {
    const { executor, clock, players, connected } = setUp(upDown, { stations: 6 })
    executor.start(0, 'steady')
    const seen = [0, 0, 0, 0, 0, 0, 0, 0, 0].map(() => {
      const count = connected()
      clock.advance(1000)
      for (const player of players.values()) if (player.playing) player.end()
      return count
    })
    expect(seen).toEqual([0, 1, 2, 3, 4, 4, 2, 0, 0])
  })

  test('a station plays its script again and again until it is to go, then finishes it', () => {
    const options = { ...upDown, startStations: 1, stages: [stage(1000, 1), stage(1000, 0)] }
    const { executor, clock, players } = setUp(options, { stations: 1 })
    executor.start(0, 'steady')
    const [player] = [...players.values()]
    player?.end()
    expect(player?.told).toEqual(['play', 'play'])
    clock.advance(2000)
    player?.end()
    expect(player?.told).toEqual(['play', 'play', 'hangUp'])
    clock.advance(5000)
    expect(player?.told).toEqual(['play', 'play', 'hangUp'])
  })

  test('gracefulRampDown: a script that does not finish in time is called off', () => {
    const options = { ...upDown, startStations: 1, stages: [stage(1000, 0), stage(9000, 0)] }
    const { executor, clock, players } = setUp(options, { stations: 1 })
    executor.start(0, 'steady')
    clock.advance(1400)
    const [player] = [...players.values()]
    expect(player?.told).toEqual(['play'])
    clock.advance(200)
    expect(player?.told).toEqual(['play', 'callOff', 'hangUp'])
  })

  test('nobody waits any longer for scripts to finish once the drain is over', () => {
    const patient = { ...upDown, gracefulRampDown: 60_000 }
    const { executor, clock, players } = setUp(patient, { stations: 4 })
    executor.start(0, 'steady')
    clock.advance(7000)
    expect([...players.values()].filter(({ playing }) => playing)).toHaveLength(4)
    executor.stop(7_000_000)
    executor.end()
    expect(clock.pending).toBe(0)
  })

  test('a station that is wanted back while it finishes its script goes on', () => {
    const stages = [stage(1000, 0), stage(100, 1), stage(9000, 1)]
    const { executor, clock, players } = setUp(
      { ...upDown, startStations: 1, stages },
      { stations: 1 },
    )
    executor.start(0, 'steady')
    clock.advance(5000)
    const [player] = [...players.values()]
    expect(player?.told).toEqual(['play'])
    player?.end()
    expect(player?.told).toEqual(['play', 'play'])
  })

  test('a station that is wanted back while it hangs up comes back when that is done', () => {
    const stages = [stage(1000, 0), stage(100, 1), stage(9000, 1)]
    const { executor, clock, players } = setUp(
      { ...upDown, startStations: 1, stages },
      { stations: 1 },
    )
    executor.start(0, 'steady')
    clock.advance(1000)
    const [player] = [...players.values()]
    player?.end()
    clock.advance(1000)
    expect(player?.told).toEqual(['play', 'hangUp'])
    player?.left()
    expect(player?.told).toEqual(['play', 'hangUp', 'play'])
  })

  test('one whose script failed stays, and hangs up when it is to go', () => {
    const options = { ...upDown, startStations: 1, stages: [stage(1000, 0)] }
    const { executor, clock, players } = setUp(options, { stations: 1 })
    executor.start(0, 'steady')
    const [player] = [...players.values()]
    player?.end('failed')
    expect(player?.told).toEqual(['play'])
    clock.advance(1000)
    expect(player?.told).toEqual(['play', 'hangUp'])
  })

  test('who comes when is drawn from the seed, the same whatever the number of workers', () => {
    const order = (workers: number) => {
      const came: { index: number; atMs: number }[] = []
      for (let worker = 0; worker < workers; worker += 1) {
        const bench = testContext({ stations: 8, workers, worker })
        const launch = (index: number) =>
          came.push({ index, atMs: bench.clock.monotonicMicros() / 1000 })
        const executor = rampingStations.run(
          { ...upDown, stages: [stage(8000, 8)] },
          { ...bench.context, launch },
        )
        executor.start(0, 'steady')
        bench.clock.advance(8000)
      }
      return came.sort((a, b) => a.atMs - b.atMs).map(({ index }) => index)
    }
    expect(order(1)).toHaveLength(8)
    expect(order(1)).not.toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(order(3)).toEqual(order(1))
  })

  test('startStations come with the ramp, warm-up holds them, and the drain plays nothing new', () => {
    const { executor, clock, players, ramp } = setUp(
      { ...upDown, startStations: 2 },
      { stations: 6 },
    )
    expect(ramp).toHaveLength(2)
    executor.start(0, 'warmup')
    clock.advance(9000)
    expect(players.size).toBe(2)
    executor.start(9_000_000, 'steady')
    clock.advance(1)
    executor.stop(clock.monotonicMicros())
    clock.advance(60_000)
    for (const player of players.values()) player.end()
    expect(players.size).toBe(2)
    expect([...players.values()].map(({ told }) => told)).toEqual([['play'], ['play']])
  })
})
