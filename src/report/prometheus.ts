import { type EncodedHistogram, LatencyHistogram } from '../metrics/latency-histogram.ts'
import { type Phase, phases } from '../metrics/phase.ts'
import type { Snapshot } from '../metrics/snapshot.ts'
import type { Progress } from './progress.ts'
import {
  counter,
  gauge,
  histogram,
  type Labels,
  type Sample,
  type Times,
} from './prometheus-format.ts'

/** What is told of a run while it goes on. */
export interface LiveMetrics {
  readonly snapshot: Snapshot
  /** Undefined until the first second is over. */
  readonly progress: Progress | undefined
  readonly run: { readonly runId: string; readonly scenario: string; readonly csmsVersion: string }
}

/**
 * The run in Prometheus's text format, version 0.0.4. Counters cover the whole run, its ramp included.
 * Labels are action, version and how something ended: there are no more series than the scenario has
 * actions, however many stations and fleets it has.
 */
export function prometheusText({ snapshot, progress, run }: LiveMetrics): string {
  return [
    gauge('csms_run_info', 'The run, always 1.', [{ labels: labelsOf(run), value: 1 }]),
    ...exchangeFamilies(snapshot),
    ...stationFamilies(snapshot),
    ...commandFamilies(snapshot),
    ...scriptFamilies(snapshot),
    ...(progress ? progressFamilies(progress) : []),
  ].join('')
}

function labelsOf({ runId, scenario, csmsVersion }: LiveMetrics['run']): Labels {
  return { run_id: runId, scenario, csms_version: csmsVersion }
}

function exchangeFamilies({ exchanges }: Snapshot): string[] {
  const groups = grouped(exchanges, ({ action, version }) => ({ action, version }))
  const windows = groups.map(({ labels, members }) => {
    return { labels, windows: members.flatMap((stats) => valuesOf(stats.windows)) }
  })
  type Window = (typeof windows)[number]['windows'][number]
  const count = (of: (window: Window) => number): Sample[] =>
    windows.map((group) => ({ labels: group.labels, value: sum(group.windows, of) }))
  const times = (of: (window: Window) => readonly EncodedHistogram[]): Times[] =>
    windows.map((group) => ({ labels: group.labels, times: merged(group.windows.flatMap(of)) }))
  const outcomes = ['call_error', 'timeout', 'lost', 'unsent', 'invalid'] as const
  const errors = windows.flatMap((group) =>
    outcomes.map((kind) => ({
      labels: { ...group.labels, kind },
      value: sum(group.windows, (window) => errorsOf(window)[kind]),
    })),
  )
  return [
    counter(
      'ocpp_exchanges_total',
      'CALLs of stations answered with a CALLRESULT.',
      count((window) => window.completed),
    ),
    counter('ocpp_errors_total', 'CALLs that were due and got no valid CALLRESULT.', errors),
    counter(
      'ocpp_dropped_total',
      'CALLs that were due and left out by the backlog policy.',
      count((window) => window.dropped),
    ),
    histogram(
      'ocpp_response_time_seconds',
      'Intended instant to answer; what was not answered counts at its age.',
      times(({ response, failed }) => [response, failed]),
    ),
    histogram(
      'ocpp_service_time_seconds',
      'Sent to answered.',
      times(({ service }) => [service]),
    ),
    histogram(
      'ocpp_start_lag_seconds',
      "Intended instant to timer fired: the generator's own delay.",
      times(({ lag }) => [lag]),
    ),
    histogram(
      'ocpp_gate_wait_seconds',
      'Timer fired to sent.',
      times(({ gateWait }) => [gateWait]),
    ),
  ]
}

type ExchangeWindow = NonNullable<Snapshot['exchanges'][number]['windows'][Phase]>

function errorsOf({ callErrors, timeouts, lost, unfinished, unsent, invalid }: ExchangeWindow) {
  return { call_error: callErrors, timeout: timeouts, lost: lost + unfinished, unsent, invalid }
}

function stationFamilies({ stations, violations }: Snapshot): string[] {
  const groups = grouped(stations, ({ version }) => ({ version })).map(({ labels, members }) => {
    return { labels, members, windows: members.flatMap((stats) => valuesOf(stats.windows)) }
  })
  const times = (of: (window: StationWindow) => EncodedHistogram | undefined): Times[] =>
    groups.map(({ labels, windows }) => {
      return { labels, times: merged(windows.flatMap((window) => of(window) ?? [])) }
    })
  const messages = groups.flatMap(({ labels, windows }) => [
    {
      labels: { ...labels, direction: 'sent' },
      value: sum(windows, ({ messagesSent }) => messagesSent),
    },
    {
      labels: { ...labels, direction: 'received' },
      value: sum(windows, ({ messagesReceived }) => messagesReceived),
    },
  ])
  const reconnects = groups.map(({ labels, members }) => {
    return { labels, value: sum(members, (stats) => stats.reconnects) }
  })
  const isEncrypted = groups.some(({ windows }) => windows.some(({ tls }) => tls))
  return [
    counter('ocpp_messages_total', 'Frames, counted at the stations.', messages),
    counter('csms_reconnects_total', 'Connections after the first of a station.', reconnects),
    connectFailureFamily(stations),
    histogram(
      'ocpp_connect_time_seconds',
      'Connect begun to WebSocket open.',
      times(({ connectTime }) => connectTime),
    ),
    histogram(
      'ocpp_tls_time_seconds',
      'TCP connection open to TLS handshake done.',
      isEncrypted ? times(({ tls }) => tls?.time) : [],
    ),
    histogram(
      'ocpp_boot_time_seconds',
      'WebSocket open to boot accepted.',
      times(({ bootTime }) => bootTime),
    ),
    violationFamily(violations),
  ]
}

