import { LatencyHistogram } from './latency-histogram.ts'
import { inMs } from './latency-summary.ts'
import { type Phase, phases } from './phase.ts'
import {
  type Selection,
  selectArrivals,
  selectCommands,
  selectCommandTimes,
  selectExchanges,
  selectStations,
} from './selection.ts'
import type { Snapshot } from './snapshot.ts'

/** What a threshold is evaluated over. */
export interface Scope {
  readonly snapshot: Snapshot
  readonly selection: Selection
  readonly phases: readonly Phase[]
  /** How long these phases lasted together. */
  readonly seconds: number
}

/** An aggregate by name, `p` with its percent; null where there is nothing to tell it from. */
export type Aggregates = (name: AggregateName, percent: number) => number | null

export type AggregateName = 'avg' | 'min' | 'max' | 'med' | 'p' | 'count' | 'rate'

interface MetricSpec {
  readonly summary: string
  readonly unit: 'ms' | 'count'
  readonly aggregates: readonly AggregateName[]
  readonly tags: readonly string[]
  /** Covers the whole run unless a phase is named: what happens once, before steady. */
  readonly wholeRun?: true
  readonly measure: (scope: Scope) => Aggregates
}

const times: readonly AggregateName[] = ['avg', 'min', 'max', 'med', 'p', 'count']
const counts: readonly AggregateName[] = ['count', 'rate']
const exchangeTags = ['action', 'version', 'fleet', 'phase']
const stationTags = ['version', 'fleet', 'phase']

const exchangesIn = (scope: Scope) => selectExchanges(scope.snapshot, scope.selection, scope.phases)
const stationsIn = (scope: Scope) => selectStations(scope.snapshot, scope.selection, scope.phases)

/**
 * The metrics that thresholds can name, k6's grammar over our own names. Times are milliseconds;
 * the `rate` of a count is per second, that of errors a share of the exchanges.
 */
