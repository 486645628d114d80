import type { RequestOf, ResponseOf } from '../../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import type { CancelTimer } from '../../../shared/clock.ts'
import type { StationServices } from '../behaviour.ts'
import { type Evse, isPlugged } from '../evse.ts'
import type { Configuration } from './configuration.ts'

type ReservationStatus = ResponseOf<Actions16, 'ReserveNow'>['status']

/** A reservation that stands. */
export interface Reservation {
  readonly id: number
  /** 0 = any connector of the station. */
  readonly connectorId: number
  readonly idTag: string
  readonly parentIdTag: string | undefined
  /** Wire ms. */
  readonly expiresMs: number
}

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
  readonly settings: Configuration
  inTransaction(evse: Evse): boolean
  evseOf(connectorId: number): Evse | undefined
  /** What the station knows of an idTag by itself; undefined = nothing. */
  known(idTag: string): { readonly parentIdTag: string | undefined } | undefined
  /** What is reserved changed by itself. */
  changed(): void
}

const open: Access = { kind: 'open' }

/**
 * The reservations of one station [1.6 3.11, 5.13]. An EVSE serves one EV at a time: whoever reserved
 * one of its connectors has all of it. One for connector 0 keeps any EVSE free, whichever. They
 * survive reboots and end by use, expiry (wire time), cancellation, fault or unavailability.
 */
export class Reservations {
  readonly #host: ReservationHost
  #expiryTimer: CancelTimer | undefined

  constructor(host: ReservationHost) {
    this.#host = host
  }

  /** Some reservation is for connector 0: what happens at one connector concerns the others. */
  get stationWide(): boolean {
    return !this.#none && this.#all().some(({ connectorId }) => connectorId === 0)
  }

  /** One with the id of another replaces that [1.6 5.13]. */
  reserve(request: RequestOf<Actions16, 'ReserveNow'>): ReservationStatus {
    const { reservationId: id, connectorId, idTag, parentIdTag, expiryDate } = request
    const status = this.#statusFor(connectorId, id)
    if (status !== 'Accepted') return status
    const { memory } = this.#host.station
    memory.reservations ??= new Map()
    const expiresMs = Date.parse(expiryDate)
    memory.reservations.set(id, { id, connectorId, idTag, parentIdTag, expiresMs })
    this.#watch()
    return status
  }

  /** False: there is none of this id. */
  cancel(id: number): boolean {
    const known = this.#host.station.memory.reservations?.delete(id) ?? false
    if (known) this.#watch()
    return known
  }

