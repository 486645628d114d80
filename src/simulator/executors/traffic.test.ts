import { describe, expect, test } from 'vitest'
import { FakeStation } from '../../../test/helpers/fake-load-station.ts'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import type { FleetPlan, TrafficPlan } from '../scenario/plan.ts'
import { Traffic } from './traffic.ts'
import { longestBacklog } from './traffic-lane.ts'

const entry = (plan: Partial<TrafficPlan>): TrafficPlan => ({
  call: 'Heartbeat',
  payload: undefined,
  everyMs: undefined,
  ratePerSecond: undefined,
  backlog: 'queue',
  ...plan,
})

const fleet = (count: number, ...traffic: TrafficPlan[]): FleetPlan => ({
  name: 'street',
  count,
  firstIndex: 0,
  id: '{fleet}-{index}',
  version: 'ocpp1.6',
  password: undefined,
  token: 'T{index}',
  tokenType: 'ISO14443',
  station: {
    vendor: 'v',
    model: 'm',
    serial: undefined,
    firmware: undefined,
    evses: [],
    voltage: 230,
    meterStartWh: 0,
    txStartPoint: [],
    txStopPoint: [],
    configuration: {},
    callTimeoutMs: 30_000,
  },
  script: [],
  on: {},
  traffic,
})

function setUp(plan: FleetPlan, options: { isOwn?: (i: number) => boolean; slow?: boolean } = {}) {
  const clock = new VirtualClock()
  const dropped: { index: number; intended: number; due: number }[] = []
  const unsent: typeof dropped = []
  const waiting = { now: 0 }
  const traffic = new Traffic({
    clock,
    seed: 7,
    fleets: [plan],
    isOwn: options.isOwn ?? (() => true),
    dropped: (index, _action, intended, due) => dropped.push({ index, intended, due }),
    unsent: (index, _action, intended, due) => unsent.push({ index, intended, due }),
    waits: (change) => {
      waiting.now += change
    },
  })
  const stations = Array.from({ length: plan.count }, (_, i) => new FakeStation(i, !options.slow))
  return { clock, traffic, stations, dropped, unsent, waiting }
}

