import type { StationRecord } from './station.ts'

/** What the CSMS ordered of a connector, or of the whole station, last [1.6 5.2]. */
export interface AvailabilityRecord {
  /** 2.x only. */
  readonly evseId: number | undefined
  /** 0 = the station with all its connectors. */
  readonly connectorId: number
  readonly type: 'Operative' | 'Inoperative'
  /** Scheduled: it waits for the end of a transaction; Accepted: it holds. */
  status: 'Accepted' | 'Scheduled'
  /** RFC 3339, of the CSMS. */
  readonly orderedAt: string
}

/** No station has more connectors; whoever claims so is remembered in part. */
const mostOrders = 200

/** The station took an order: it replaces the one before, and one for all those for each. */
export function ordered(record: StationRecord, order: AvailabilityRecord): void {
  const others = (record.availability ?? []).filter(
    ({ evseId, connectorId }) =>
      order.connectorId !== 0 && (connectorId !== order.connectorId || evseId !== order.evseId),
  )
  record.availability = [...others, order].slice(-mostOrders)
}

/** A connector reports a status: an order that waited for the end of a transaction holds now. */
export function availabilityReached(
  record: StationRecord,
  connectorId: number,
  status: string,
): void {
  if (!record.availability || status !== 'Unavailable') return
  for (const order of record.availability) {
    if (order.status !== 'Scheduled') continue
    if (order.connectorId === connectorId || (order.connectorId === 0 && connectorId !== 0)) {
      order.status = 'Accepted'
    }
  }
}
