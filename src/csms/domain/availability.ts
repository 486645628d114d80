import type { StationRecord } from './station.ts'

/** What the CSMS ordered of a connector, an EVSE or the whole station last [1.6 5.2] [2.0.1 G03]. */
export interface AvailabilityRecord {
  /** 2.x only; 0 = the station. */
  readonly evseId: number | undefined
  /** 1.6: 0 = the station with all its connectors; 2.x: 0 = the EVSE, or the station, itself. */
  readonly connectorId: number
  readonly type: 'Operative' | 'Inoperative'
  /** Scheduled: it waits for the end of a transaction; Accepted: it holds. */
  status: 'Accepted' | 'Scheduled'
  /** RFC 3339, of the CSMS. */
  readonly orderedAt: string
}

/** No station has more connectors; whoever claims so is remembered in part. */
const mostOrders = 200

/**
 * The station took an order: it replaces the one before. In 1.6 one for all connectors replaces those
 * for each; in 2.x station, EVSEs and connectors have states of their own [2.0.1 G03 note 1].
 */
export function ordered(record: StationRecord, order: AvailabilityRecord): void {
  const all = order.evseId === undefined && order.connectorId === 0
  const others = (record.availability ?? []).filter(
    ({ evseId, connectorId }) =>
      !all && (connectorId !== order.connectorId || evseId !== order.evseId),
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

/** The same for 2.x: an order holds when nothing is in use any more of what it is for [2.0.1 G03, G04]. */
export function availabilityReached2x({ availability, connectors }: StationRecord): void {
  for (const order of availability ?? []) {
    if (order.status !== 'Scheduled') continue
    const meant = connectors.filter(
      ({ evseId, connectorId }) =>
        (order.evseId === 0 || evseId === order.evseId) &&
        (order.connectorId === 0 || connectorId === order.connectorId),
    )
    if (meant.length > 0 && meant.every(({ status }) => outOfUse.has(status))) {
      order.status = 'Accepted'
    }
  }
}

const outOfUse: ReadonlySet<string> = new Set(['Unavailable', 'Faulted'])
