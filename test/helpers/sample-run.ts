import { mergeSnapshots } from '../../src/metrics/merge-snapshots.ts'
import type { Phase } from '../../src/metrics/phase.ts'
import { type OutcomeKind, Recorder } from '../../src/metrics/recorder.ts'
import { Series } from '../../src/metrics/series.ts'
import { parseThreshold, type ThresholdPlan } from '../../src/metrics/thresholds.ts'
import { compareBooks } from '../../src/report/books.ts'
import type { RunFacts } from '../../src/report/run-facts.ts'
import { Random } from '../../src/shared/random.ts'

const second = 1_000_000

export function plan(selector: string, expression: string): ThresholdPlan {
  const parsed = parseThreshold(selector, expression)
  if ('error' in parsed) throw new Error(parsed.error.message)
  return parsed
}

const quiet = Array.from({ length: 18 }, (_, at) => ({
  worker: 'worker 1',
  second: at,
  cpuShare: 0.12,
}))

/** Ten stations charge; everything is well. */
export function quickstart(): RunFacts {
  const recorder = new Recorder(0)
  const series = new Series()
  const random = Random.stream(42, 'quickstart')
  const fleets = [
    { name: 'street', version: 'ocpp1.6', count: 5 },
    { name: 'depot', version: 'ocpp2.0.1', count: 5 },
  ]
  const ledger = []
  let at = 0
  for (const { name, version, count } of fleets) {
    const stations = recorder.stations(name, version)
    const exchange = (action: string, atMicros: number): void => {
      const stats = recorder.exchanges(name, version, action)
      const settled = atMicros + 400 + random.exponential(800)
      recorder.exchangeStarted(stats)
      recorder.messageSent(stations)
      recorder.messageReceived(stations)
      recorder.closedExchangeSettled(stats, 'result', atMicros, settled)
      at = Math.max(at, settled)
    }
    for (let station = 0; station < count; station += 1) {
      recorder.connected(stations, 2_000 + random.exponential(1_000), false)
      recorder.bootAccepted(stations, 1_500, false, at)
      exchange('BootNotification', at)
      for (let session = 0; session < 3; session += 1) {
        exchange('Authorize', at)
        exchange(version === 'ocpp1.6' ? 'StartTransaction' : 'TransactionEvent', at)
        for (let value = 0; value < 20; value += 1) {
          exchange(version === 'ocpp1.6' ? 'MeterValues' : 'TransactionEvent', at + 10_000)
        }
        exchange(version === 'ocpp1.6' ? 'StopTransaction' : 'TransactionEvent', at)
        ledger.push({
          stationId: `${name}-${station}`,
          transactionId: session,
          startedAt: '2026-11-21T07:08:30Z',
          stoppedAt: '2026-11-21T07:48:30Z',
          energyWh: 13_700,
          acknowledgedStart: true,
          acknowledgedStop: true,
        })
      }
      recorder.scriptCompleted(name)
    }
  }
  for (const sample of recorder.takeSeconds(18 * second)) series.add(sample)
  return {
    ...frame('quickstart'),
    model: 'closed',
    fleets,
    windows: [
      { phase: 'ramp', startedAt: '2026-11-21T07:08:28.000Z', seconds: 16.1 },
      { phase: 'drain', startedAt: '2026-11-21T07:08:44.100Z', seconds: 2.1 },
    ],
    metrics: recorder.snapshot(),
    series: seriesFacts(series),
    thresholds: [
      plan('ocpp_response_time', 'p(95)<50'),
      plan('ocpp_response_time{action:MeterValues}', 'p(99)<100'),
      plan('ocpp_errors', 'rate<0.001'),
    ],
    transactions: { started: 30, stopped: 30, energyWh: 411_000, undelivered: 0 },
    books: compareBooks({ source: 'embedded', ledger, rows: ledger, isOurs: () => true }),
    workers: [{ name: 'worker 1', health: quiet, maxRssBytes: 84 * 2 ** 20 }],
  }
}

interface LoadOptions {
  readonly perSecond: number
  readonly lagMicros: number
  /** The outcome of the n-th exchange. */
  readonly outcome?: (ordinal: number) => OutcomeKind
  readonly violate?: (recorder: Recorder, ordinal: number, atMicros: number) => void
}

