import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import { isoTime } from '../../../shared/clock.ts'
import {
  addReservation,
  endReservation,
  expireReservations,
  reservationsChanged,
} from '../../domain/reservations.ts'
import type { CommandEffects } from '../../gateway/command-effects.ts'

/** Reservations that a station accepted, and that it cancelled [2.0.1 H01, H02]. */
export const reservationEffects: Pick<
  CommandEffects<Actions201>,
  'ReserveNow' | 'CancelReservation'
> = {
  ReserveNow(request, { status }, { station: { record }, domain }) {
    const nowMs = domain.clock.wallMs()
    reservationsChanged(domain, record, expireReservations(record, nowMs))
    if (status !== 'Accepted') return
    const { id: reservationId, evseId, connectorType, expiryDateTime: expiryDate } = request
    const added = addReservation(record, {
      reservationId,
      ...(evseId !== undefined && { evseId }),
      ...(connectorType !== undefined && { connectorType }),
      idToken: request.idToken.idToken,
      groupId: request.groupIdToken?.idToken,
      expiryDate,
      acceptedAt: isoTime(nowMs),
    })
    reservationsChanged(domain, record, added)
  },
  CancelReservation({ reservationId }, { status }, { station: { record }, domain }) {
    const nowMs = domain.clock.wallMs()
    reservationsChanged(domain, record, expireReservations(record, nowMs))
    if (status !== 'Accepted') return
    const cancelled = endReservation(record, reservationId, 'Cancelled', isoTime(nowMs))
    reservationsChanged(domain, record, cancelled)
  },
}
