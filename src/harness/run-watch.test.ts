import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Recorder } from '../metrics/recorder.ts'
import { epochNow } from '../platform/shared-instants.ts'
import type { Progress } from '../report/progress.ts'
import { loadScenario } from '../simulator/scenario/load-scenario.ts'
import { noStations } from '../simulator/workers/station-counts.ts'
import type { Tick } from '../simulator/workers/worker-messages.ts'
import { MachineWatch } from './machine-watch.ts'
import { RunTally } from './run-tally.ts'
import { RunWatch } from './run-watch.ts'
import { SteadySpans } from './steady-spans.ts'
import { Timeline } from './timeline.ts'

const errorLimit = 'ocpp_errors: { threshold: "count<3", abortOnFail: true, delayAbortEval: 5s }'

const textOf = (threshold: string): string => `
name: watched
fleets: [{ name: a, count: 4, script: [boot] }]
load:
  executor: constant-call-rate
  rate: 10/s
  mix: { Heartbeat: 1 }
  steady: 60s
thresholds:
  ${threshold}
`

const never = new Promise<void>(() => undefined)

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A run in steady with two workers that tell what the test says and no more. */
async function setUp(threshold = errorLimit) {
  const loaded = loadScenario({ file: 'watched.yaml', text: textOf(threshold) })
  if ('problems' in loaded) throw new Error('the scenario is sound')
  const { plan } = loaded
  const beganAt = epochNow()
  const pool = {
    some: () => true,
    all: (milestone: string) => (milestone === 'ramped' ? Promise.resolve() : never),
    enter: () => undefined,
    finish: () => undefined,
    mark: () => never.then(() => []),
  }
  const tally = new RunTally(2, 4)
  const spans = new SteadySpans(plan.thresholds, pool, tally)
  const timeline = new Timeline(pool, plan.load, beganAt)
  const told: Progress[] = []
  const options = {
    connectTimeoutMs: 15_000,
    observer: { progress: (progress: Progress) => told.push(progress) },
  }
  const setup = { options, plan, stations: 4, beganAt }
  const watch = new RunWatch({
    setup,
    tally,
    timeline,
    spans,
    pool,
    embedded: true,
    usage: [],
    machine: new MachineWatch(() => undefined),
  })
  void timeline.run()
  await vi.advanceTimersByTimeAsync(100)
  return { tally, timeline, watch, told }
}

function tickWith(timeouts: number, answers = 0): Tick {
  const recorder = new Recorder(0)
  recorder.enter('steady', 0)
  const stats = recorder.exchanges('a', 'ocpp1.6', 'Heartbeat')
  for (let i = 0; i < timeouts; i += 1) {
    recorder.exchangeStarted(stats)
    recorder.exchangeSettled(stats, 'timeout', 1, 1, 1, 2)
  }
  for (let i = 0; i < answers; i += 1) {
    recorder.exchangeStarted(stats)
    recorder.exchangeSettled(stats, 'result', 1, 1, 1, 2)
  }
  return {
    snapshot: recorder.snapshot(),
    seconds: [],
    second: 0,
    cpuShare: 0.1,
    loopShare: 0.1,
    rssBytes: 0,
    stations: noStations,
    problems: [],
    accepted: 2,
    localSocketErrors: {},
    rampBehindMs: 0,
    undelivered: 0,
    refusal: undefined,
    pending: false,
  }
}

describe('RunWatch', () => {
  test('tells the progress once a second, whether workers live to tell anything or not', async () => {
    const { tally, watch, told } = await setUp()
    tally.died(0, { code: null, signal: 'SIGKILL', lastWords: '' })
    await vi.advanceTimersByTimeAsync(5000)
    watch.stop()
    expect(told.length).toBe(5)
  })

  test('abortOnFail ends the run when its threshold fails, though the first worker is dead', async () => {
    const { tally, timeline, watch } = await setUp()
    tally.died(0, { code: null, signal: 'SIGKILL', lastWords: '' })
    tally.tick(1, tickWith(3))
    await vi.advanceTimersByTimeAsync(6000)
    watch.stop()
    expect(timeline.end).toEqual({ kind: 'aborted', threshold: 'ocpp_errors count<3' })
  })

  test('but not before delayAbortEval, and not while it holds', async () => {
    const { tally, timeline, watch } = await setUp()
    tally.tick(1, tickWith(3))
    await vi.advanceTimersByTimeAsync(4000)
    expect(timeline.end).toEqual({ kind: 'complete' })
    tally.tick(1, tickWith(2))
    await vi.advanceTimersByTimeAsync(10_000)
    watch.stop()
    expect(timeline.end).toEqual({ kind: 'complete' })
  })

  test('a rate is what was counted over the time in which it was counted', async () => {
    const { tally, timeline, watch } = await setUp(
      'ocpp_exchanges: { threshold: "rate>90", abortOnFail: true }',
    )
    const perSecond = async (rate: number, from: number, seconds: number) => {
      for (let second = 0; second < seconds; second += 1) {
        await vi.advanceTimersByTimeAsync(500)
        for (const worker of [0, 1])
          tally.tick(worker, tickWith(0, from + Math.round(rate * (second + 0.58))))
        await vi.advanceTimersByTimeAsync(500)
      }
    }
    // 100 a second over both since steady began 80 ms ago, told 400 ms before it is looked at.
    await perSecond(50, 0, 4)
    expect(timeline.end).toEqual({ kind: 'complete' })
    await perSecond(0, 179, 4)
    watch.stop()
    expect(timeline.end).toEqual({ kind: 'aborted', threshold: 'ocpp_exchanges rate>90' })
  })

  test('stopped, it looks no more', async () => {
    const { watch, told } = await setUp()
    watch.stop()
    await vi.advanceTimersByTimeAsync(5000)
    expect(told).toEqual([])
  })
})
