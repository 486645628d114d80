import type { Progress } from '../../src/report/progress.ts'

const stations = 5000
const perSecond = 10_000
const begins = { ramp: 0, warmup: 5, steady: 15, drain: 75 }
const lengths = { ramp: 5, warmup: 10, steady: 60, drain: 10 }

/** A load run of 5,000 stations in good order: ramp 5 s, warm-up 10 s, steady 60 s, drain. */
export function sampleProgress(second: number, changes: Partial<Progress> = {}): Progress {
  const phase = second < 5 ? 'ramp' : second < 15 ? 'warmup' : second < 75 ? 'steady' : 'drain'
  const begin = begins[phase]
  const length = lengths[phase]
  const accepted = Math.min(stations, second * 1000)
  const connecting = Math.min(120, stations - accepted)
  const busy = second >= 5 && second < 75
  const history = Array.from({ length: Math.min(60, second) }, (_, i) => second - i).reverse()
  const offeredAt = (at: number): number => (at > 5 && at <= 75 ? perSecond : 0)
  return {
    elapsedSeconds: second,
    model: 'open',
    searching: false,
    phase,
    windows: (['ramp', 'warmup', 'steady', 'drain'] as const).map((one) => ({
      phase: one,
      seconds: Math.max(0, Math.min(second - begins[one], lengths[one])),
      plannedSeconds: one === 'ramp' ? null : lengths[one],
    })),
    done: Math.min(1, (second - begin) / length),
    left: {
      seconds: length - (second - begin),
      how: phase === 'ramp' ? 'about' : phase === 'drain' ? 'at most' : 'exactly',
    },
    stations: {
      waiting: stations - accepted - connecting,
      connecting,
      connected: 0,
      accepted,
      offline: 0,
      lost: 0,
    },
    connected: accepted,
    requested: stations,
    scripts: { completed: 0, failed: 0, planned: null },
    offeredPerSecond: offeredAt(second),
    exchangesPerSecond: offeredAt(second) * 0.998,
    messagesPerSecond: offeredAt(second) * 1.997,
    responseP99Ms: busy ? 12.3 : null,
    recent: busy
      ? { p50Ms: 1.23, p95Ms: 4.81, p99Ms: 12.3, serviceP95Ms: 3.12 }
      : { p50Ms: null, p95Ms: null, p99Ms: null, serviceP95Ms: null },
    history: {
      offered: history.map(offeredAt),
      achieved: history.map((at) => offeredAt(at) * (0.97 + 0.03 * Math.abs(Math.sin(at)))),
      responseP99Ms: history.map((at) => (offeredAt(at) > 0 ? 12 + 6 * Math.sin(at / 3) : null)),
    },
    backlog: busy ? 12 : 0,
    errors: 0,
    errorKinds: {},
    dropped: 0,
    violations: 0,
    connectFailures: {},
    problems: [],
    generator: {
      lagP99Ms: busy ? 0.42 : null,
      lagLimitMs: 20,
      cpuShare: 0.58,
      loopShare: 0.55,
      workers: 2,
      state: 'healthy',
      reasons: [],
    },
    targetCpuShare: 0.71,
    thresholds: [
      {
        metric: 'ocpp_response_time',
        expression: 'p(95)<50',
        actual: phase === 'steady' ? 4.81 : null,
        unit: 'ms',
        pass: phase === 'steady',
      },
      {
        metric: 'ocpp_response_time',
        expression: 'p(99)<200',
        actual: phase === 'steady' ? 12.3 : null,
        unit: 'ms',
        pass: phase === 'steady',
      },
      { metric: 'ocpp_errors', expression: 'rate<0.001', actual: 0, unit: 'count', pass: true },
    ],
    ...changes,
  }
}

/** The same run when everything goes wrong at once. */
export function troubledProgress(second: number): Progress {
  const good = sampleProgress(second)
  return {
    ...good,
    exchangesPerSecond: 7312,
    messagesPerSecond: 14_870,
    stations: { ...good.stations, accepted: 4660, offline: 240, connecting: 100 },
    recent: { p50Ms: 84.2, p95Ms: 920, p99Ms: 2310, serviceP95Ms: 41.2 },
    backlog: 26_731,
    errors: 1234,
    errorKinds: { CALLERROR: 1022, timeout: 200, lost: 12 },
    dropped: 31,
    violations: 57,
    connectFailures: { ECONNREFUSED: 412, 'HTTP 401': 3 },
    problems: [
      {
        second: second - 3,
        station: 'CITY-00412',
        level: 'error',
        what: 'MeterValues answered with InternalError: database is locked',
      },
      {
        second: second - 2,
        station: 'CITY-03001',
        level: 'violation',
        what: 'RPC_RESPONSE_SCHEMA Heartbeat: currentTime is missing',
      },
      {
        second: second - 1,
        station: 'CITY-00007',
        level: 'error',
        what: 'Heartbeat not answered in time',
      },
    ],
    generator: {
      ...good.generator,
      lagP99Ms: 84,
      lagLimitMs: 20,
      cpuShare: 0.97,
      loopShare: 0.99,
      state: 'limit',
      reasons: [
        'generator lag p99 84.0 ms is above 20.0 ms: CALLs left late because of this machine',
        'worker 2 used 97 % of a core: this machine was full',
      ],
    },
    targetCpuShare: 0.99,
    thresholds: good.thresholds.map((threshold) => ({
      ...threshold,
      actual: threshold.unit === 'ms' ? 920 : 0.0172,
      pass: false,
    })),
  }
}
