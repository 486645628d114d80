import { isoTime } from '../../shared/clock.ts'
import type { StationContext } from './domain.ts'
import { withoutCredentials } from './location.ts'
import { type Progress, progressed, type StatusInfo } from './progress.ts'

/** A log that a station was asked for. */
export interface LogRecord {
  /** Undefined: 1.6 GetDiagnostics knows none. */
  requestId: number | undefined
  /** Diagnostics of 1.6 Core, or a log type as the wire spells it. */
  type: string
  /** Without credentials; undefined: nobody asked for it here. */
  location: string | undefined
  fileName: string | undefined
  /** RFC 3339. */
  orderedAt: string | undefined
  /** The last status told, as the wire spells it; undefined: none yet. */
  status: string | undefined
  since: string | undefined
  /** The latest statuses, oldest first. */
  progress: Progress[]
}

/** Logs that are remembered of a station. */
const mostLogs = 16

export interface LogOrdered {
  readonly requestId?: number | undefined
  readonly type: string
  readonly location: string
  readonly fileName: string | undefined
}

/** GetDiagnostics was answered: the latest counts [1.6 5.9]. */
export function diagnosticsOrdered(order: LogOrdered, context: StationContext): void {
  context.station.record.diagnostics = ordered(order, context)
  context.domain.stations.save(context.station.record)
}

/** A status of diagnostics. Idle says that there is nothing: it changes nothing [1.6 4.4]. */
export function diagnosticsStatus(status: string, context: StationContext): void {
  if (status === 'Idle') return
  const { record } = context.station
  record.diagnostics ??= unordered(undefined, 'Diagnostics')
  tell(record.diagnostics, status, context)
}

/** GetLog was accepted. */
export function logOrdered(order: LogOrdered, context: StationContext): void {
  keep(ordered(order, context), context)
  context.domain.stations.save(context.station.record)
}

/** A new GetLog called off the upload before, of which nothing more is heard [1.6 SWP N01.FR.11]. */
export function logCanceled(context: StationContext): void {
  const latest = context.station.record.logs?.at(-1)
  // In 2.0.1 a LogStatusNotification says so.
  if (latest) tell(latest, 'AcceptedCanceled', context)
}

/** A status of the log with this id, or of the latest where it names none. */
export function logStatus(
  status: string,
  requestId: number | undefined,
  context: StationContext,
  statusInfo?: StatusInfo,
): void {
  if (status === 'Idle') return
  const { logs = [] } = context.station.record
  const known =
    requestId === undefined ? logs.at(-1) : logs.findLast((log) => log.requestId === requestId)
  const log = known ?? keep(unordered(requestId, 'unknown'), context)
  tell(log, status, context, statusInfo)
}

function keep(log: LogRecord, { station }: StationContext): LogRecord {
  const { record } = station
  record.logs ??= []
  record.logs.push(log)
  if (record.logs.length > mostLogs) record.logs.shift()
  return log
}

function tell(
  log: LogRecord,
  status: string,
  { station, domain }: StationContext,
  statusInfo?: StatusInfo,
): void {
  log.status = status
  log.since = isoTime(domain.clock.wallMs())
  progressed(log.progress, status, log.since, statusInfo)
  domain.stations.save(station.record)
}

function ordered(
  { requestId, type, location, fileName }: LogOrdered,
  { domain }: StationContext,
): LogRecord {
  return {
    ...unordered(requestId, type),
    location: withoutCredentials(location),
    fileName,
    orderedAt: isoTime(domain.clock.wallMs()),
  }
}

function unordered(requestId: number | undefined, type: string): LogRecord {
  return {
    requestId,
    type,
    location: undefined,
    fileName: undefined,
    orderedAt: undefined,
    status: undefined,
    since: undefined,
    progress: [],
  }
}
