import { describe, expect, test } from 'vitest'
import { plan } from '../../test/helpers/sample-run.ts'
import { type OutcomeKind, Recorder } from '../metrics/recorder.ts'
import type { SecondSample } from '../metrics/second.ts'
import { noStations } from '../simulator/workers/station-counts.ts'
import type { Tick } from '../simulator/workers/worker-messages.ts'
import { RunProgress, type RunStanding } from './run-progress.ts'

const seconds = { ramp: 4, warmup: 0, steady: 0, drain: 0 }

const standing: RunStanding = {
  elapsedSeconds: 4,
  phase: 'run',
  searching: false,
  requested: 10,
  model: 'closed',
  thresholds: [],
  windows: seconds,
  headline: ['ramp', 'warmup', 'steady', 'drain'],
  planned: {},
  scripts: 10,
  longestSeconds: 100,
  targetCpuShare: undefined,
}

function tickOf(recorder: Recorder, changes: Partial<Tick> = {}): Tick {
  return {
    snapshot: recorder.snapshot(),
    seconds: [],
    second: 3,
    cpuShare: 0.5,
    loopShare: 0.4,
    rssBytes: 0,
    stations: { ...noStations, accepted: 5 },
    problems: [],
    accepted: 5,
    localSocketErrors: {},
    rampBehindMs: 0,
    undelivered: 0,
    refusal: undefined,
    pending: false,
    ...changes,
  }
}

function recorded(
  kinds: readonly OutcomeKind[],
  serviceMs = 5,
): { recorder: Recorder; all: SecondSample[] } {
  const recorder = new Recorder(0)
  const stats = recorder.exchanges('street', 'ocpp1.6', 'Heartbeat')
  kinds.forEach((kind, i) => {
    recorder.exchangeStarted(stats)
    const sent = i * 1000
    recorder.closedExchangeSettled(stats, kind, sent, sent + serviceMs * 1000)
  })
  const all = recorder.takeSeconds(2_000_000)
  return { recorder, all }
}

describe('RunProgress', () => {
  test('counts errors by how they ended', () => {
    const { recorder, all } = recorded(['result', 'timeout', 'error', 'error', 'lost'])
    const progress = new RunProgress(1)
    progress.tick(0, tickOf(recorder, { seconds: all }))
    const read = progress.read(standing, recorder.snapshot())
    expect(read.errors).toBe(4)
    expect(read.errorKinds).toEqual({ CALLERROR: 2, timeout: 1, lost: 1 })
  })

  test('every station is in exactly one place, those of a dead worker are lost', () => {
    const progress = new RunProgress(3)
    const { recorder } = recorded([])
    progress.tick(0, tickOf(recorder, { stations: { ...noStations, accepted: 3, connecting: 1 } }))
    progress.tick(1, tickOf(recorder, { stations: { ...noStations, accepted: 3 } }))
    progress.tick(2, tickOf(recorder, { stations: { ...noStations, offline: 2 } }))
    expect(progress.read(standing, recorder.snapshot()).stations).toEqual({
      waiting: 1,
      connecting: 1,
      connected: 0,
      accepted: 6,
      offline: 2,
      lost: 0,
    })
    progress.died(1)
    const { stations, problems, generator } = progress.read(standing, recorder.snapshot())
    expect(stations).toMatchObject({ accepted: 3, lost: 3 })
    expect(problems.at(-1)).toMatchObject({ station: 'csms', what: /worker 2 ended/ })
    expect(generator.workers).toBe(2)
  })

  test('service percentiles are those of the last 10 s', () => {
    const progress = new RunProgress(1)
    const recorder = new Recorder(0)
    const stats = recorder.exchanges('street', 'ocpp1.6', 'Heartbeat')
    let p95: number | null = null
    for (let second = 0; second < 30; second += 1) {
      for (let i = 0; i < 50; i += 1) {
        recorder.exchangeStarted(stats)
        recorder.closedExchangeSettled(stats, 'result', 0, second < 15 ? 900_000 : 2000)
      }
      p95 = progress.read(standing, recorder.snapshot()).recent.serviceP95Ms
      if (second === 14) expect(p95).toBeCloseTo(900, -1)
    }
    expect(p95).toBeCloseTo(2, 1)
  })

  test('without windows the scripts say how much is done; time left is bounded by the scenario', () => {
    const recorder = new Recorder(0)
    const progress = new RunProgress(1)
    const read = () => progress.read(standing, recorder.snapshot())
    expect(read()).toMatchObject({ done: 0, left: { seconds: 96, how: 'at most' } })
    for (let i = 0; i < 4; i += 1) recorder.scriptCompleted('street')
    recorder.scriptFailed('street', 'no')
    expect(read()).toMatchObject({ done: 0.5, left: { seconds: 4, how: 'about' } })
    expect(read().scripts).toEqual({ completed: 4, failed: 1, planned: 10 })
  })

  test('scripts that are all done leave the time of the events that still come', () => {
    const recorder = new Recorder(0)
    for (let i = 0; i < 10; i += 1) recorder.scriptCompleted('street')
    const { done, left } = new RunProgress(1).read(standing, recorder.snapshot())
    expect(done).toBeCloseTo(0.04)
    expect(left).toEqual({ seconds: 96, how: 'about' })
  })

  test('the ramp is done when all are accepted, a window when its time is up', () => {
    const { recorder } = recorded([])
    const progress = new RunProgress(1)
    progress.tick(0, tickOf(recorder))
    const planned = { warmup: 5, steady: 60, drain: 10 }
    const ramp = { ...standing, phase: 'ramp' as const, planned, scripts: undefined }
    const inRamp = progress.read(ramp, recorder.snapshot())
    expect(inRamp).toMatchObject({ done: 0.5, left: { seconds: 4, how: 'about' } })
    expect(inRamp.windows.map(({ phase }) => phase)).toEqual(['ramp', 'warmup', 'steady', 'drain'])
    const windows = { ramp: 4, warmup: 5, steady: 15, drain: 0 }
    const steady = { ...ramp, phase: 'steady' as const, windows }
    expect(progress.read(steady, recorder.snapshot())).toMatchObject({
      done: 0.25,
      left: { seconds: 45, how: 'exactly' },
    })
  })

  test('thresholds stand with what is measured now', () => {
    const { recorder } = recorded(['result', 'timeout'])
    const thresholds = [plan('ocpp_errors', 'rate<0.1'), plan('ocpp_boot_time', 'p(95)<10')]
    const progress = new RunProgress(1)
    expect(progress.read({ ...standing, thresholds }, recorder.snapshot()).thresholds).toEqual([
      { metric: 'ocpp_errors', expression: 'rate<0.1', actual: 0.5, unit: 'count', pass: false },
      { metric: 'ocpp_boot_time', expression: 'p(95)<10', actual: null, unit: 'ms', pass: false },
    ])
  })

  test('a full generator limits an open run in steady; in the ramp it is only strained', () => {
    const { recorder } = recorded([])
    const progress = new RunProgress(1)
    for (let second = 0; second < 12; second += 1) {
      progress.tick(0, tickOf(recorder, { second, cpuShare: 0.99 }))
    }
    const open = { ...standing, model: 'open' as const, headline: ['steady' as const] }
    const state = (phase: RunStanding['phase']) =>
      progress.read({ ...open, phase }, recorder.snapshot()).generator
    expect(state('ramp').state).toBe('strained')
    expect(state('steady')).toMatchObject({ state: 'limit', cpuShare: expect.closeTo(0.99) })
    expect(state('steady').reasons[0]).toContain('worker 1 used 99 % of a core')
  })
})
