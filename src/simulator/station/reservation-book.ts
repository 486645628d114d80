import type { CancelTimer } from '../../shared/clock.ts'
import type { StationServices } from './behaviour.ts'
import { type Evse, isPlugged } from './evse.ts'
import { mostMet } from './matching.ts'

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
  /** Wire ms. */
  readonly expiresMs: number
}

/** How an order for a reservation is answered by what the place allows [1.6 5.13] [2.0.1 H01]. */
export type ReservationAnswer = 'Accepted' | 'Faulted' | 'Occupied' | 'Unavailable'

/** What reservations say of somebody who wants to charge at a place. */
type Access =
  /** Nobody's reservation is in the way. */
  | { readonly kind: 'open' }
  /** It is his. */
  | { readonly kind: 'holder'; readonly reservation: Reservation }
  /** Only the CSMS can tell whether he belongs to the holder's group. */
  | { readonly kind: 'askGroup'; readonly reservation: Reservation }
  | { readonly kind: 'reserved'; readonly reservation: Reservation }

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

const open: Access = { kind: 'open' }

/**
 * The reservations of one station [1.6 3.11, 5.13] [2.0.1 H]. An EVSE serves one EV at a time:
 * whoever reserved one of its connectors has all of it. One for no particular EVSE keeps one free
 * that suits, whichever. They survive reboots and end by use, expiry (wire time), cancellation, fault
 * or unavailability.
 */
export class ReservationBook {
  readonly #host: ReservationHost
  #expiryTimer: CancelTimer | undefined
  /** EVSEs kept free for whoever may take any, as last looked at; made when first needed. */
  #kept: Set<number> | undefined

  constructor(host: ReservationHost) {
    this.#host = host
  }

  /** Some reservation is for no particular EVSE: what happens at one concerns the others. */
  get stationWide(): boolean {
    return !this.#none && this.#all().some(({ evse }) => evse === undefined)
  }

  /** One with the id of another replaces that [1.6 5.13] [2.0.1 H01.FR.02]. */
  reserve(reservation: Reservation): ReservationAnswer {
    const evse = reservation.evse === undefined ? undefined : this.#evse(reservation.evse)
    const status = evse ? this.#statusAt(evse, reservation) : this.#statusOfAny(reservation)
    if (status !== 'Accepted') return status
    const { memory } = this.#host.station
    memory.reservations ??= new Map()
    memory.reservations.set(reservation.id, reservation)
    this.#watch()
    return status
  }

  /** False: there is none of this id. */
  cancel(id: number): boolean {
    const known = this.#forget(id)
    if (known) this.#watch()
    return known
  }