type StationWindow = NonNullable<Snapshot['stations'][number]['windows'][Phase]>

function connectFailureFamily(stations: Snapshot['stations']): string {
  const failures = new Map<string, number>()
  for (const [kind, times] of stations.flatMap((one) => Object.entries(one.connectFailures))) {
    failures.set(kind, (failures.get(kind) ?? 0) + times)
  }
  const samples = [...failures].map(([kind, value]) => ({ labels: { kind }, value }))
  return counter('csms_connect_failures_total', 'Attempts to connect that failed.', samples)
}

function violationFamily(violations: Snapshot['violations']): string {
  const samples = Object.entries(violations).flatMap(([rule, { must, should }]) => [
    { labels: { rule, level: 'MUST' }, value: must },
    { labels: { rule, level: 'SHOULD' }, value: should },
  ])
  return counter('ocpp_violations_total', 'Rules that the target broke.', samples)
}

function commandFamilies({ commands }: Snapshot): string[] {
  const groups = grouped(commands, ({ action, version }) => ({ action, version }))
  return [
    counter(
      'ocpp_commands_total',
      'CALLs of the CSMS, by how the stations answered.',
      groups.flatMap(({ labels, members }) => [
        {
          labels: { ...labels, answer: 'result' },
          value: sum(members, ({ answered }) => answered),
        },
        {
          labels: { ...labels, answer: 'error' },
          value: sum(members, ({ callErrors }) => callErrors),
        },
        {
          labels: { ...labels, answer: 'none' },
          value: sum(members, ({ unanswered }) => unanswered),
        },
      ]),
    ),
    histogram(
      'ocpp_command_time_seconds',
      'CSMS told to act to the answer of the station.',
      groups.map(({ labels, members }) => {
        return { labels, times: merged(members.flatMap(({ times }) => valuesOf(times))) }
      }),
    ),
  ]
}

function scriptFamilies({ scripts }: Snapshot): string[] {
  const fleets = Object.values(scripts)
  const samples = [
    { labels: { result: 'completed' }, value: sum(fleets, ({ completed }) => completed) },
    { labels: { result: 'failed' }, value: sum(fleets, ({ failed }) => failed) },
  ]
  return [counter('csms_scripts_total', 'Scripts of stations that ended.', samples)]
}

function progressFamilies(progress: Progress): string[] {
  const one = (value: number): Sample[] => [{ labels: {}, value }]
  const perhaps = (value: number | null): Sample[] => (value === null ? [] : one(value))
  const states = Object.entries(progress.stations).map(([state, value]) => {
    return { labels: { state }, value }
  })
  const phase = (['run', ...phases] as const).map((name) => {
    return { labels: { phase: name }, value: name === progress.phase ? 1 : 0 }
  })
  const { cpuShare, lagP99Ms } = progress.generator
  return [
    gauge('csms_run_seconds', 'Since the run began.', one(progress.elapsedSeconds)),
    gauge('csms_run_phase', '1 for the window that the run is in.', phase),
    gauge('csms_stations', 'Stations of the run by what they are doing.', states),
    gauge('csms_stations_open', 'Open WebSockets.', one(progress.connected)),
    gauge('csms_backlog', 'CALLs due and not settled.', one(progress.backlog)),
    gauge(
      'csms_offered_per_second',
      'CALLs that fell due in the newest second.',
      one(progress.offeredPerSecond),
    ),
    gauge('csms_generator_cpu_cores', 'Of the busiest worker, over 10 s.', perhaps(cpuShare)),
    gauge(
      'csms_generator_lag_p99_seconds',
      'Over 10 s.',
      perhaps(lagP99Ms === null ? null : lagP99Ms / 1000),
    ),
    gauge('csms_target_cpu_cores', 'Of the embedded CSMS.', perhaps(progress.targetCpuShare)),
  ]
}

interface Group<Member> {
  readonly labels: Labels
  readonly members: Member[]
}

/** Fleets are left out, so that the number of series does not depend on them. */
function grouped<Member>(
  members: readonly Member[],
  labelsOfMember: (member: Member) => Labels,
): Group<Member>[] {
  const groups = new Map<string, Group<Member>>()
  for (const member of members) {
    const labels = labelsOfMember(member)
    const key = JSON.stringify(labels)
    const group = groups.get(key)
    if (group) group.members.push(member)
    else groups.set(key, { labels, members: [member] })
  }
  return [...groups.values()]
}

function valuesOf<Value>(windows: Readonly<Partial<Record<Phase, Value>>>): Value[] {
  return phases.flatMap((phase) => {
    const window = windows[phase]
    return window === undefined ? [] : [window]
  })
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0)
}

function merged(encoded: readonly EncodedHistogram[]): LatencyHistogram {
  const times = new LatencyHistogram()
  for (const one of encoded) times.addEncoded(one)
  return times
}
