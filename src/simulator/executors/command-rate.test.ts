import { describe, expect, test } from 'vitest'
import { testContext } from '../../../test/helpers/executor-context.ts'
import { FakeStation } from '../../../test/helpers/fake-load-station.ts'
import { FakePlayer } from '../../../test/helpers/fake-player.ts'
import { loadScenario } from '../scenario/load-scenario.ts'
import type { FleetPlan } from '../scenario/plan.ts'
import { CommandRate, type CommandRateOptions } from './command-rate.ts'

const command = (weight: number, payload: object = {}) => ({ weight, payload })

const options: CommandRateOptions = {
  rate: 100,
  mix: { ClearCache: command(1) },
  maxInFlight: 1000,
  within: 5000,
  backlog: 'queue',
}

/** Two fleets of this many stations each: 1.6 first, then 2.0.1. */
function fleetsOf(count: number): readonly FleetPlan[] {
  const text = `name: t
fleets:
  - { name: old, count: ${count}, script: [boot] }
  - { name: new, count: ${count}, protocol: ocpp2.0.1, script: [boot] }`
  const loaded = loadScenario({ file: 't.yaml', text })
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems))
  return loaded.plan.fleets
}

function setUp(given: Partial<CommandRateOptions>, count = 3, worker = 0, workers = 1) {
  const bench = testContext({ stations: 2 * count, worker, workers })
  const context = { ...bench.context, fleets: fleetsOf(count) }
  const executor = new CommandRate({ ...options, ...given }, context)
  const players: FakePlayer[] = []
  const stations: FakeStation[] = []
  for (let index = worker; index < 2 * count; index += workers) {
    const player = new FakePlayer(index)
    executor.join(player)
    players.push(player)
    stations.push(new FakeStation(index))
  }
  const everybodyReady = () => stations.forEach((station) => executor.ready(station))
  const commands = () =>
    players
      .flatMap(({ index, commands: told }) => told.map((one) => ({ ...one, index })))
      .sort((a, b) => a.intendedMicros - b.intendedMicros)
  return { ...bench, executor, players, stations, everybodyReady, commands }
}

describe('CommandRate', () => {
  test('command k is due at k / rate, and the stations get them in turns', () => {
    const { executor, clock, players, everybodyReady, commands, arrivals } = setUp({})
    expect(players.map(({ told }) => told)).toEqual(players.map(() => ['once']))
    everybodyReady()
    executor.start(0)
    clock.advance(119)
    expect(commands().map(({ intendedMicros }) => intendedMicros)).toEqual(
      Array.from({ length: 12 }, (_, k) => k * 10_000),
    )
    expect(players.map((player) => player.commands.length)).toEqual([2, 2, 2, 2, 2, 2])
    expect(arrivals.every(({ fate, action }) => fate === 'begun' && action === 'ClearCache')).toBe(
      true,
    )
    expect(commands()[0]).toMatchObject({ action: 'ClearCache', payload: {}, waitMs: 5000 })
  })

  test('no command falls due when steady ends by plan, or later, however late that is told', () => {
    const { executor, clock, everybodyReady, commands } = setUp({})
    everybodyReady()
    executor.start(0)
    executor.endAt(30_000)
    clock.advance(500)
    executor.stop(clock.monotonicMicros())
    expect(commands().map(({ intendedMicros }) => intendedMicros)).toEqual([0, 10_000, 20_000])
  })

  test('the same commands at the same stations whatever the number of workers', () => {
    const mix = { ClearCache: command(2), Reset: command(1, { type: 'Soft' }) }
    const of = (workers: number) =>
      Array.from({ length: workers }, (_, worker) => {
        const { executor, clock, everybodyReady, commands } = setUp({ mix }, 4, worker, workers)
        everybodyReady()
        executor.start(0)
        clock.advance(999)
        return commands()
      })
        .flat()
        .map(({ index, action, intendedMicros }) => `${intendedMicros} ${index} ${action}`)
        .sort()
    expect(of(1)).toHaveLength(100)
    expect(of(3)).toEqual(of(1))
  })

  test('by weight, with their payloads, and only what the version of the station has', () => {
    const { executor, clock, everybodyReady, commands } = setUp({
      rate: 10_000,
      mix: {
        GetConfiguration: command(3, { key: ['HeartbeatInterval'] }),
        GetVariables: command(1),
        ClearCache: command(1),
        Reset: command(0),
      },
      maxInFlight: 100_000,
    })
    everybodyReady()
    executor.start(0)
    clock.advance(999)
    const counts = new Map<string, number>()
    for (const { index, action } of commands()) {
      const key = `${index < 3 ? 'old' : 'new'} ${action}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    expect([...counts.keys()].sort()).toEqual([
      'new ClearCache',
      'new GetVariables',
      'old ClearCache',
      'old GetConfiguration',
    ])
    expect((counts.get('old GetConfiguration') ?? 0) / 5000).toBeCloseTo(0.75, 1)
    expect((counts.get('new GetVariables') ?? 0) / 5000).toBeCloseTo(0.5, 1)
    const read = commands().find(({ action }) => action === 'GetConfiguration')
    expect(read?.payload).toEqual({ key: ['HeartbeatInterval'] })
  })

  test('stations that the mix has nothing for get no turn, and the rate stays', () => {
    const { executor, clock, everybodyReady, commands } = setUp({
      mix: { GetVariables: command(1) },
    })
    everybodyReady()
    executor.start(0)
    clock.advance(99)
    expect(commands().map(({ intendedMicros }) => intendedMicros)).toHaveLength(10)
    expect(commands().every(({ index }) => index >= 3)).toBe(true)
  })

  test('a station that is away leaves its command to another of its version', () => {
    const { executor, clock, stations, commands } = setUp({}, 2)
    const [, second, , fourth] = stations
    for (const station of [second, fourth]) if (station) executor.ready(station)
    executor.start(0)
    clock.advance(39)
    expect(new Set(commands().map(({ index }) => index))).toEqual(new Set([1, 3]))
    expect(commands()).toHaveLength(4)
  })

  test('no more than maxInFlight are under way: the others wait with their own instants', () => {
    const { executor, clock, players, everybodyReady, commands } = setUp({ maxInFlight: 2 }, 1)
    everybodyReady()
    executor.start(0)
    clock.advance(49)
    executor.stop(50_000)
    expect(commands()).toHaveLength(2)
    expect(executor.idle).toBe(false)
    for (let round = 0; round < 5; round += 1) for (const player of players) player.answer()
    expect(commands().map(({ intendedMicros }) => intendedMicros)).toEqual([
      0, 10_000, 20_000, 30_000, 40_000,
    ])
    expect(executor.idle).toBe(true)
  })

  test('skip drops what finds no room, and what still waits at the end never began', () => {
    const fates = (backlog: CommandRateOptions['backlog']) => {
      const { executor, clock, arrivals } = setUp({ backlog }, 1)
      executor.start(0)
      clock.advance(49)
      executor.stop(50_000)
      executor.end()
      return arrivals.map(({ fate }) => fate)
    }
    expect(fates('skip')).toEqual(Array.from({ length: 5 }, () => 'dropped'))
    expect(fates('queue')).toEqual(Array.from({ length: 5 }, () => 'unbegun'))
    expect(fates('coalesce').sort()).toEqual([
      'dropped',
      'dropped',
      'dropped',
      'unbegun',
      'unbegun',
    ])
  })
})
