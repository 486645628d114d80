import { LatencyHistogram } from '../../src/metrics/latency-histogram.ts'
import { inMs, summarise } from '../../src/metrics/latency-summary.ts'
import { buildReport } from '../../src/report/build-report.ts'
import type { Report, SeriesPointReport } from '../../src/report/result.ts'
import { Random } from '../../src/shared/random.ts'
import { load } from './sample-run.ts'

const base = buildReport(load({ perSecond: 20, lagMicros: 400 }))

export interface NoisyRun {
  readonly seed: number
  /** Of every latency; 1.2 is 20 % slower. */
  readonly slower?: number
  /** How much of its deviation a second keeps from the one before. */
  readonly memory?: number
  /** Standard deviation of a second's level, as a part of it. */
  readonly wobble?: number
  readonly seconds?: number
  /** Share of CALLs that fail. */
  readonly errors?: number
}

const perSecond = 60

/** The report of a run whose seconds differ as those of a real one do, with 5 ms on average. */
export function noisyRun(options: NoisyRun): Report {
  const { seed, slower = 1, memory = 0.4, wobble = 0.1, seconds = 60, errors = 0 } = options
  const random = Random.stream(seed, 'noisy run')
  const all = new LatencyHistogram()
  const byAction = { Heartbeat: new LatencyHistogram(), MeterValues: new LatencyHistogram() }
  const series: SeriesPointReport[] = []
  let level = 0
  for (let second = 0; second < seconds; second += 1) {
    level = memory * level + Math.sqrt(1 - memory ** 2) * normal(random)
    const within = new LatencyHistogram()
    for (let call = 0; call < perSecond; call += 1) {
      const micros = slower * Math.exp(wobble * level) * (2_500 + random.exponential(2_500))
      within.record(micros)
      byAction[call % 2 === 0 ? 'Heartbeat' : 'MeterValues'].record(micros)
    }
    all.add(within)
    series.push(pointOf(second, within, perSecond * errors))
  }
  const latencies = summarise(all)
  const encoded = all.encode()
  const actions = Object.fromEntries(
    Object.entries(byAction).map(([action, times]) => {
      return [action, { responseTime: times.encode(), serviceTime: times.encode() }]
    }),
  )
  return {
    ...base,
    runId: `r${seed}`,
    window: {
      ...base.window,
      rampSeconds: 0,
      warmupSeconds: 0,
      drainSeconds: 0,
      steadySeconds: seconds,
      totalSeconds: seconds,
      phases: [{ phase: 'steady', atSecond: 0, seconds }],
    },
    exchanges: { ...base.exchanges, perSecond: perSecond * (1 - errors) },
    responseTimeMs: latencies,
    responseTimeAllMs: latencies,
    serviceTimeMs: latencies,
    actions: Object.fromEntries(
      Object.entries(byAction).map(([action, times]) => {
        const numbers = base.actions[action]
        if (!numbers) throw new Error(`the sample has no ${action}`)
        return [action, { ...numbers, responseTimeMs: summarise(times) }]
      }),
    ),
    series,
    histograms: {
      ...base.histograms,
      responseTime: encoded,
      responseTimeAll: encoded,
      serviceTime: encoded,
      actions,
    },
  }
}

function pointOf(second: number, times: LatencyHistogram, errors: number): SeriesPointReport {
  return {
    second,
    offeredPerSecond: perSecond,
    completedPerSecond: perSecond - errors,
    errorsPerSecond: errors,
    droppedPerSecond: 0,
    messagesPerSecond: 2 * perSecond,
    backlog: 1,
    connected: 400,
    responseP50Ms: inMs(times.percentile(50)),
    responseP95Ms: inMs(times.percentile(95)),
    responseP99Ms: inMs(times.percentile(99)),
    lagP99Ms: 0.4,
    phase: 'steady',
    cpuShare: 0.3,
    targetCpuShare: null,
  }
}

/** Box and Muller's. */
function normal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.next()))
  return radius * Math.cos(2 * Math.PI * random.next())
}
