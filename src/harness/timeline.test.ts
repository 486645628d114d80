import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { epochNow } from '../platform/shared-instants.ts'
import type { Milestone } from '../simulator/workers/worker-messages.ts'
import { Timeline } from './timeline.ts'

const load = {
  executor: { name: 'once', options: {} },
  connect: { ratePerSecond: undefined, jitterMs: 0 },
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
})
