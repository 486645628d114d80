import type { ReservationStatusUpdateRequest } from 'typed-ocpp/dist/ocpp21/types.js'
import type { IdToken } from '../../../steps/actor.ts'
import type { StationServices } from '../../behaviour.ts'
import type { Authorization, Evse } from '../../evse.ts'
import { Notices } from '../../notices.ts'
import type { Reservation, ReservationHost } from '../../reservation.ts'
import { type ReservationAnswer, ReservationBook } from '../../reservation-book.ts'
import { authorizers } from '../authorization/authorizer.ts'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'

/** A token, and the group that the CSMS named with it where it did. */
interface Presented {
  readonly token: IdToken
  readonly groupId: string | undefined
}

/** A reservation whose driver came. */
interface Used {
  readonly reservation: Reservation
  /** Undefined: no TransactionEvent named it yet. */
  transactionId: string | undefined
}

/**
 * The reservations of a 2.x station and what it tells of them [2.0.1 H]. One is used when a token
 * is presented that matches; the next TransactionEvent there names it. Persists over reboots.
 */
class StationReservations implements ReservationHost {
  readonly station: StationServices
  readonly endsWithToken = true
  readonly book: ReservationBook
  readonly #owner: Station2x
  readonly #notices: Notices
  /** What was presented already counts for no reservation that comes later. */
  readonly #presented = new WeakSet<Authorization>()
  /** By EVSE: the latest. */
  readonly #used = new Map<number, Used>()
  /** By EVSE: of a remote start that was accepted and not presented yet. */
  readonly #remote = new Map<number, Presented>()
  /** Whom the book is asked about. */
  #asking: Presented | undefined

  constructor(owner: Station2x) {
    this.#owner = owner
    this.station = owner.services
    this.book = new ReservationBook(this)
    this.#notices = new Notices(owner.services)
  }

  reserve(reservation: Reservation): ReservationAnswer {
    for (const { authorization } of this.station.evses) {
      if (authorization) this.#presented.add(authorization)
    }
    return this.book.reserve(reservation)
  }

  /** In force again after an absence; what ended meanwhile is told. */
  resume(): void {
    this.book.resume()
    this.#notices.resume()
  }

  /** Somebody was authorised here: what was reserved for him is used [2.0.1 H03.FR.09]. */
  presented(evse: Evse): void {
    const { authorization } = evse
    if (!authorization || this.#presented.has(authorization)) return
    this.#presented.add(authorization)
    const { token } = authorization
    const reservation = this.#about(evse, token, () => this.book.use(evse, token.idToken))
    this.#remote.delete(evse.id)
    if (!reservation) return
    this.#used.set(evse.id, { reservation, transactionId: undefined })
    this.station.unattended(this.#owner.connectors.reportChanged([evse]))
  }

  /** The id for the TransactionEvent that is about to be sent [2.0.1 H01.FR.15]. */
  tell(evse: Evse, transactionId: string): number | undefined {
    this.presented(evse)
    const used = this.#untold(evse)
    if (used) used.transactionId = transactionId
    return used?.reservation.id
  }

  /** The driver's right ended before a transaction began [2.1 H03.FR.11]. */
  withdrawn(evse: Evse): void {
    const used = this.#untold(evse)
    this.#remote.delete(evse.id)
    if (!used) return
    this.#used.delete(evse.id)
    if (this.#owner.version === 'ocpp2.1') this.#update(used.reservation.id, 'NoTransaction')
  }

  /** Power was lost: nobody is authorised any more. */
  forgetDrivers(): void {
    for (const [evse, { transactionId }] of this.#used) {
      if (transactionId === undefined) this.#used.delete(evse)
    }
    this.#remote.clear()
  }

  /** Why the place is closed to this token. */
  barred(evse: Evse, token: IdToken): string | undefined {
    const closed = this.#about(evse, token, () => this.book.closed(evse, token.idToken))
    return closed ? `EVSE ${evse.id} is reserved, and not for ${token.idToken}` : undefined
  }

  /** What reservations say of a remote start for this token and group [2.0.1 F01.FR.21, FR.22]. */
  remoteAccess(evse: Evse, token: IdToken, groupId: string | undefined) {
    this.#asking = { token, groupId }
    const { kind } = this.book.access(evse, token.idToken)
    this.#asking = undefined
    return kind
  }

  remoteStarted(evse: Evse, token: IdToken, groupId: string | undefined): void {
    this.#remote.set(evse.id, { token, groupId })
  }

  /** Of the last transaction that used one here. */
  lastUsed(evse: Evse): number | undefined {
    const used = this.#used.get(evse.id)
    return used?.transactionId === undefined ? undefined : used.reservation.id
  }

  /** How long the place was kept free for this transaction, until it began [2.1 I12.FR.07]. */
  reservedSeconds(evse: Evse, transactionId: string, startMs: number): number | undefined {
    const used = this.#used.get(evse.id)
    if (used?.transactionId !== transactionId) return undefined
    return Math.max(0, Math.round((startMs - used.reservation.madeMs) / 1000))
  }

  inUse(evse: Evse): boolean {
    const { sessions } = this.#owner
    return sessions.isOpen(evse) && sessions.of(evse).authorized
  }

  /** The group that came with a remote start, or what list and cache know [2.0.1 H03.FR.07]. */
  known(): { readonly groupId: string | undefined } | undefined {
    const asking = this.#asking
    if (!asking) return undefined
    return { groupId: asking.groupId ?? authorizers.of(this.#owner).groupOf(asking.token) }
  }

  /** First the connectors, then the reservation [2.0.1 H04]. */
  ended(reservations: readonly Reservation[], why: 'Expired' | 'Removed'): void {
    this.changed()
    for (const { id } of reservations) this.#update(id, why)
  }

  changed(): void {
    this.station.unattended(this.#owner.connectors.reportChanged())
  }

  #untold(evse: Evse): Used | undefined {
    const used = this.#used.get(evse.id)
    return used?.transactionId === undefined ? used : undefined
  }

  #about<Answer>(evse: Evse, token: IdToken, ask: () => Answer): Answer {
    const remote = this.#remote.get(evse.id)
    this.#asking = remote?.token.idToken === token.idToken ? remote : { token, groupId: undefined }
    const answer = ask()
    this.#asking = undefined
    return answer
  }

  #update(
    reservationId: number,
    reservationUpdateStatus: ReservationStatusUpdateRequest['reservationUpdateStatus'],
  ): void {
    const update: ReservationStatusUpdateRequest = { reservationId, reservationUpdateStatus }
    this.station.unattended(this.#notices.add('ReservationStatusUpdate', update))
  }
}

export const stationReservations = new StationPart((station) => new StationReservations(station))
