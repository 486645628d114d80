import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import { isoTime } from '../../../shared/clock.ts'
import type { StationContext } from '../../domain/domain.ts'
import { nothing } from '../../domain/nothing.ts'
import { endReservation, reservationsChanged } from '../../domain/reservations.ts'

/** The station ended a reservation by itself [2.0.1 H01.FR.16, H04] [2.1 H03.FR.11]. */
export function reservationStatusUpdate(
  { reservationId, reservationUpdateStatus }: RequestOf<Actions21, 'ReservationStatusUpdate'>,
  { station: { record }, domain }: StationContext,
) {
  const at = isoTime(domain.clock.wallMs())
  const ended = endReservation(record, reservationId, reservationUpdateStatus, at)
  reservationsChanged(domain, record, ended)
  return nothing
}
