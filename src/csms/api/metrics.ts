import type { CountersSnapshot } from '../counters.ts'
import type { Measures } from './operations.ts'
import { sendText } from './problem.ts'
import { route } from './route.ts'

export const getMetrics = route({
  method: 'GET',
  path: '/metrics',
  id: 'getMetrics',
  tag: 'Server',
  summary: 'What was counted since the start, for Prometheus',
  role: 'viewer',
  answers: {
    200: {
      description: 'Prometheus text, version 0.0.4.',
      schema: { type: 'string' },
      contentType: 'text/plain',
    },
  },
  async handle({ response, services }) {
    const { operations, clock, startedMicros, hub } = services
    const uptime = (clock.monotonicMicros() - startedMicros) / 1e6
    const text = metricsText(await operations.measures(), uptime, hub.subscribers)
    const contentType = 'text/plain; version=0.0.4; charset=utf-8'
    sendText(response, 200, text, { 'Content-Type': contentType })
  },
})

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number]

/** The text of `/metrics`: families in a fixed order. */
function metricsText(
  { holdings, counters, processes }: Measures,
  uptimeSeconds: number,
  eventStreams: number,
): string {
  return [
    family('csms_uptime_seconds', 'gauge', 'Since the start.', [[{}, uptimeSeconds]]),
    family('csms_connections', 'gauge', 'Stations that are connected.', [
      [{}, holdings.connections],
    ]),
    family('csms_stations', 'gauge', 'Stations that are known.', [[{}, holdings.stations]]),
    family('csms_transactions', 'gauge', 'Transactions that are stored.', [
      [{}, holdings.transactions],
    ]),
    family('csms_event_streams', 'gauge', 'Readers of the event stream.', [[{}, eventStreams]]),
    ...countFamilies(counters),
    family(
      'csms_process_cpu_seconds_total',
      'counter',
      'User and system time; process 0 listens.',
      processes.map(({ process, cpuSeconds }) => [{ process: String(process) }, cpuSeconds]),
    ),
    family(
      'csms_process_resident_memory_bytes',
      'gauge',
      'Resident memory; process 0 listens.',
      processes.map(({ process, rssBytes }) => [{ process: String(process) }, rssBytes]),
    ),
  ].join('')
}

function countFamilies(counters: CountersSnapshot): readonly string[] {
  return [
    family('csms_messages_total', 'counter', 'OCPP messages, seen from the CSMS.', [
      [{ direction: 'in' }, counters.messagesReceived],
      [{ direction: 'out' }, counters.messagesSent],
    ]),
    family('csms_unreadable_frames_total', 'counter', 'Frames that are no OCPP frame.', [
      [{}, counters.unreadable],
    ]),
    family('csms_late_answers_total', 'counter', 'Answers after their CALL was given up.', [
      [{}, counters.lateAnswers],
    ]),
    family('csms_handler_failures_total', 'counter', 'Faults of this program.', [
      [{}, counters.handlerFailures],
    ]),
    family('csms_upgrades_total', 'counter', 'WebSocket upgrades by how they ended.', [
      [{ outcome: 'accepted' }, counters.connectionsAccepted],
      [{ outcome: 'refused' }, counters.connectionsRefused],
    ]),
    family('csms_connections_replaced_total', 'counter', 'Connections that gave way to a newer.', [
      [{}, counters.connectionsReplaced],
    ]),
    family('csms_transaction_events_total', 'counter', 'Starts, stops and repeated messages.', [
      [{ event: 'started' }, counters.transactionsStarted],
      [{ event: 'stopped' }, counters.transactionsStopped],
      [{ event: 'repeated' }, counters.transactionRetries],
    ]),
    family(
      'csms_violations_total',
      'counter',
      'Rules that stations broke.',
      Object.entries(counters.findings).map(([rule, { level, count }]) => [{ rule, level }, count]),
    ),
  ]
}

function family(
  name: string,
  type: 'counter' | 'gauge',
  help: string,
  samples: readonly Sample[],
): string {
  const lines = samples.map(([labels, value]) => `${name}${shown(labels)} ${value}\n`)
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`
}

function shown(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}
