import type { Domain } from './domain.ts'
import type { StationRecord } from './station.ts'

/** What became of a reservation that the station accepted. */
export type ReservationState =
  | 'Active'
  /** A transaction of its holder, or of his group, ended it. */
  | 'Used'
  | 'Cancelled'
  | 'Expired'
  /** Its connector became Faulted or Unavailable. */
  | 'Removed'
  /** Another of the same id took its place. */
  | 'Replaced'
  /** 2.1: its holder came, and no transaction began. */
  | 'NoTransaction'

/** A reservation, as the station accepted it. Written in place. */
export interface ReservationRecord {
  readonly reservationId: number
  /** 1.6 only; 0 = any connector of the station. */
  readonly connectorId?: number
  /** 2.x only; absent = any. */
  readonly evseId?: number
  /** 2.x only; absent = whichever. */
  readonly connectorType?: string
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

type Changed = readonly Readonly<ReservationRecord>[]

/** How many are kept of a station, ended ones included; the oldest ended ones go first. */
const mostReservations = 100

/**
 * The station accepted a reservation; one of the same id is replaced by it [1.6 5.13].
 * @returns what changed, as do the others here
 */
export function addReservation(record: StationRecord, known: NewReservation): Changed {
  const replaced = endReservation(record, known.reservationId, 'Replaced', known.acceptedAt)
  const all = (record.reservations ??= [])
  const added: ReservationRecord = {
    ...known,
    state: 'Active',
    endedAt: undefined,
    transactionId: undefined,
  }
  all.push(added)
  if (all.length > mostReservations) {
    const ended = all.findIndex(({ state }) => state !== 'Active')
    all.splice(Math.max(0, ended), 1)
  }
  return [...replaced, added]
}

/** Ends an active reservation, if there is one of this id. */
export function endReservation(
  record: StationRecord,
  reservationId: number,
  state: Exclude<ReservationState, 'Active'>,
  at: string,
  transactionId?: number | string,
): Changed {
  const known = record.reservations?.find(
    (one) => one.reservationId === reservationId && one.state === 'Active',
  )
  if (!known) return []
  known.transactionId = transactionId
  return [end(known, state, at)]
}

/**
 * 1.6: ends what is reserved at connectors that are Faulted or Unavailable [1.6 5.13]; for connector
 * 0 where all of them are. A 2.x station tells of it itself [2.0.1 H01.FR.16, FR.17].
 */
export function removeReservations(record: StationRecord, at: string): Changed {
  const out = (connectorId: number) => outOfService(record, connectorId)
  const plugs = record.connectors.filter(({ connectorId }) => connectorId > 0)
  const allOut = plugs.length > 0 && plugs.every(({ connectorId }) => out(connectorId))
  return activeOf(record)
    .filter(({ connectorId }) => {
      if (connectorId === undefined) return false
      return out(0) || (connectorId === 0 ? allOut : out(connectorId))
    })
    .map((known) => end(known, 'Removed', at))
}

/** Ends those whose time has passed. */
export function expireReservations(record: StationRecord, nowMs: number): Changed {
  return activeOf(record)
    .filter((known) => isOver(known, nowMs))
    .map((known) => end(known, 'Expired', known.expiryDate))
}

/** A station's reservations as they stand now, oldest first. */
export function reservationsOf(
  record: StationRecord,
  nowMs: number,
): readonly Readonly<ReservationRecord>[] {
  return (record.reservations ?? []).map((known) =>
    known.state === 'Active' && isOver(known, nowMs)
      ? { ...known, state: 'Expired', endedAt: known.expiryDate }
      : known,
  )
}

/** Saves the station and tells whoever listens, if anything changed. */
export function reservationsChanged(
  { stations, emit }: Pick<Domain, 'stations' | 'emit'>,
  record: StationRecord,
  changed: Changed,
): void {
  if (changed.length === 0) return
  stations.save(record)
  for (const { reservationId, connectorId, evseId, idToken, state } of changed) {
    emit?.({
      type: 'reservation',
      stationId: record.id,
      reservationId,
      connectorId,
      evseId,
      idToken,
      state,
    })
  }
}

function activeOf({ reservations = [] }: StationRecord): readonly ReservationRecord[] {
  return reservations.filter(({ state }) => state === 'Active')
}

function isOver({ expiryDate }: ReservationRecord, nowMs: number): boolean {
  return Date.parse(expiryDate) <= nowMs
}

function outOfService({ connectors }: StationRecord, connectorId: number): boolean {
  const status = connectors.find((known) => known.connectorId === connectorId)?.status
  return status === 'Faulted' || status === 'Unavailable'
}

function end(known: ReservationRecord, state: ReservationState, at: string): ReservationRecord {
  known.state = state
  known.endedAt = at
  return known
}
