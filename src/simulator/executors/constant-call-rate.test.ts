import { expect, test } from 'vitest'
import { testContext } from '../../../test/helpers/executor-context.ts'
import { FakeStation } from '../../../test/helpers/fake-load-station.ts'
import { constantCallRate } from './constant-call-rate.ts'

test('constant-call-rate: exactly rate x time, however late the drain begins', () => {
  const { clock, context } = testContext({ stations: 3 })
  const options = { rate: 200, mix: { Heartbeat: 1 }, backlog: 'queue' } as const
  const windows = { ...context.windows, warmupMs: 1000, steadyMs: 2000 }
  const executor = constantCallRate.run(options, { ...context, windows })
  const stations = [0, 1, 2].map((index) => new FakeStation(index))
  for (const station of stations) executor.ready(station)
  executor.start(0, 'warmup')
  clock.advance(1000)
  executor.start(1_000_000, 'steady')
  clock.advance(5000)
  executor.stop(3_000_000)
  const issued = stations.flatMap((station) => station.issued)
  expect(issued.length).toBe(600)
  expect(Math.max(...issued.map(({ intended }) => intended))).toBeCloseTo(2_995_000, 3)
})