  access(evse: Evse, idToken: string): Access {
    if (this.#none) return open
    const here = this.#at(evse)
    if (here) return this.#accessTo([here], evse, idToken)
    const anywhere = this.#waiting(evse).filter((waiting) => this.#suits(waiting, evse))
    if (anywhere.length === 0) return open
    const access = this.#accessTo(anywhere, evse, idToken)
    return access.kind === 'holder' || this.#needed(evse) ? access : open
  }

  /** He may not begin here, as far as the station knows. */
  closed(evse: Evse, idToken: string): boolean {
    const { kind } = this.access(evse, idToken)
    return kind === 'reserved' || kind === 'askGroup'
  }

  /** The id of the reservation that he ends by coming [1.6 4.8, 5.13] [2.0.1 H03.FR.09]. */
  use(evse: Evse, idToken: string): number | undefined {
    const access = this.access(evse, idToken)
    if (access.kind !== 'holder') return undefined
    const { id, evse: place } = access.reservation
    this.cancel(id)
    if (place === undefined) this.#host.station.afterwards(() => this.#host.changed())
    return id
  }

  /** The status Reserved is due, if nothing else goes on at the connector. */
  reserved(evse: Evse, connector: number): boolean {
    if (this.#none) return false
    const here = this.#at(evse)
    if (here) return here.connector === undefined || here.connector === connector
    if (isPlugged(evse) && !this.#kept?.has(evse.id)) return false
    const kept = this.#usable(evse) && !this.#taken(evse) && this.#needed(evse)
    if (this.#host.endsWithToken) this.#keep(evse, kept)
    return kept
  }

  /** Ends what a fault or an order of the CSMS made impossible [1.6 5.13] [2.0.1 H01.FR.16, FR.17]. */
  review(): void {
    if (this.#none) return
    const { evses } = this.#host.station
    const gone = this.#all().filter(
      (reservation) => !evses.some((evse) => this.#suits(reservation, evse)),
    )
    this.#end(gone, 'Removed')
  }

  /** What expired meanwhile ends; the next is waited for by the wire clock of now. */
  resume(): void {
    if (!this.#none) this.#expire()
  }

  /** Power is gone, or the run is over: nothing is waited for. */
  suspend(): void {
    this.#expiryTimer?.()
    this.#expiryTimer = undefined
  }

  #statusAt(evse: Evse, reservation: Reservation): ReservationAnswer {
    if (evse.fault) return 'Faulted'
    if (!this.#suits(reservation, evse)) return 'Unavailable'
    const other = this.#at(evse)
    if (isPlugged(evse) || this.#taken(evse) || (other && other.id !== reservation.id)) {
      return 'Occupied'
    }
    return this.#needed(evse, reservation.id) ? 'Occupied' : 'Accepted'
  }

  #statusOfAny(reservation: Reservation): ReservationAnswer {
    const waiting = this.#waiting().filter(({ id }) => id !== reservation.id)
    const free = this.#freeEvses(reservation.id)
    const promised = this.#served(waiting, free)
    if (this.#served([...waiting, reservation], free) > promised) return 'Accepted'
    const targeted = this.#host.station.evses.filter((evse) => isMeant(reservation, evse))
    if (targeted.some((evse) => this.#suits(reservation, evse))) return 'Occupied'
    return targeted.every(({ fault }) => fault) ? 'Faulted' : 'Unavailable'
  }

  #accessTo(reservations: readonly Reservation[], evse: Evse, idToken: string): Access {
    const known = this.#host.known(evse, idToken)
    let result: Access = open
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

  /** Nearly always so: status and start of a transaction cost nothing then. */
  get #none(): boolean {
    const { reservations } = this.#host.station.memory
    return reservations === undefined || reservations.size === 0
  }

  #all(): readonly Reservation[] {
    const { reservations } = this.#host.station.memory
    return reservations ? [...reservations.values()] : []
  }

  #evse(id: number): Evse | undefined {
    return this.#host.station.evse(id)
  }

  #at(evse: Evse): Reservation | undefined {
    const { reservations } = this.#host.station.memory
    if (!reservations) return undefined
    for (const reservation of reservations.values()) {
      if (reservation.evse === evse.id) return reservation
    }
    return undefined
  }

  /** For any EVSE, their holders not authorised anywhere yet; but for one place. */
  #waiting(but?: Evse): readonly Reservation[] {
    const { station, endsWithToken } = this.#host
    const others = endsWithToken ? [] : station.evses.filter((evse) => evse !== but)
    return this.#all().filter(
      (reservation) =>
        reservation.evse === undefined &&
        !others.some((evse) => {
          const idToken = evse.authorization?.token.idToken
          if (idToken === undefined) return false
          return this.#accessTo([reservation], evse, idToken).kind === 'holder'
        }),
    )
  }

  /** Without this EVSE, not all could be served who may take any. */
  #needed(evse: Evse, but?: number): boolean {
    const waiting = this.#waiting(evse).filter(({ id }) => id !== but)
    if (waiting.length === 0) return false
    const others = this.#freeEvses(but).filter((one) => one !== evse)
    return this.#served(waiting, others) < this.#served(waiting, [...others, evse])
  }

  #served(reservations: readonly Reservation[], evses: readonly Evse[]): number {
    return mostMet(reservations, evses, (reservation, evse) => this.#suits(reservation, evse))
  }

  /** @param id of a reservation that does not count */
  #freeEvses(id?: number): readonly Evse[] {
    return this.#host.station.evses.filter((evse) => {
      const here = this.#at(evse)
      const empty = !isPlugged(evse) || this.#kept?.has(evse.id)
      return empty && this.#usable(evse) && !this.#taken(evse) && (!here || here.id === id)
    })
  }

  #taken(evse: Evse): boolean {
    return !evse.free || this.#host.inUse(evse)
  }

  #usable(evse: Evse): boolean {
    return evse.plan.connectors.some((_type, at) => this.#usableAt(evse, at + 1))
  }

  #usableAt(evse: Evse, connector: number): boolean {
    return !evse.fault && this.#host.station.memory.usable(evse.id, connector)
  }

  /** The EVSE is meant, and what is wanted of it can be used. */
  #suits(reservation: Reservation, evse: Evse): boolean {
    if (!isMeant(reservation, evse)) return false
    const { connector, connectorType } = reservation
    if (connector !== undefined) return this.#usableAt(evse, connector)
    return evse.plan.connectors.some(
      (type, at) =>
        (connectorType === undefined || type === connectorType) && this.#usableAt(evse, at + 1),
    )
  }

  #keep(evse: Evse, kept: boolean): void {
    if (!kept) this.#kept?.delete(evse.id)
    else this.#kept = (this.#kept ?? new Set<number>()).add(evse.id)
  }

  #forget(id: number): boolean {
    const known = this.#host.station.memory.reservations?.delete(id) ?? false
    if (this.#none) this.#kept = undefined
    return known
  }

  #end(reservations: readonly Reservation[], why: 'Expired' | 'Removed'): void {
    for (const { id } of reservations) this.#forget(id)
    this.#watch()
    if (reservations.length > 0) this.#host.ended?.(reservations, why)
  }

  /** Whether one had come to its end. */
  #expire(): boolean {
    const nowMs = this.#host.station.wireMs()
    const over = this.#all().filter(({ expiresMs }) => expiresMs <= nowMs)
    this.#end(over, 'Expired')
    return over.length > 0
  }

  #watch(): void {
    this.suspend()
    const { station } = this.#host
    const all = this.#all()
    if (all.length === 0) return
    const next = Math.min(...all.map(({ expiresMs }) => expiresMs))
    const ms = Math.max(0, next - station.wireMs())
    this.#expiryTimer = station.clocks.simulated.after(ms, () => {
      if (this.#expire()) this.#host.changed()
    })
  }
}

/** The EVSE is the one, or has a connector of the type, whatever state it is in. */
function isMeant({ evse: id, connectorType }: ReservedPlace, evse: Evse): boolean {
  if (id !== undefined) return evse.id === id
  return connectorType === undefined || evse.plan.connectors.includes(connectorType)
}

/** CiString: letter case makes no difference. */
function same(one: string, other: string | undefined): boolean {
  return one.toLowerCase() === other?.toLowerCase()
}
