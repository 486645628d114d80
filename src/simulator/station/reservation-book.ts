import type { CancelTimer } from '../../shared/clock.ts'
import { type Evse, isPlugged } from './evse.ts'
import {
  type Access,
  accessTo,
  isMeant,
  openAccess,
  type Reservation,
  type ReservationHost,
} from './reservation.ts'
import { ReservedPlaces } from './reserved-places.ts'

/** How an order for a reservation is answered by what the place allows [1.6 5.13] [2.0.1 H01]. */
export type ReservationAnswer = 'Accepted' | 'Faulted' | 'Occupied' | 'Unavailable'

/**
 * The reservations of one station [1.6 3.11, 5.13] [2.0.1 H]. An EVSE serves one EV at a time:
 * whoever reserved one of its connectors has all of it. One for no particular EVSE keeps one free
 * that suits, whichever. They survive reboots and end by use, expiry (wire time), cancellation, fault
 * or unavailability.
 */
export class ReservationBook {
  readonly #host: ReservationHost
  readonly #places: ReservedPlaces
  #expiryTimer: CancelTimer | undefined

  constructor(host: ReservationHost) {
    this.#host = host
    this.#places = new ReservedPlaces(host)
  }

  /** Some reservation is for no particular EVSE: what happens at one concerns the others. */
  get stationWide(): boolean {
    return !this.#places.none && this.#places.all().some(({ evse }) => evse === undefined)
  }

  /** One with the id of another replaces that [1.6 5.13] [2.0.1 H01.FR.02]. */
  reserve(reservation: Reservation): ReservationAnswer {
    const { station } = this.#host
    const evse = reservation.evse === undefined ? undefined : station.evse(reservation.evse)
    const status = evse ? this.#statusAt(evse, reservation) : this.#statusOfAny(reservation)
    if (status !== 'Accepted') return status
    station.memory.reservations ??= new Map()
    station.memory.reservations.set(reservation.id, reservation)
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
    const places = this.#places
    if (places.none) return openAccess
    const here = places.at(evse)
    if (here) return this.#accessTo([here], evse, idToken)
    const anywhere = places.waiting(evse).filter((waiting) => places.suits(waiting, evse))
    if (anywhere.length === 0) return openAccess
    const access = this.#accessTo(anywhere, evse, idToken)
    return access.kind === 'holder' || places.needed(evse) ? access : openAccess
  }

  /** He may not begin here, as far as the station knows. */
  closed(evse: Evse, idToken: string): boolean {
    const { kind } = this.access(evse, idToken)
    return kind === 'reserved' || kind === 'askGroup'
  }

  /** The reservation that he ends by coming [1.6 4.8, 5.13] [2.0.1 H03.FR.09]. */
  use(evse: Evse, idToken: string): Reservation | undefined {
    const access = this.access(evse, idToken)
    if (access.kind !== 'holder') return undefined
    const { reservation } = access
    this.cancel(reservation.id)
    if (reservation.evse === undefined) {
      this.#host.station.afterwards(() => this.#host.changed())
    }
    return reservation
  }

  /** The status Reserved is due, if nothing else goes on at the connector. */
  reserved(evse: Evse, connector: number): boolean {
    if (this.#places.none) return false
    const here = this.#places.at(evse)
    if (here) return here.connector === undefined || here.connector === connector
    return this.#places.keeps(evse)
  }

  /** Ends what a fault or an order of the CSMS made impossible [1.6 5.13] [2.0.1 H01.FR.16, FR.17]. */
  review(): void {
    if (this.#places.none) return
    const { evses } = this.#host.station
    const gone = this.#places
      .all()
      .filter((reservation) => !evses.some((evse) => this.#places.suits(reservation, evse)))
    this.#end(gone, 'Removed')
  }

  /** What expired meanwhile ends; the next is waited for by the wire clock of now. */
  resume(): void {
    if (!this.#places.none) this.#expire()
  }

  /** Power is gone, or the run is over: nothing is waited for. */
  suspend(): void {
    this.#expiryTimer?.()
    this.#expiryTimer = undefined
  }

  #statusAt(evse: Evse, reservation: Reservation): ReservationAnswer {
    if (evse.fault) return 'Faulted'
    const places = this.#places
    if (!places.suits(reservation, evse)) return 'Unavailable'
    const other = places.at(evse)
    if (isPlugged(evse) || places.taken(evse) || (other && other.id !== reservation.id)) {
      return 'Occupied'
    }
    return places.needed(evse, reservation.id) ? 'Occupied' : 'Accepted'
  }

  #statusOfAny(reservation: Reservation): ReservationAnswer {
    if (this.#places.hasRoomFor(reservation)) return 'Accepted'
    const targeted = this.#host.station.evses.filter((evse) => isMeant(reservation, evse))
    if (targeted.some((evse) => this.#places.suits(reservation, evse))) return 'Occupied'
    return targeted.every(({ fault }) => fault) ? 'Faulted' : 'Unavailable'
  }

  #accessTo(reservations: readonly Reservation[], evse: Evse, idToken: string): Access {
    return accessTo(reservations, idToken, this.#host.known(evse, idToken))
  }

  #forget(id: number): boolean {
    const known = this.#host.station.memory.reservations?.delete(id) ?? false
    if (this.#places.none) this.#places.forgetKept()
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
    const over = this.#places.all().filter(({ expiresMs }) => expiresMs <= nowMs)
    this.#end(over, 'Expired')
    return over.length > 0
  }

  #watch(): void {
    this.suspend()
    const { station } = this.#host
    const all = this.#places.all()
    if (all.length === 0) return
    const next = Math.min(...all.map(({ expiresMs }) => expiresMs))
    const ms = Math.max(0, next - station.wireMs())
    this.#expiryTimer = station.clocks.simulated.after(ms, () => {
      if (this.#expire()) this.#host.changed()
    })
  }
}
