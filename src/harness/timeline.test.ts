import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Phase } from '../metrics/phase.ts'
import { epochNow } from '../platform/shared-instants.ts'
import type { Milestone } from '../simulator/workers/worker-messages.ts'
import { type SteadySpan, Timeline, within } from './timeline.ts'

const load = {
  executor: { name: 'once', options: {} },
  connect: { ratePerSecond: undefined, jitterMs: 0, inFlight: 100 },
  warmupMs: 0,
  steadyMs: 5000,
  gracefulStopMs: 0,
  drainMs: 60_000,
} as const

/** Workers that ramp and hand over at once and whose stations never fall idle. */
const busyPool = {
  all: (milestone: Milestone) =>
    milestone === 'idle' ? new Promise<void>(() => undefined) : Promise.resolve(),
  enter: () => undefined,
  finish: () => undefined,
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

async function secondsOf(timeline: Timeline, interruptedAfterMs: number | undefined) {
  const begin = epochNow()
  const over = timeline.run().then(() => (epochNow() - begin) / 1000)
  if (interruptedAfterMs !== undefined) {
    await vi.advanceTimersByTimeAsync(interruptedAfterMs)
    timeline.cut({ kind: 'interrupted', signal: 'SIGINT' })
  }
  await vi.advanceTimersByTimeAsync(120_000)
  return over
}

describe('Timeline', () => {
  test('a drain lasts as long as the scenario says', async () => {
    const timeline = new Timeline(busyPool, load, epochNow())
    expect(await secondsOf(timeline, undefined)).toBeCloseTo(65, 0)
    expect(timeline.end).toEqual({ kind: 'complete' })
  })

  test.each([
    ['in steady', 2000, 12],
    ['in the drain', 15_000, 25],
    ['near the end of the drain', 60_000, 65],
  ])('stopped %s it drains for 10 s at most', async (_when, afterMs, seconds) => {
    const timeline = new Timeline(busyPool, load, epochNow())
    expect(await secondsOf(timeline, afterMs)).toBeCloseTo(seconds, 0)
    expect(timeline.end).toEqual({ kind: 'interrupted', signal: 'SIGINT' })
  })

  test('warm-up and steady last exactly as long as the scenario says, in every worker', async () => {
    const entered: (readonly [Phase, number])[] = []
    const enter = (phase: Phase, atEpochMs: number) => entered.push([phase, atEpochMs])
    const plan = { ...load, warmupMs: 1500, drainMs: 0 }
    const begun: number[] = []
    const steadyBegins = (atEpochMs: number) => begun.push(atEpochMs)
    const pool = { ...busyPool, enter }
    const timeline = new Timeline(pool, plan, epochNow(), { steadyBegins })
    await secondsOf(timeline, undefined)
    expect(entered.map(([phase]) => phase)).toEqual(['warmup', 'steady', 'drain'])
    const [warmup = 0, steady = 0, drain = 0] = entered.map(([, atEpochMs]) => atEpochMs)
    expect(steady - warmup).toBeCloseTo(1500, 6)
    expect(begun).toEqual([steady])
    expect(drain - steady).toBeCloseTo(5000, 6)
    expect(timeline.seconds).toMatchObject({ warmup: 1.5, steady: 5 })
  })

  test('of a search, the part that it says was steady is the steady window', async () => {
    const began = epochNow()
    const search = async (): Promise<SteadySpan> => {
      await within(40_000, new Promise(() => undefined))
      return { fromEpochMs: began + 25_000, toEpochMs: began + 35_000 }
    }
    const timeline = new Timeline(busyPool, { ...load, drainMs: 0 }, began, { search })
    await secondsOf(timeline, undefined)
    const { warmup, steady } = timeline.seconds
    expect([Math.round(warmup), Math.round(steady)]).toEqual([25, 10])
    expect(timeline.facts().map(({ phase }) => phase)).toEqual([
      'ramp',
      'warmup',
      'steady',
      'drain',
    ])
  })

  test('a search that finds nothing leaves no steady window', async () => {
    const search = async (): Promise<undefined> => undefined
    const timeline = new Timeline(busyPool, { ...load, drainMs: 0 }, epochNow(), { search })
    await secondsOf(timeline, undefined)
    expect(timeline.facts().map(({ phase }) => phase)).toEqual(['ramp', 'warmup', 'drain'])
  })
})
