import type { StationRecord } from './station.ts'

/** A security event that a station told of [1.6 SWP A04] [2.0.1 A04]. */
export interface SecurityEventRecord {
  /** As the station wrote it. */
  readonly type: string
  /** RFC 3339, by the station's clock. */
  readonly timestamp: string
  readonly techInfo: string | undefined
  /** By our clock. */
  readonly receivedAt: string
}

/** How many are kept of a station. */
const mostEvents = 100

/** Keeps an event; the oldest go first. */
export function addSecurityEvent(record: StationRecord, event: SecurityEventRecord): void {
  record.securityEvents ??= []
  record.securityEvents.push(event)
  if (record.securityEvents.length > mostEvents) record.securityEvents.shift()
}