/** Ramp 2 s, warm-up 3 s, steady 60 s, drain 1 s; two workers offer Heartbeats and MeterValues. */
export function load(options: LoadOptions): RunFacts {
  const series = new Series()
  const workers = [1, 2].map((number) => loadWorker(number, options, series))
  return {
    ...frame('city-load'),
    scenario: { ...frame('city-load').scenario, speed: 1 },
    model: 'open',
    target: { url: 'wss://csms.example.org/ocpp', embedded: false, usage: [] },
    fleets: [{ name: 'city', version: 'ocpp1.6', count: 400 }],
    windows: windowsOf({ ramp: 2, warmup: 3, steady: 60, drain: 1 }),
    metrics: mergeSnapshots(workers.map((recorder) => recorder.snapshot())),
    series: seriesFacts(series),
    thresholds: [plan('ocpp_response_time', 'p(99)<20'), plan('ocpp_errors', 'rate<0.001')],
    transactions: { started: 0, stopped: 0, energyWh: 0, undelivered: 0 },
    workers: [1, 2].map((number) => ({
      name: `worker ${number}`,
      health: Array.from({ length: 66 }, (_, at) => {
        return { worker: `worker ${number}`, second: at, cpuShare: 0.5 }
      }),
      maxRssBytes: 120 * 2 ** 20,
    })),
    environment: { ...frame('').environment, coLocated: false },
  }
}

function loadWorker(number: number, options: LoadOptions, series: Series): Recorder {
  const recorder = new Recorder(0)
  const random = Random.stream(1, 'worker', number)
  const stations = recorder.stations('city', 'ocpp1.6')
  for (let station = 0; station < 200; station += 1) {
    recorder.connected(stations, 3_000, false)
    recorder.bootAccepted(stations, 2_000, false, 10_000 * station)
  }
  const begins: readonly (readonly [number, Phase])[] = [
    [2, 'warmup'],
    [5, 'steady'],
    [65, 'drain'],
  ]
  let ordinal = 0
  for (let at = 2 * second; at < 65 * second; at += second / options.perSecond) {
    for (const [from, phase] of begins)
      if (at >= from * second) recorder.enter(phase, from * second)
    const action = ordinal % 2 === 0 ? 'Heartbeat' : 'MeterValues'
    const stats = recorder.exchanges('city', 'ocpp1.6', action)
    const kind = options.outcome?.(ordinal) ?? 'result'
    const fired = at + options.lagMicros * random.next()
    const sent = fired + 50
    const settled = sent + (kind === 'timeout' ? 3 * second : 900 + random.exponential(1_500))
    recorder.exchangeStarted(stats)
    recorder.messageSent(stations)
    if (kind !== 'timeout') recorder.messageReceived(stations)
    recorder.exchangeSettled(stats, kind, at, fired, sent, settled)
    options.violate?.(recorder, ordinal, at)
    ordinal += 1
  }
  for (const sample of recorder.takeSeconds(66 * second)) series.add(sample)
  return recorder
}

function windowsOf(seconds: Readonly<Record<Phase, number>>): RunFacts['windows'] {
  return (['ramp', 'warmup', 'steady', 'drain'] as const).map((phase) => {
    return { phase, startedAt: '2026-11-21T07:08:28.000Z', seconds: seconds[phase] }
  })
}

function seriesFacts(series: Series): RunFacts['series'] {
  const { intervalSeconds, peakConnected } = series
  return { intervalSeconds, peakConnected, points: series.points() }
}

function frame(name: string): RunFacts {
  return {
    runId: 'k3v9xq',
    startedAt: '2026-11-21T07:08:28.123Z',
    scenario: { name, file: `scenarios/${name}.yaml`, hash: 'ab'.repeat(32), seed: 42, speed: 60 },
    model: 'closed',
    target: {
      url: 'ws://127.0.0.1:43127',
      embedded: true,
      usage: [1, 2, 3].map((second) => ({ second, cpuShare: 0.25, rssBytes: 70_000_000 })),
    },
    fleets: [],
    windows: [],
    metrics: new Recorder(0).snapshot(),
    series: { intervalSeconds: 1, points: [], peakConnected: 0 },
    thresholds: [],
    transactions: { started: 0, stopped: 0, energyWh: 0, undelivered: 0 },
    books: { checked: false, source: null, compared: 0, lost: 0, mismatched: 0, mismatches: [] },
    workers: [],
    localSocketErrors: {},
    tolerate: [],
    end: { kind: 'complete' },
    internalFaults: [],
    environment: {
      csmsVersion: '0.1.0',
      nodeVersion: '20.20.2',
      os: 'linux x64 6.8.0',
      cpu: 'Example CPU',
      cores: 2,
      memoryBytes: 24 * 2 ** 30,
      coLocated: true,
      openFilesLimit: 20_000,
      timerGranularityMs: 1,
    },
  }
}
