import { type Evse, isPlugged } from './evse.ts'
import { mostMet } from './matching.ts'
import { accessTo, isMeant, type Reservation, type ReservationHost } from './reservation.ts'

/**
 * Who of those with a reservation could be served where. One for no particular EVSE needs any one
 * that suits: how many can be served together is a matching of reservations and EVSEs.
 */
export class ReservedPlaces {
  readonly #host: ReservationHost
  /** EVSEs kept free for whoever may take any, as last looked at; made when first needed. */
  #kept: Set<number> | undefined

  constructor(host: ReservationHost) {
    this.#host = host
  }

  /** Nearly always so: status and start of a transaction cost nothing then. */
  get none(): boolean {
    const { reservations } = this.#host.station.memory
    return reservations === undefined || reservations.size === 0
  }

  all(): readonly Reservation[] {
    const { reservations } = this.#host.station.memory
    return reservations ? [...reservations.values()] : []
  }

  /** For just this EVSE. */
  at(evse: Evse): Reservation | undefined {
    const { reservations } = this.#host.station.memory
    if (!reservations) return undefined
    for (const reservation of reservations.values()) {
      if (reservation.evse === evse.id) return reservation
    }
    return undefined
  }

  /** For any EVSE, their holders not authorised anywhere yet; but for one place. */
  waiting(but?: Evse): readonly Reservation[] {
    const { station, endsWithToken } = this.#host
    const others = endsWithToken ? [] : station.evses.filter((evse) => evse !== but)
    return this.all().filter(
      (reservation) =>
        reservation.evse === undefined &&
        !others.some((evse) => {
          const idToken = evse.authorization?.token.idToken
          if (idToken === undefined) return false
          return accessTo([reservation], idToken, this.#host.known(evse, idToken)).kind === 'holder'
        }),
    )
  }

  /** Without this EVSE, not all could be served who may take any. */
  needed(evse: Evse, but?: number): boolean {
    const waiting = this.waiting(evse).filter(({ id }) => id !== but)
    if (waiting.length === 0) return false
    const others = this.#freeEvses(but).filter((one) => one !== evse)
    return this.#served(waiting, others) < this.#served(waiting, [...others, evse])
  }

  /** One more who may take any can be served. */
  hasRoomFor(reservation: Reservation): boolean {
    const waiting = this.waiting().filter(({ id }) => id !== reservation.id)
    const free = this.#freeEvses(reservation.id)
    return this.#served([...waiting, reservation], free) > this.#served(waiting, free)
  }

  taken(evse: Evse): boolean {
    return !evse.free || this.#host.inUse(evse)
  }

  /** The EVSE is meant, and what is wanted of it can be used. */
  suits(reservation: Reservation, evse: Evse): boolean {
    if (!isMeant(reservation, evse)) return false
    const { connector, connectorType } = reservation
    if (connector !== undefined) return this.#usableAt(evse, connector)
    return evse.plan.connectors.some(
      (type, at) =>
        (connectorType === undefined || type === connectorType) && this.#usableAt(evse, at + 1),
    )
  }

  /**
   * It is kept free for whoever may take any. In 2.x what was kept stays so, though a cable comes
   * [2.0.1 G01.FR.09].
   */
  keeps(evse: Evse): boolean {
    if (isPlugged(evse) && !this.#kept?.has(evse.id)) return false
    const kept = this.#usable(evse) && !this.taken(evse) && this.needed(evse)
    if (this.#host.endsWithToken) this.#keep(evse, kept)
    return kept
  }

  /** There is no reservation any more. */
  forgetKept(): void {
    this.#kept = undefined
  }

  #served(reservations: readonly Reservation[], evses: readonly Evse[]): number {
    return mostMet(reservations, evses, (reservation, evse) => this.suits(reservation, evse))
  }

  /** @param id of a reservation that does not count */
  #freeEvses(id?: number): readonly Evse[] {
    return this.#host.station.evses.filter((evse) => {
      const here = this.at(evse)
      const empty = !isPlugged(evse) || this.#kept?.has(evse.id)
      return empty && this.#usable(evse) && !this.taken(evse) && (!here || here.id === id)
    })
  }

  #usable(evse: Evse): boolean {
    return evse.plan.connectors.some((_type, at) => this.#usableAt(evse, at + 1))
  }

  #usableAt(evse: Evse, connector: number): boolean {
    return !evse.fault && this.#host.station.memory.usable(evse.id, connector)
  }

  #keep(evse: Evse, kept: boolean): void {
    if (!kept) this.#kept?.delete(evse.id)
    else this.#kept = (this.#kept ?? new Set<number>()).add(evse.id)
  }
}
