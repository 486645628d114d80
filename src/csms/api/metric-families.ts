import { packageVersion } from '../../platform/package-version.ts'
import type { CountersSnapshot } from '../counters.ts'
import type { Measures } from './operations.ts'

const version = packageVersion()

/** Everything that the families are computed from. */
export interface Observed extends Measures {
  readonly runId: string
  readonly storeKind: string
  readonly uptimeSeconds: number
  /** Readers of the event stream. */
  readonly eventStreams: number
}

/** A sample: the values of its family's labels in their order, and its own. */
type Sample = readonly [labels: readonly string[], value: number]

interface MetricFamily {
  readonly name: string
  readonly type: 'counter' | 'gauge'
  readonly help: string
  /** Names of labels. Their values are bounded: no station, token or anything else that grows. */
  readonly labels: readonly string[]
  readonly samples: (observed: Observed) => readonly Sample[]
}

const one = (value: number): readonly Sample[] => [[[], value]]

/** A count for each name of a tally. */
const tallied = (counts: Readonly<Record<string, number>>): Sample[] =>
  Object.entries(counts).map(([name, count]) => [name.split(' '), count])

/** CALLs to stations by action, however they ended. */
function commandsByAction(commands: Readonly<Record<string, number>>): Sample[] {
  const sums: Record<string, number> = {}
  for (const [name, count] of Object.entries(commands)) {
    const [action = ''] = name.split(' ')
    sums[action] = (sums[action] ?? 0) + count
  }
  return Object.entries(sums).map(([action, count]) => [[action, 'out'], count])
}

/** Why upgrades are refused, by the status of the answer. */
const refusals: Readonly<Record<string, string>> = {
  '400': 'malformed',
  '401': 'unauthenticated',
  '403': 'forbidden',
  '404': 'unknown_station',
  '429': 'too_many_attempts',
  '503': 'busy',
}

/** Every reason, those that did not occur, too: a rate needs a beginning. */
function refusalsByReason({ refusals: counts, handshakesFailed }: CountersSnapshot): Sample[] {
  const known = Object.entries(refusals).map(
    ([status, reason]): Sample => [[reason], counts[status] ?? 0],
  )
  const others = Object.entries(counts).filter(([status]) => !Object.hasOwn(refusals, status))
  const other = others.reduce((sum, [, count]) => sum + count, 0)
  return [[['tls'], handshakesFailed], ...known, [['other'], other]]
}

