import { describe, expect, test } from 'vitest'
import { FakeStation } from '../../../test/helpers/fake-load-station.ts'
import { FakePlayer } from '../../../test/helpers/fake-player.ts'
import type { Arrival } from './executor.ts'
import { SessionPool, type SessionPoolOptions } from './session-pool.ts'
import { longestBacklog } from './traffic-lane.ts'

function setUp(count: number, backlog: SessionPoolOptions['backlog'] = 'queue') {
  const told: Arrival[] = []
  const pool = new SessionPool({ backlog, stations: count, arrived: (one) => told.push(one) })
  const players = Array.from({ length: count }, (_, index) => new FakePlayer(index))
  const stations = players.map(({ index }) => new FakeStation(index))
  for (const player of players) pool.join(player)
  const playing = () => players.filter((player) => player.playing).map(({ index }) => index)
  const fates = () => told.map(({ fate, station }) => `${fate} ${station}`)
  return { pool, players, stations, told, playing, fates }
}

describe('SessionPool', () => {
  test('the station whose turn it is plays, on a station that stands', () => {
    const { pool, players, stations, playing, told } = setUp(3)
    for (const station of stations) pool.ready(station)
    pool.arrive(2, 1000, 1400)
    expect(playing()).toEqual([2])
    expect(players[2]?.options).toEqual([{ standing: true }])
    expect(told).toEqual([
      {
        kind: 'session',
        station: 2,
        action: '',
        fate: 'begun',
        intendedMicros: 1000,
        dueMicros: 1400,
      },
    ])
  })

  test('where it plays already, the one that has been free the longest does', () => {
    const { pool, players, stations, playing } = setUp(3)
    for (const station of stations) pool.ready(station)
    for (const home of [0, 0, 0]) pool.arrive(home, 0, 0)
    expect(playing()).toEqual([0, 1, 2])
    players[1]?.end()
    players[0]?.end()
    pool.arrive(2, 0, 0)
    expect(playing()).toEqual([1, 2])
  })

  test('queue: what finds no free station begins, in its turn, when one is', () => {
    const { pool, players, stations, playing, told, fates } = setUp(2)
    pool.arrive(0, 100, 100)
    pool.arrive(1, 200, 200)
    pool.arrive(0, 300, 300)
    expect([playing(), pool.waiting]).toEqual([[], 3])
    for (const station of stations) pool.ready(station)
    expect([playing(), pool.waiting]).toEqual([[0, 1], 1])
    players[1]?.end()
    expect(fates()).toEqual(['begun 0', 'begun 1', 'begun 1'])
    expect(told.map(({ intendedMicros }) => intendedMicros)).toEqual([100, 200, 300])
  })

  test.each([
    ['skip', 0],
    ['coalesce', 2],
    ['queue', 2 * longestBacklog],
  ] as const)('%s: of what finds no station, %i wait, the others are dropped', (backlog, room) => {
    const { pool, fates } = setUp(2, backlog)
    for (let k = 0; k < 2 * longestBacklog + 5; k += 1) pool.arrive(k % 2, k, k)
    expect(pool.waiting).toBe(room)
    expect(fates().length).toBe(2 * longestBacklog + 5 - room)
    expect(new Set(fates())).toEqual(new Set(['dropped 0', 'dropped 1']))
  })

  test('what waits when the pool closes never begins', () => {
    const { pool, stations, fates, playing } = setUp(1)
    pool.arrive(0, 0, 0)
    pool.close()
    for (const station of stations) pool.ready(station)
    expect([fates(), playing()]).toEqual([['unbegun 0'], []])
  })

  test('a station that is offline is passed over until it is ready again', () => {
    const { pool, players, stations, playing } = setUp(2)
    for (const station of stations) pool.ready(station)
    for (const station of stations) station.ready = false
    pool.arrive(0, 0, 0)
    expect(playing()).toEqual([])
    for (const station of stations) {
      station.ready = true
      pool.ready(station)
    }
    expect(playing()).toEqual([0])
    // It loses the connection in the middle of a session: it is not free for another.
    pool.ready(new FakeStation(0))
    pool.arrive(0, 0, 0)
    expect(playing()).toEqual([0, 1])
    players[0]?.end()
    pool.arrive(1, 0, 0)
    expect(playing()).toEqual([0, 1])
  })

  test('strangers to the pool play nothing', () => {
    const { pool, playing } = setUp(1)
    pool.ready(new FakeStation(7))
    pool.arrive(7, 0, 0)
    expect([playing(), pool.waiting]).toEqual([[], 1])
  })
})
