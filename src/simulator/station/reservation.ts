import type { StationServices } from './behaviour.ts'
import type { Evse } from './evse.ts'

/** What is kept free for somebody. */
interface ReservedPlace {
  /** Undefined: whichever suits. */
  readonly evse: number | undefined
  /** 1.6: the one connector of the EVSE that it is for; undefined: all of them. */
  readonly connector: number | undefined
  /** 2.x: an EVSE suits that has such a connector. */
  readonly connectorType: string | undefined
}

/** A reservation that stands. */
export interface Reservation extends ReservedPlace {
  readonly id: number
  readonly idToken: string
  /** 1.6 parentIdTag. */
  readonly groupId: string | undefined
  /** Wire ms of the order. */
  readonly madeMs: number
  /** Wire ms. */
  readonly expiresMs: number
}

/** Who asks, and what reservations of a station mean to its version. */
export interface ReservationHost {
  readonly station: StationServices
  /** Somebody charges here, or is about to: no place for others. */
  inUse(evse: Evse): boolean
  /** What the station knows by itself of a token that is presented here; undefined = nothing. */
  known(evse: Evse, idToken: string): { readonly groupId: string | undefined } | undefined
  /** These ended by themselves. */
  ended?(reservations: readonly Reservation[], why: 'Expired' | 'Removed'): void
  /** What is reserved changed by itself. */
  changed(): void
  /**
   * 2.x: a reservation ends when its token is presented, whether a transaction begins or not, and
   * a cable alone does not end the status Reserved [2.0.1 G01.FR.09, H03.FR.09]. 1.6: it ends with
   * the start of the transaction [1.6 4.8].
   */
  readonly endsWithToken?: boolean
}

/** What reservations say of somebody who wants to charge at a place. */
export type Access =
  /** Nobody's reservation is in the way. */
  | { readonly kind: 'open' }
  /** It is his. */
  | { readonly kind: 'holder'; readonly reservation: Reservation }
  /** Only the CSMS can tell whether he belongs to the holder's group. */
  | { readonly kind: 'askGroup'; readonly reservation: Reservation }
  | { readonly kind: 'reserved'; readonly reservation: Reservation }

/** Nobody reserved it. */
export const openAccess: Access = { kind: 'open' }

/** What these reservations of one place say of him. */
export function accessTo(
  reservations: readonly Reservation[],
  idToken: string,
  known: ReturnType<ReservationHost['known']>,
): Access {
  let result = openAccess
  for (const reservation of reservations) {
    const { idToken: holder, groupId: group } = reservation
    const theirs = [idToken, known?.groupId]
    if (theirs.some((id) => id !== undefined && (same(id, holder) || same(id, group)))) {
      return { kind: 'holder', reservation }
    }
    const kind = group !== undefined && !known ? 'askGroup' : 'reserved'
    if (result.kind !== 'askGroup') result = { kind, reservation }
  }
  return result
}

/** The EVSE is the one, or has a connector of the type, whatever state it is in. */
export function isMeant({ evse: id, connectorType }: ReservedPlace, evse: Evse): boolean {
  if (id !== undefined) return evse.id === id
  return connectorType === undefined || evse.plan.connectors.includes(connectorType)
}

/** CiString: letter case makes no difference. */
function same(one: string, other: string | undefined): boolean {
  return one.toLowerCase() === other?.toLowerCase()
}
