import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { load, plan } from '../../../test/helpers/sample-run.ts'
import { type OutcomeKind, Recorder } from '../../metrics/recorder.ts'
import { buildReport } from '../build-report.ts'
import type { RunFacts } from '../run-facts.ts'
import { mergeFacts, type Runner } from './merge-facts.ts'

const base = load({ perSecond: 20, lagMicros: 400 })

interface Call {
  readonly micros: number
  readonly kind: OutcomeKind
  readonly action: string
}

/** Steady begins at second 5. */
function recorded(calls: readonly Call[]): Recorder {
  const recorder = new Recorder(0)
  recorder.enter('steady', 5e6)
  const stations = recorder.stations('city', 'ocpp1.6')
  for (const [at, { micros, kind, action }] of calls.entries()) {
    const intended = 6e6 + at * 1000
    const stats = recorder.exchanges('city', 'ocpp1.6', action)
    recorder.connected(stations, micros, false)
    recorder.exchangeStarted(stats)
    recorder.messageSent(stations)
    recorder.exchangeSettled(stats, kind, intended, intended, intended + 1, intended + micros)
  }
  return recorder
}

function runner(id: string, changes: Partial<RunFacts> = {}): Runner {
  return { name: `runner-${id}`, facts: { ...base, runId: id, ...changes } }
}

const merged = (...runners: Runner[]) => buildReport(mergeFacts(runners))

const call = fc.record({
  micros: fc.integer({ min: 2, max: 5_000_000 }),
  kind: fc.constantFrom<OutcomeKind[]>('result', 'result', 'result', 'error', 'timeout', 'lost'),
  action: fc.constantFrom('Heartbeat', 'MeterValues'),
})