const thresholdMetrics = {
  ocpp_response_time: {
    summary: 'intended instant to answer; what was not answered counts at its age',
    unit: 'ms',
    aggregates: times,
    tags: exchangeTags,
    measure: (scope) => ofTimes(exchangesIn(scope).all),
  },
  ocpp_service_time: {
    summary: 'sent to answered',
    unit: 'ms',
    aggregates: times,
    tags: exchangeTags,
    measure: (scope) => ofTimes(exchangesIn(scope).service),
  },
  ocpp_start_lag: {
    summary: "intended instant to timer fired: the generator's own delay",
    unit: 'ms',
    aggregates: times,
    tags: exchangeTags,
    measure: (scope) => ofTimes(exchangesIn(scope).lag),
  },
  ocpp_gate_wait: {
    summary: 'timer fired to sent: socket not open, boot not accepted, another CALL outstanding',
    unit: 'ms',
    aggregates: times,
    tags: exchangeTags,
    measure: (scope) => ofTimes(exchangesIn(scope).gateWait),
  },
  ocpp_command_time: {
    summary: 'CSMS told to act to the answer of the station',
    unit: 'ms',
    aggregates: times,
    tags: exchangeTags,
    measure: ({ snapshot, selection, phases }) =>
      ofTimes(selectCommandTimes(snapshot, selection, phases)),
  },
  ocpp_command_errors: {
    summary: 'commands of the CSMS that got no CALLRESULT; the rate is their share',
    unit: 'count',
    aggregates: counts,
    tags: ['action', 'version', 'fleet'],
    wholeRun: true,
    measure: ({ snapshot, selection }) => {
      const { failed } = selectCommands(snapshot, selection)
      const all = failed + selectCommandTimes(snapshot, selection, phases).count
      return (name) => (name === 'count' ? failed : all > 0 ? failed / all : null)
    },
  },
  ocpp_session_wait: {
    summary:
      'a session due to a session begun: of arrivals; no station was free, or the generator late',
    unit: 'ms',
    aggregates: times,
    tags: stationTags,
    measure: (scope) =>
      ofTimes(selectArrivals(scope.snapshot, 'session', scope.selection, scope.phases).wait),
  },
  ocpp_connect_time: {
    summary: 'connect begun to WebSocket open',
    unit: 'ms',
    aggregates: times,
    tags: stationTags,
    wholeRun: true,
    measure: (scope) => ofTimes(stationsIn(scope).connectTime),
  },
  ocpp_tls_time: {
    summary: 'TCP connection open to TLS handshake done; part of ocpp_connect_time',
    unit: 'ms',
    aggregates: times,
    tags: stationTags,
    wholeRun: true,
    measure: (scope) => ofTimes(stationsIn(scope).tlsTime ?? new LatencyHistogram()),
  },
  ocpp_boot_time: {
    summary: 'WebSocket open to boot accepted',
    unit: 'ms',
    aggregates: times,
    tags: stationTags,
    wholeRun: true,
    measure: (scope) => ofTimes(stationsIn(scope).bootTime),
  },
  ocpp_exchanges: {
    summary: 'CALLs answered with a CALLRESULT, by the instant of the answer',
    unit: 'count',
    aggregates: counts,
    tags: exchangeTags,
    measure: (scope) => ofCount(exchangesIn(scope).achieved, scope.seconds),
  },
  ocpp_messages: {
    summary: 'frames sent and received; for one action, its CALLs and their answers',
    unit: 'count',
    aggregates: counts,
    tags: exchangeTags,
    measure: (scope) => ofCount(messagesIn(scope), scope.seconds),
  },
  ocpp_errors: {
    summary: 'CALLs that were due and got no valid CALLRESULT; the rate is their share',
    unit: 'count',
    aggregates: counts,
    tags: exchangeTags,
    measure: (scope) => {
      const { errors, settled } = exchangesIn(scope)
      return (name) => (name === 'count' ? errors : settled > 0 ? errors / settled : null)
    },
  },
  ocpp_answer_errors: {
    summary:
      'CALLs answered with an error, not validly or not in time: `ocpp_errors` without what a connection that broke took away',
    unit: 'count',
    aggregates: counts,
    tags: exchangeTags,
    measure: (scope) => {
      const { errors, lost, unsent, settled } = exchangesIn(scope)
      const wrong = errors - lost - unsent
      return (name) => (name === 'count' ? wrong : settled > 0 ? wrong / settled : null)
    },
  },
  ocpp_dropped: {
    summary: 'CALLs, sessions and commands that were due and never sent or begun',
    unit: 'count',
    aggregates: counts,
    tags: exchangeTags,
    measure: (scope) => {
      const { snapshot, selection, phases } = scope
      const { dropped, unsent } = exchangesIn(scope)
      const sessions = selectArrivals(snapshot, 'session', selection, phases)
      const commands = selectArrivals(snapshot, 'command', selection, phases)
      const never = sessions.dropped + sessions.unbegun + commands.dropped + commands.unbegun
      return ofCount(dropped + unsent + never, scope.seconds)
    },
  },
} as const satisfies Record<string, MetricSpec>

export type ThresholdMetric = keyof typeof thresholdMetrics

export const thresholdMetricNames = Object.keys(thresholdMetrics) as readonly ThresholdMetric[]

export function metricSpec(metric: ThresholdMetric): MetricSpec {
  return thresholdMetrics[metric]
}

function ofTimes(histogram: LatencyHistogram): Aggregates {
  return (name, percent) => {
    switch (name) {
      case 'count':
        return histogram.count
      case 'avg':
        return inMs(histogram.mean)
      case 'min':
        return inMs(histogram.min)
      case 'max':
        return inMs(histogram.max)
      case 'med':
        return inMs(histogram.percentile(50))
      case 'p':
        return inMs(histogram.percentile(percent))
      case 'rate':
        return null
    }
  }
}

function ofCount(count: number, seconds: number): Aggregates {
  return (name) => (name === 'count' ? count : seconds > 0 ? count / seconds : null)
}

function messagesIn(scope: Scope): number {
  if (scope.selection.action === undefined) {
    const { messagesSent, messagesReceived } = stationsIn(scope)
    return messagesSent + messagesReceived
  }
  const { settled, unsent, completed, callErrors } = exchangesIn(scope)
  return settled - unsent + completed + callErrors
}