/** The families of `/metrics` in their order; the reference page is made from them. */
export const metricFamilies: readonly MetricFamily[] = [
  {
    name: 'csms_build_info',
    type: 'gauge',
    help: 'Always 1; what runs here.',
    labels: ['version', 'run_id', 'store'],
    samples: ({ runId, storeKind }) => [[[version, runId, storeKind], 1]],
  },
  {
    name: 'csms_uptime_seconds',
    type: 'gauge',
    help: 'Since the start.',
    labels: [],
    samples: ({ uptimeSeconds }) => one(uptimeSeconds),
  },
  {
    name: 'csms_connections',
    type: 'gauge',
    help: 'Stations that are connected.',
    labels: ['version'],
    samples: ({ holdings }) => tallied(holdings.connectionsByVersion),
  },
  {
    name: 'csms_stations',
    type: 'gauge',
    help: 'Stations that are known.',
    labels: [],
    samples: ({ holdings }) => one(holdings.stations),
  },
  {
    name: 'csms_tokens',
    type: 'gauge',
    help: 'Tokens that have a name here.',
    labels: [],
    samples: ({ holdings }) => one(holdings.tokens),
  },
  {
    name: 'csms_transactions',
    type: 'gauge',
    help: 'Transactions that are stored.',
    labels: [],
    samples: ({ holdings }) => one(holdings.transactions),
  },
  {
    name: 'csms_event_streams',
    type: 'gauge',
    help: 'Readers of the event stream.',
    labels: [],
    samples: ({ eventStreams }) => one(eventStreams),
  },
  {
    name: 'csms_messages_total',
    type: 'counter',
    help: 'OCPP messages, seen from the CSMS.',
    labels: ['direction'],
    samples: ({ counters }) => [
      [['in'], counters.messagesReceived],
      [['out'], counters.messagesSent],
    ],
  },
  {
    name: 'csms_calls_total',
    type: 'counter',
    help: 'CALLs of known actions, seen from the CSMS.',
    labels: ['action', 'direction'],
    samples: ({ counters }) => [
      ...tallied(counters.calls).map(([[action = ''], count]): Sample => [[action, 'in'], count]),
      ...commandsByAction(counters.commands),
    ],
  },
  {
    name: 'csms_commands_total',
    type: 'counter',
    help: 'CALLs to stations by how they ended.',
    labels: ['action', 'outcome'],
    samples: ({ counters }) => tallied(counters.commands),
  },
  {
    name: 'csms_unreadable_frames_total',
    type: 'counter',
    help: 'Frames that are no OCPP frame.',
    labels: [],
    samples: ({ counters }) => one(counters.unreadable),
  },
  {
    name: 'csms_late_answers_total',
    type: 'counter',
    help: 'Answers after their CALL was given up.',
    labels: [],
    samples: ({ counters }) => one(counters.lateAnswers),
  },
  {
    name: 'csms_violations_total',
    type: 'counter',
    help: 'Rules that stations broke.',
    labels: ['rule', 'level'],
    samples: ({ counters }) =>
      Object.entries(counters.findings).map(([rule, { level, count }]) => [[rule, level], count]),
  },
  {
    name: 'csms_handler_failures_total',
    type: 'counter',
    help: 'Faults of this program.',
    labels: [],
    samples: ({ counters }) => one(counters.handlerFailures),
  },
  {
    name: 'csms_upgrades_total',
    type: 'counter',
    help: 'WebSocket upgrades by how they ended.',
    labels: ['outcome'],
    samples: ({ counters }) => [
      [['accepted'], counters.connectionsAccepted],
      [['refused'], counters.connectionsRefused],
    ],
  },
  {
    name: 'csms_handshakes_refused_total',
    type: 'counter',
    help: `Connections that were not let in, by why: tls, ${Object.values(refusals).join(', ')}, other.`,
    labels: ['reason'],
    samples: ({ counters }) => refusalsByReason(counters),
  },
  {
    name: 'csms_connections_replaced_total',
    type: 'counter',
    help: 'Connections that gave way to a newer one of their station.',
    labels: [],
    samples: ({ counters }) => one(counters.connectionsReplaced),
  },
  {
    name: 'csms_transaction_events_total',
    type: 'counter',
    help: 'Starts, stops and repeated messages.',
    labels: ['event'],
    samples: ({ counters }) => [
      [['started'], counters.transactionsStarted],
      [['stopped'], counters.transactionsStopped],
      [['repeated'], counters.transactionRetries],
    ],
  },
  {
    name: 'csms_store_stuck',
    type: 'gauge',
    help: 'Processes whose store cannot save at present: they refuse transactions.',
    labels: [],
    samples: ({ holdings }) => one(holdings.stuckStores),
  },
  {
    name: 'csms_journal_bytes_total',
    type: 'counter',
    help: 'Written to the journals of the store.',
    labels: [],
    samples: ({ holdings }) => one(holdings.journalBytes),
  },
  {
    name: 'csms_process_cpu_seconds_total',
    type: 'counter',
    help: 'User and system time; process 0 listens.',
    labels: ['process'],
    samples: ({ processes }) =>
      processes.map(({ process, cpuSeconds }) => [[String(process)], cpuSeconds]),
  },
  {
    name: 'csms_process_resident_memory_bytes',
    type: 'gauge',
    help: 'Resident memory; process 0 listens.',
    labels: ['process'],
    samples: ({ processes }) =>
      processes.map(({ process, rssBytes }) => [[String(process)], rssBytes]),
  },
]

/** The text of `/metrics`. */
export function metricsText(observed: Observed): string {
  return metricFamilies.map((family) => familyText(family, observed)).join('')
}

function familyText({ name, type, help, labels, samples }: MetricFamily, observed: Observed) {
  const lines = samples(observed).map(([values, value]) => {
    const pairs = labels.map((label, at) => `${label}=${JSON.stringify(values[at] ?? '')}`)
    return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}\n`
  })
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`
}