describe('Traffic', () => {
  test('a rate deals ordinal k to one station at k / rate and gives each its turn', () => {
    const { clock, traffic, stations } = setUp(fleet(4, entry({ ratePerSecond: 100 })))
    for (const station of stations) traffic.ready(station)
    traffic.start(clock.monotonicMicros())
    clock.advance(100)
    // Steady begins after warm-up: the rate goes on.
    traffic.start(clock.monotonicMicros())
    clock.advance(295)
    const intended = stations.flatMap((station) => station.issued.map((call) => call.intended))
    expect(intended.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, k) => k * 10_000))
    expect(stations.map((station) => station.issued.length)).toEqual([10, 10, 10, 10])
  })

  test('nothing falls due where steady ends by plan, or later, however late that is told', () => {
    const plan = fleet(4, entry({ ratePerSecond: 100 }), entry({ everyMs: 30 }))
    const { clock, traffic, stations } = setUp(plan)
    for (const station of stations) traffic.ready(station)
    traffic.start(0)
    traffic.endAt(200_000)
    clock.advance(1000)
    traffic.stop(clock.monotonicMicros())
    const intended = stations.flatMap((station) => station.issued.map((call) => call.intended))
    expect(Math.max(...intended)).toBeLessThan(200_000)
    // A last beat of each station in less than a period before the end.
    const beats = intended.filter((micros) => micros % 10_000 !== 0)
    expect(beats.length).toBeGreaterThanOrEqual(4 * 6)
    expect(intended.length - beats.length).toBe(20)
  })

  test('the intended instants are the same whatever the number of workers', () => {
    const plan = fleet(7, entry({ ratePerSecond: 90 }), entry({ call: 'MeterValues', everyMs: 70 }))
    const run = (workers: number) => {
      const calls: string[] = []
      for (let worker = 0; worker < workers; worker += 1) {
        const isOwn = (index: number) => index % workers === worker
        const { clock, traffic, stations } = setUp(plan, { isOwn })
        for (const station of stations) if (isOwn(station.index)) traffic.ready(station)
        traffic.start(0)
        clock.advance(1000)
        for (const { index, issued } of stations) {
          calls.push(...issued.map((call) => `${index} ${call.action} ${call.intended}`))
        }
      }
      return calls.sort()
    }
    expect(run(1).length).toBeGreaterThan(150)
    expect(run(3)).toEqual(run(1))
  })

  test('every: a beat of its own begins with the acceptance, within the first period', () => {
    const { clock, traffic, stations } = setUp(fleet(3, entry({ everyMs: 1000 })))
    clock.advance(5000)
    for (const station of stations) traffic.ready(station)
    clock.advance(3999)
    for (const { issued } of stations) {
      const first = issued[0]?.intended ?? 0
      expect(first).toBeGreaterThanOrEqual(5_000_000)
      expect(first).toBeLessThan(6_000_000)
      expect(issued.map((call) => Math.round(call.intended - first))).toEqual(
        issued.map((_, k) => k * 1_000_000),
      )
    }
    const phases = stations.map((station) => station.issued[0]?.intended)
    expect(new Set(phases).size).toBe(3)
  })

  test('queue: what falls due while a CALL is outstanding waits with its own instants', () => {
    const { clock, traffic, stations } = setUp(fleet(1, entry({ ratePerSecond: 1000 })), {
      slow: true,
    })
    const [station] = stations
    if (!station) throw new Error('no station')
    traffic.ready(station)
    traffic.start(0)
    clock.advance(2)
    expect(station.issued.length).toBe(1)
    traffic.stop(clock.monotonicMicros())
    station.answer()
    station.answer()
    station.answer()
    expect(station.issued.map((call) => call.intended)).toEqual([0, 1000, 2000])
    expect(traffic.idle).toBe(true)
  })

  test('queue: beyond its cap CALLs are dropped, and what waits at the end stays unsent', () => {
    const { clock, traffic, stations, dropped, unsent, waiting } = setUp(
      fleet(1, entry({ ratePerSecond: 1000 })),
      { slow: true },
    )
    for (const station of stations) traffic.ready(station)
    traffic.start(0)
    clock.advance(longestBacklog + 10)
    expect(dropped.length).toBe(10)
    expect(waiting.now).toBe(longestBacklog)
    traffic.end()
    expect(dropped.length).toBe(10)
    expect(unsent.map(({ intended }) => intended)).toEqual(
      Array.from({ length: longestBacklog }, (_, k) => (k + 1) * 1000),
    )
    expect(waiting.now).toBe(0)
  })

  test('what a late generator leaves out is told with its lateness', () => {
    const { clock, traffic, stations, dropped } = setUp(
      fleet(1, entry({ ratePerSecond: 1000, backlog: 'skip' })),
      { slow: true },
    )
    for (const station of stations) traffic.ready(station)
    clock.advance(3)
    traffic.start(0)
    clock.advance(0)
    expect(dropped).toEqual([
      { index: 0, intended: 1000, due: 3000 },
      { index: 0, intended: 2000, due: 3000 },
      { index: 0, intended: 3000, due: 3000 },
    ])
  })

  test('what was due before the stop goes out although its timer is late, and nothing after', () => {
    const { clock, traffic, stations } = setUp(fleet(1, entry({ ratePerSecond: 1000 })))
    const [station] = stations
    if (!station) throw new Error('no station')
    traffic.ready(station)
    clock.advance(9)
    traffic.start(0)
    traffic.stop(4000)
    clock.advance(10)
    expect(station.issued.map((call) => call.intended)).toEqual([0, 1000, 2000, 3000])
    expect(new Set(station.issued.map((call) => call.due))).toEqual(new Set([9000]))
  })

  test('skip drops and coalesce keeps the one that waited longest', () => {
    for (const [backlog, sent, lost] of [
      ['skip', [0], 5],
      ['coalesce', [0, 1000], 4],
    ] as const) {
      const { clock, traffic, stations, dropped } = setUp(
        fleet(1, entry({ ratePerSecond: 1000, backlog })),
        { slow: true },
      )
      for (const station of stations) traffic.ready(station)
      traffic.start(0)
      clock.advance(5)
      traffic.stop(clock.monotonicMicros())
      for (const station of stations) {
        station.answer()
        station.answer()
      }
      expect(stations[0]?.issued.map((call) => call.intended)).toEqual(sent)
      expect(dropped.length).toBe(lost)
    }
  })

  test('a station that is away catches up when it is ready again', () => {
    const { clock, traffic, stations } = setUp(fleet(1, entry({ ratePerSecond: 1000 })))
    const [station] = stations
    if (!station) throw new Error('no station')
    traffic.ready(station)
    traffic.start(0)
    station.ready = false
    clock.advance(3)
    expect(station.issued).toEqual([])
    station.ready = true
    traffic.ready(station)
    expect(station.issued.map((call) => call.intended)).toEqual([0, 1000, 2000, 3000])
  })

  test('what a station could not send is told, not lost', () => {
    const { clock, traffic, stations, unsent } = setUp(fleet(1, entry({ ratePerSecond: 10 })), {
      slow: true,
    })
    for (const station of stations) traffic.ready(station)
    traffic.start(clock.monotonicMicros())
    clock.advance(250)
    stations[0]?.answer({ kind: 'unsent', reason: 'closed' })
    expect(unsent).toEqual([{ index: 0, intended: 0, due: 0 }])
    stations[0]?.answer({ kind: 'lost' })
    traffic.stop(clock.monotonicMicros())
    traffic.end()
    expect(unsent.length).toBe(1)
    stations[0]?.answer({ kind: 'unsent', reason: 'closed' })
    expect(unsent.map(({ intended }) => intended)).toEqual([0, 200_000])
  })
})
