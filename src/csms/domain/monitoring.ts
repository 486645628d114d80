import type { StationRecord } from './station.ts'
import type { Named } from './variables.ts'
import { variableKey } from './variables.ts'

/** A monitor that a station has, as far as is known [2.0.1 N02, N04]. */
export interface MonitorRecord {
  readonly id: number
  readonly component: Named
  readonly variable: Named
  /** MonitorEnumType. */
  readonly type: string
  /** Threshold or difference in the variable's unit; of periodic ones seconds. */
  readonly value: number
  readonly severity: number
  /** Counts only during transactions. */
  readonly transaction: boolean
  /** EventNotificationEnumType; undefined: a report of 2.0.1 does not tell. */
  readonly kind: string | undefined
  /** RFC 3339: set, or last reported. */
  readonly knownAt: string
}

/** What is known of the monitoring of a station. */
export interface MonitoringRecord {
  /** Set here last; undefined: never. */
  base: string | undefined
  level: number | undefined
  monitors: MonitorRecord[]
}

/** No station has more; whoever claims so is remembered in part. */
const mostMonitors = 1000

/** What is known of it, made where nothing is yet. */
export function monitoringOf(record: StationRecord): MonitoringRecord {
  record.monitoring ??= { base: undefined, level: undefined, monitors: [] }
  return record.monitoring
}

/** A monitor was set or reported; one of its id is replaced. */
export function noteMonitor(record: StationRecord, monitor: MonitorRecord): void {
  const monitoring = monitoringOf(record)
  const others = monitoring.monitors.filter(({ id }) => id !== monitor.id)
  monitoring.monitors = [...others, monitor].slice(-mostMonitors)
}

/** The station has no monitor of this id any more. */
export function monitorCleared(record: StationRecord, id: number): void {
  const { monitoring } = record
  if (monitoring) monitoring.monitors = monitoring.monitors.filter((one) => one.id !== id)
}

/** A report of all monitors begins: there are no others. */
export function monitorsForgotten(record: StationRecord): void {
  if (record.monitoring) record.monitoring.monitors = []
}

/** Of monitors whose kind nobody told, custom ones are meant: they were set here [2.0.1 N03]. */
export function monitoringBaseSet(record: StationRecord, base: string): void {
  const monitoring = monitoringOf(record)
  monitoring.base = base
  if (base === 'All') return
  const gone =
    base === 'HardWiredOnly' ? ['CustomMonitor', 'PreconfiguredMonitor'] : ['CustomMonitor']
  monitoring.monitors = monitoring.monitors.filter(
    ({ kind = 'CustomMonitor' }) => !gone.includes(kind),
  )
}

/** What the monitor of an event looks at, and where it comes from, is news of it too. */
export function monitorSeen(
  record: StationRecord,
  event: {
    readonly id: number
    readonly component: Named
    readonly variable: Named
    readonly kind: string
  },
): void {
  const monitors = record.monitoring?.monitors
  const at = monitors?.findIndex(({ id }) => id === event.id) ?? -1
  const known = monitors?.[at]
  if (!monitors || !known || known.kind !== undefined) return
  const isSame =
    variableKey(known.component, known.variable) === variableKey(event.component, event.variable)
  if (isSame) monitors[at] = { ...known, kind: event.kind }
}
