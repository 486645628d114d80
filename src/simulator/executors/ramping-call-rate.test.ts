import { describe, expect, test } from 'vitest'
import { testContext } from '../../../test/helpers/executor-context.ts'
import { FakeStation } from '../../../test/helpers/fake-load-station.ts'
import { rampingCallRate } from './ramping-call-rate.ts'

function dueInstants(warmupMs: number): number[] {
  const { clock, context } = testContext({ stations: 1 })
  const options = {
    startRate: 10,
    stages: [
      { duration: 1000, target: 30 },
      { duration: 500, target: 30 },
    ],
    mix: { Heartbeat: 1 },
    backlog: 'queue',
  } as const
  const windows = { ...context.windows, warmupMs, steadyMs: 1500 }
  const executor = rampingCallRate.run(options, { ...context, windows })
  const station = new FakeStation(0)
  executor.ready(station)
  executor.start(0, warmupMs > 0 ? 'warmup' : 'steady')
  clock.advance(warmupMs)
  if (warmupMs > 0) executor.start(warmupMs * 1000, 'steady')
  clock.advance(10_000)
  return station.issued.map(({ intended }) => intended / 1000)
}

const countWithin = (instants: readonly number[], from: number, to: number) =>
  instants.filter((at) => at >= from && at < to).length

describe('ramping-call-rate', () => {
  test('goes in a straight line from rate to rate and ends with its stages', () => {
    const instants = dueInstants(0)
    expect(countWithin(instants, 0, 500)).toBe(8)
    expect(countWithin(instants, 500, 1000)).toBe(12)
    expect(countWithin(instants, 1000, 1500)).toBe(15)
    expect(instants.length).toBe(35)
  })

  test('warm-up holds the rate that the stages start from', () => {
    const instants = dueInstants(2000)
    expect(countWithin(instants, 0, 2000)).toBe(20)
    expect(instants.slice(20).map((at) => Math.round(at - 2000))).toEqual(
      dueInstants(0).map((at) => Math.round(at)),
    )
  })
})