  access(evse: Evse, idTag: string): Access {
    if (this.#none) return open
    const here = this.#at(evse)
    if (here) return this.#accessTo([here], idTag)
    const anywhere = this.#waiting(evse)
    if (anywhere.length === 0) return open
    const access = this.#accessTo(anywhere, idTag)
    const enough = this.#freeEvses().filter((one) => one !== evse).length >= anywhere.length
    return enough && access.kind !== 'holder' ? open : access
  }

  /** He may not begin here, as far as the station knows. */
  closed(evse: Evse, idTag: string): boolean {
    const { kind } = this.access(evse, idTag)
    return kind === 'reserved' || kind === 'askGroup'
  }

  /** A transaction begins: the id of the reservation that it ends [1.6 4.8, 5.13]. */
  use(evse: Evse, idTag: string): number | undefined {
    const access = this.access(evse, idTag)
    if (access.kind !== 'holder') return undefined
    const { id, connectorId } = access.reservation
    this.cancel(id)
    if (connectorId === 0) this.#host.station.afterwards(() => this.#host.changed())
    return id
  }

  /** The status Reserved is due, if nothing else goes on at the connector. */
  reserved(evse: Evse, connector: number): boolean {
    if (this.#none) return false
    const here = this.#at(evse)
    if (here) return here.connectorId === evse.firstConnectorId + connector - 1
    const waiting = this.#waiting().length
    if (waiting === 0) return false
    const free = this.#freeEvses()
    return free.includes(evse) && free.length <= waiting
  }

  /** Ends what a fault or an order of the CSMS made impossible [1.6 5.13]. */
  review(): void {
    if (this.#none) return
    const { memory, evses } = this.#host.station
    const anyUsable = evses.some((evse) => this.#usable(evse))
    for (const { id, connectorId } of this.#all()) {
      const evse = this.#host.evseOf(connectorId)
      const possible = evse ? this.#usableAt(evse, connectorId) : anyUsable
      if (!possible) memory.reservations?.delete(id)
    }
    this.#watch()
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

  #statusFor(connectorId: number, id: number): ReservationStatus {
    const { settings } = this.#host
    if (!settings.supports('Reservation') || !settings.flag('ReservationEnabled')) return 'Rejected'
    if (connectorId === 0) {
      return settings.flag('ReserveConnectorZeroSupported') ? this.#statusOfAny(id) : 'Rejected'
    }
    const evse = this.#host.evseOf(connectorId)
    if (!evse) return 'Rejected'
    if (evse.fault) return 'Faulted'
    if (!this.#usableAt(evse, connectorId)) return 'Unavailable'
    const other = this.#at(evse)
    if (this.#occupied(evse) || (other && other.id !== id)) return 'Occupied'
    const promised = this.#waiting().filter((waiting) => waiting.id !== id).length
    return this.#freeEvses(id).length > promised ? 'Accepted' : 'Occupied'
  }

  #statusOfAny(id: number): ReservationStatus {
    const { evses } = this.#host.station
    const promised = this.#waiting().filter((waiting) => waiting.id !== id).length
    if (this.#freeEvses(id).length > promised) return 'Accepted'
    if (evses.some((evse) => this.#usable(evse))) return 'Occupied'
    return evses.every((evse) => evse.fault) ? 'Faulted' : 'Unavailable'
  }

  #accessTo(reservations: readonly Reservation[], idTag: string): Access {
    const parent = this.#host.known(idTag)
    let result: Access = open
    for (const reservation of reservations) {
      const { idTag: holder, parentIdTag: group } = reservation
      const theirs = [idTag, parent?.parentIdTag]
      if (theirs.some((tag) => tag !== undefined && (same(tag, holder) || same(tag, group)))) {
        return { kind: 'holder', reservation }
      }
      const kind = group !== undefined && !parent ? 'askGroup' : 'reserved'
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

  #at(evse: Evse): Reservation | undefined {
    const { reservations } = this.#host.station.memory
    if (!reservations) return undefined
    const first = evse.firstConnectorId
    for (const reservation of reservations.values()) {
      const { connectorId } = reservation
      if (connectorId >= first && connectorId < first + evse.connectors) return reservation
    }
    return undefined
  }

  /** For connector 0, their holders not authorised anywhere yet; but for one place. */
  #waiting(but?: Evse): readonly Reservation[] {
    const others = this.#host.station.evses.filter((evse) => evse !== but)
    return this.#all().filter(
      (reservation) =>
        reservation.connectorId === 0 &&
        !others.some(({ authorization }) => {
          const idTag = authorization?.token.idToken
          return idTag !== undefined && this.#accessTo([reservation], idTag).kind === 'holder'
        }),
    )
  }

  /** @param id of a reservation that does not count */
  #freeEvses(id?: number): readonly Evse[] {
    return this.#host.station.evses.filter((evse) => {
      const here = this.#at(evse)
      return this.#usable(evse) && !this.#occupied(evse) && (!here || here.id === id)
    })
  }

  #occupied(evse: Evse): boolean {
    return isPlugged(evse) || !evse.free || this.#host.inTransaction(evse)
  }

  #usable(evse: Evse): boolean {
    for (let connector = 1; connector <= evse.connectors; connector += 1) {
      if (this.#usableAt(evse, evse.firstConnectorId + connector - 1)) return true
    }
    return false
  }

  #usableAt(evse: Evse, connectorId: number): boolean {
    const connector = connectorId - evse.firstConnectorId + 1
    return !evse.fault && this.#host.station.memory.usable(evse.id, connector)
  }

  /** Whether one had come to its end. */
  #expire(): boolean {
    const { memory } = this.#host.station
    const nowMs = this.#host.station.wireMs()
    let ended = false
    for (const { id, expiresMs } of this.#all()) {
      if (expiresMs <= nowMs) ended = memory.reservations?.delete(id) || ended
    }
    this.#watch()
    return ended
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

/** CiString: letter case makes no difference. */
function same(one: string, other: string | undefined): boolean {
  return one.toLowerCase() === other?.toLowerCase()
}
