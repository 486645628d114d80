import type { Actions16 } from '../../ocpp/v16/actions.ts'
import { isoTime } from '../../shared/clock.ts'
import {
  addReservation,
  endReservation,
  expireReservations,
  reservationsChanged,
} from '../domain/reservations.ts'
import type { CommandEffects } from '../gateway/command-effects.ts'

/** Reservations that a station accepted, and that it cancelled [1.6 5.1, 5.13]. */
export const reservationEffects: Pick<
  CommandEffects<Actions16>,
  'ReserveNow' | 'CancelReservation'
> = {
  ReserveNow(request, { status }, { station: { record }, domain }) {
    const nowMs = domain.clock.wallMs()
    reservationsChanged(domain, record, expireReservations(record, nowMs))
    if (status !== 'Accepted') return
    const { reservationId, connectorId, idTag: idToken, parentIdTag: groupId } = request
    const { expiryDate } = request
    const acceptedAt = isoTime(nowMs)
    const known = { reservationId, connectorId, idToken, groupId, expiryDate, acceptedAt }
    reservationsChanged(domain, record, addReservation(record, known))
  },
  CancelReservation({ reservationId }, { status }, { station: { record }, domain }) {
    const nowMs = domain.clock.wallMs()
    reservationsChanged(domain, record, expireReservations(record, nowMs))
    if (status !== 'Accepted') return
    const cancelled = endReservation(record, reservationId, 'Cancelled', isoTime(nowMs))
    reservationsChanged(domain, record, cancelled)
  },
}
