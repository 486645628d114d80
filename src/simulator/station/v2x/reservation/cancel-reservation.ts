import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import type { Station2x } from '../station-2x.ts'
import { stationReservations } from './station-reservations.ts'

/** The connectors are told of, the reservation is not: the CSMS knows [2.0.1 H02]. */
export const cancelReservation: Handler<Actions201, 'CancelReservation', Station2x> = (
  { reservationId },
  station,
) => {
  const cancelled = stationReservations.existing(station)?.book.cancel(reservationId) ?? false
  if (!cancelled) return { status: 'Rejected', statusInfo: { reasonCode: 'NotFound' } }
  const { services, connectors } = station
  services.afterwards(() => services.unattended(connectors.reportChanged()))
  return { status: 'Accepted' }
}
