import { VirtualClock } from '../../src/shared/virtual-clock.ts'
import type { Arrival, ExecutorContext } from '../../src/simulator/executors/executor.ts'

interface Given {
  readonly stations: number
  readonly seed?: number
  readonly worker?: number
  readonly workers?: number
}

/** What an executor is given, in virtual time, with everything it tells. */
export function testContext({ stations, seed = 1, worker = 0, workers = 1 }: Given) {
  const clock = new VirtualClock()
  const arrivals: Arrival[] = []
  const launched: number[] = []
  const context: ExecutorContext = {
    clock,
    seed,
    fleets: [],
    stations,
    windows: {
      connect: { ratePerSecond: undefined, jitterMs: 0, inFlight: 100 },
      warmupMs: 0,
      steadyMs: 1000,
      gracefulStopMs: 0,
      drainMs: 0,
    },
    workers,
    isOwn: (index) => index % workers === worker,
    launch: (index) => launched.push(index),
    arrived: (arrival) => arrivals.push(arrival),
    dropped: () => undefined,
    unsent: () => undefined,
    waits: () => undefined,
  }
  return { clock, context, arrivals, launched }
}
