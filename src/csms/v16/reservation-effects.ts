import type { Actions16 } from '../../ocpp/v16/actions.ts'
import { isoTime } from '../../shared/clock.ts'
import { addReservation, endReservation, expireReservations } from '../domain/reservations.ts'
import type { CommandEffects } from '../gateway/command-effects.ts'

/** Reservations that a station accepted, and that it cancelled [1.6 5.1, 5.13]. */
export const reservationEffects: Pick<
  CommandEffects<Actions16>,
  'ReserveNow' | 'CancelReservation'
> = {
  ReserveNow(request, { status }, { station, domain }) {
    if (status !== 'Accepted') return
    const { reservationId, connectorId, idTag: idToken, parentIdTag: groupId } = request
    const { record } = station
    const nowMs = domain.clock.wallMs()
    expireReservations(record, nowMs)
    addReservation(record, {
      reservationId,
      connectorId,
      idToken,
      groupId,
      expiryDate: request.expiryDate,
      acceptedAt: isoTime(nowMs),
    })
    domain.stations.save(record)
  },
  CancelReservation({ reservationId }, { status }, { station, domain }) {
    const { record } = station
    const nowMs = domain.clock.wallMs()
    const expired = expireReservations(record, nowMs)
    const cancelled =
      status === 'Accepted' && endReservation(record, reservationId, 'Cancelled', isoTime(nowMs))
    if (expired || cancelled) domain.stations.save(record)
  },
}