describe('mergeFacts', () => {
  test('the merge of N runners is the histogram of all samples, and conserves', () => {
    const parts = fc.array(fc.array(call, { minLength: 1, maxLength: 300 }), {
      minLength: 2,
      maxLength: 4,
    })
    fc.assert(
      fc.property(parts, (calls) => {
        const runners = calls.map((own, at) => {
          return runner(`r${at}`, { metrics: recorded(own).snapshot() })
        })
        const of = buildReport({ ...base, metrics: recorded(calls.flat()).snapshot() })
        const { responseTimeMs, responseTimeAllMs, exchanges, histograms, actions } = merged(
          ...runners,
        )
        expect(responseTimeMs).toEqual(of.responseTimeMs)
        expect(responseTimeAllMs).toEqual(of.responseTimeAllMs)
        expect(histograms).toEqual(of.histograms)
        expect(actions).toEqual(of.actions)
        const { started, completed, callErrors, timeouts, lost, unfinished } = exchanges
        expect(started).toBe(calls.flat().length)
        expect(completed + callErrors + timeouts + lost + unfinished).toBe(started)
      }),
      { numRuns: 25 },
    )
  })

  test('thresholds are judged over everything: what one runner broke all may hold', () => {
    const calls = (count: number, micros: number): Call[] =>
      Array.from({ length: count }, () => ({ micros, kind: 'result', action: 'Heartbeat' }))
    const thresholds = [plan('ocpp_response_time', 'p(95)<50'), plan('ocpp_errors', 'rate<0.1')]
    const slow = runner('slow', { thresholds, metrics: recorded(calls(30, 80_000)).snapshot() })
    const fast = runner('fast', { thresholds, metrics: recorded(calls(970, 10_000)).snapshot() })
    expect(buildReport(slow.facts).exitCode).toBe(99)
    expect(merged(slow, fast)).toMatchObject({ verdict: 'pass', exitCode: 0 })
    const slower = runner('slower', { thresholds, metrics: recorded(calls(90, 80_000)).snapshot() })
    expect(merged(slow, fast, slower)).toMatchObject({ verdict: 'fail', exitCode: 99 })
  })

  test('parts of steady are judged over everything, too', () => {
    const span = { fromMs: 10_000, toMs: 20_000 }
    const during = { ...plan('ocpp_exchanges', 'count>150'), during: span }
    const part = (id: string, calls: number): Runner => {
      const one: Call = { micros: 10_000, kind: 'result', action: 'Heartbeat' }
      const counted = recorded(Array.from({ length: calls }, () => one)).snapshot()
      return runner(id, { thresholds: [during], spans: [{ ...span, counted, seconds: 10 }] })
    }
    expect(merged(part('a', 100), part('b', 60)).thresholds).toMatchObject([
      { actual: 160, pass: true },
    ])
    const short = runner('c', { thresholds: [during], spans: [] })
    expect(merged(part('a', 200), short).thresholds).toMatchObject([{ actual: null, pass: false }])
  })

  test('the events of every runner are told, where they happened', () => {
    const windows = base.windows.map((window) =>
      window.phase === 'ramp' ? { ...window, seconds: window.seconds + 4 } : window,
    )
    const mark = { atSecond: 20, label: 'powerLoss', stations: 7 }
    const late = runner('b', { windows, timeline: [{ ...mark, atSecond: 24, stations: 9 }] })
    expect(merged(runner('a', { timeline: [mark] }), late).timeline).toEqual([
      { atSecond: 24, label: 'runner-a: powerLoss', stations: 7 },
      { atSecond: 24, label: 'runner-b: powerLoss', stations: 9 },
    ])
  })

  test('stations, rates and the series add', () => {
    const [one, both] = [buildReport(base), merged(runner('a'), runner('b'))]
    expect(both.stations.requested).toBe(2 * one.stations.requested)
    expect(both.exchanges.perSecond).toBeCloseTo(2 * (one.exchanges.perSecond ?? 0), 0)
    expect(both.series.map(({ connected }) => connected)).toEqual(
      one.series.map(({ connected }) => 2 * connected),
    )
    expect(both.generator.workers).toBe(4)
    expect(both.runId).toBe('a+b')
  })

  test('windows are laid over each other where the figures begin', () => {
    const late = load({ perSecond: 20, lagMicros: 400 })
    const windows = base.windows.map((window) =>
      window.phase === 'ramp' ? { ...window, seconds: window.seconds + 4 } : window,
    )
    const points = base.series.points.map((point) => ({ ...point, second: point.second + 4 }))
    const slowStart = runner('b', { windows, series: { ...base.series, points } })
    const { window, series } = merged({ name: 'a', facts: { ...late, runId: 'a' } }, slowStart)
    expect(window).toMatchObject({ rampSeconds: 6, steadySeconds: 60 })
    // The sample's own first and last second are not quite full.
    const steady = series.filter(({ phase }) => phase === 'steady').slice(1, -1)
    expect(new Set(steady.map(({ offeredPerSecond }) => offeredPerSecond))).toEqual(new Set([80]))
  })

  test('one INVALID runner makes the run INVALID, and says which', () => {
    const limited = load({ perSecond: 20, lagMicros: 40_000 })
    const report = merged(runner('a'), { name: 'runner-b', facts: { ...limited, runId: 'b' } })
    expect(report.verdict).toBe('invalid')
    expect(report.reasons[0]).toMatch(/^runner-b: generator lag p99/)
  })

  test('one dead worker, one fault, one interruption are those of the run', () => {
    const [first, ...others] = base.workers
    if (!first) throw new Error('the sample has workers')
    const workers = [{ ...first, died: 'SIGKILL' }, ...others]
    const [reason] = merged(runner('a'), runner('b', { workers })).reasons
    expect(reason).toMatch(/^runner-b, worker 1 died: SIGKILL/)
    expect(merged(runner('a'), runner('b', { internalFaults: ['a bug'] })).reasons).toEqual([
      'runner-b: a bug',
    ])
    const end = { kind: 'interrupted', signal: 'SIGINT' } as const
    expect(merged(runner('a'), runner('b', { end })).exitCode).toBe(105)
  })

  test('books are checked only where everybody checked them', () => {
    const checked = {
      checked: true,
      source: 'url',
      compared: 3,
      lost: 1,
      mismatched: 0,
      mismatches: [],
    } as const
    const both = merged(runner('a', { books: checked }), runner('b', { books: checked }))
    expect(both).toMatchObject({ books: { compared: 6 }, transactions: { lost: 2 } })
    expect(merged(runner('a', { books: checked }), runner('b')).books.checked).toBe(false)
  })

  test.each<[string, () => Runner[], RegExp]>([
    ['one report', () => [runner('a')], /it takes two or more/],
    ['the same run twice', () => [runner('a'), runner('a')], /hold the same run \(a\)/],
    ['a part of what was merged', () => [runner('a+b'), runner('b')], /hold the same run \(b\)/],
    [
      'different scenarios',
      () => [runner('a'), runner('b', { scenario: { ...base.scenario, hash: 'cd' } })],
      /runner-a and runner-b have different scenarios/,
    ],
    ['different thresholds', () => [runner('a'), runner('b', { thresholds: [] })], /thresholds/],
    [
      'thresholds on different windows',
      () => {
        const during = base.thresholds.map((one) => ({ ...one, during: 'run' as const }))
        return [runner('a'), runner('b', { thresholds: during })]
      },
      /thresholds/,
    ],
    [
      'runs of different times',
      () => [runner('a'), runner('b', { startedAt: '2026-11-22T07:08:28.123Z' })],
      /at different times/,
    ],
  ])('refuses %s', (_what, runners, message) => {
    expect(() => mergeFacts(runners())).toThrow(message)
  })
})
