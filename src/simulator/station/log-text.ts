import type { StationServices } from './behaviour.ts'
import type { LedgerEntry } from './ledger.ts'
import type { SecurityLogEntry } from './security-events.ts'

/** Time stamps of the CSMS; a side that is missing is open. */
export interface LogSpan {
  readonly from: string | undefined
  readonly to: string | undefined
}

/** Whether a time stamp lies in the span, its ends included. */
export function within(time: string, { from, to }: LogSpan): boolean {
  const at = Date.parse(time)
  return (
    (from === undefined || at >= Date.parse(from)) && (to === undefined || at <= Date.parse(to))
  )
}

/** Longest name in an answer [1.6 5.9] [2.0.1 GetLogResponse]. */
const longestName = 255

/** `CP-1-diagnostics-20260102T030405Z.log`: harmless on every file system. */
export function logFileName(
  station: Pick<StationServices, 'id' | 'wireTime'>,
  kind: 'diagnostics' | 'security' | 'data',
): string {
  const time = station.wireTime().replace(/[-:]|\.\d+/g, '')
  const ending = `-${kind}-${time}.log`
  const id = station.id.replace(/[^A-Za-z0-9._-]+/g, '_').replace(/^[._-]+/, '')
  return `${(id || 'station').slice(0, longestName - ending.length)}${ending}`
}

/** The security events of this span, a line each [1.6 SWP A04]; undefined: there are none. */
export function securityLog(
  log: readonly SecurityLogEntry[] | undefined,
  span: LogSpan,
): string | undefined {
  const events = (log ?? []).filter(({ timestamp }) => within(timestamp, span))
  if (events.length === 0) return undefined
  return events
    .map(({ timestamp, type, techInfo }) => `${timestamp} ${type} ${techInfo ?? ''}`.trimEnd())
    .join('\n')
    .concat('\n')
}

/** The transactions that touch this span of time, a line each. */
export function transactionLines(books: readonly LedgerEntry[], span: LogSpan): string[] {
  return books.filter((entry) => touches(entry, span)).map(transactionLine)
}

/** Open ones reach into the future. */
function touches({ startedAt, stoppedAt }: LedgerEntry, { from, to }: LogSpan): boolean {
  const startsInTime = within(startedAt, { from: undefined, to })
  return startsInTime && (stoppedAt === undefined || within(stoppedAt, { from, to: undefined }))
}

function transactionLine(entry: LedgerEntry): string {
  const { transactionId, evse, startedAt, stoppedAt, meterStartWh, meterWh } = entry
  const name = transactionId === '' ? '?' : transactionId
  const registers = `${Math.round(meterStartWh)} Wh ${Math.round(meterWh)} Wh`
  return `${name} evse ${evse} ${startedAt} ${stoppedAt ?? 'open'} ${registers}`
}
