import type { StationRecord } from './station.ts'

/** What became of a reservation that the station accepted. */
type ReservationState =
  | 'Active'
  /** A transaction of its holder, or of his group, ended it. */
  | 'Used'
  | 'Cancelled'
  | 'Expired'
  /** Its connector became Faulted or Unavailable. */
  | 'Removed'
  /** Another of the same id took its place. */
  | 'Replaced'

/** A reservation, as the station accepted it. Written in place. */
export interface ReservationRecord {
  readonly reservationId: number
  /** 0 = any connector of the station. */
  readonly connectorId: number
  readonly idToken: string
  readonly groupId: string | undefined
  /** RFC 3339. */
  readonly expiryDate: string
  readonly acceptedAt: string
  state: ReservationState
  /** Undefined while it is Active. */
  endedAt: string | undefined
  /** Of the transaction that used it. */
  transactionId: number | string | undefined
}

type NewReservation = Omit<ReservationRecord, 'state' | 'endedAt' | 'transactionId'>

/** How many are kept of a station, ended ones included; the oldest ended ones go first. */
const mostReservations = 100

/** The station accepted a reservation; one of the same id is replaced by it [1.6 5.13]. */
export function addReservation(record: StationRecord, known: NewReservation): void {
  endReservation(record, known.reservationId, 'Replaced', known.acceptedAt)
  const all = (record.reservations ??= [])
  all.push({ ...known, state: 'Active', endedAt: undefined, transactionId: undefined })
  if (all.length <= mostReservations) return
  const ended = all.findIndex(({ state }) => state !== 'Active')
  all.splice(Math.max(0, ended), 1)
}

/** Ends an active reservation; false where there is none of this id. */
export function endReservation(
  record: StationRecord,
  reservationId: number,
  state: Exclude<ReservationState, 'Active'>,
  at: string,
  transactionId?: number | string,
): boolean {
  const known = record.reservations?.find(
    (one) => one.reservationId === reservationId && one.state === 'Active',
  )
  if (!known) return false
  end(known, state, at)
  known.transactionId = transactionId
  return true
}

/**
 * Ends what is reserved at connectors that are Faulted or Unavailable [1.6 5.13]; for connector 0
 * where all of them are.
 * @returns whether there was anything
 */
export function removeReservations(record: StationRecord, at: string): boolean {
  const out = (connectorId: number) => outOfService(record, connectorId)
  const plugs = record.connectors.filter(({ connectorId }) => connectorId > 0)
  const allOut = plugs.length > 0 && plugs.every(({ connectorId }) => out(connectorId))
  let removed = false
  for (const known of record.reservations ?? []) {
    if (known.state !== 'Active') continue
    if (!out(0) && !(known.connectorId === 0 ? allOut : out(known.connectorId))) continue
    end(known, 'Removed', at)
    removed = true
  }
  return removed
}

function outOfService({ connectors }: StationRecord, connectorId: number): boolean {
  const status = connectors.find((known) => known.connectorId === connectorId)?.status
  return status === 'Faulted' || status === 'Unavailable'
}

/** Marks those whose time has passed. @returns whether there were any */
export function expireReservations(record: StationRecord, nowMs: number): boolean {
  let expired = false
  for (const known of record.reservations ?? []) {
    if (known.state !== 'Active' || Date.parse(known.expiryDate) > nowMs) continue
    end(known, 'Expired', known.expiryDate)
    expired = true
  }
  return expired
}

/** A station's reservations as they stand now, oldest first. */
export function reservationsOf(
  record: StationRecord,
  nowMs: number,
): readonly Readonly<ReservationRecord>[] {
  expireReservations(record, nowMs)
  return record.reservations ?? []
}

function end(known: ReservationRecord, state: ReservationState, at: string): void {
  known.state = state
  known.endedAt = at
}
