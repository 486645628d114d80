import type { Handler16 } from './handler16.ts'

/** [1.6 5.1] */
export const cancelReservation: Handler16<'CancelReservation'> = (request, behaviour) => {
  if (!behaviour.reservations.cancel(request.reservationId)) return { status: 'Rejected' }
  behaviour.station.afterwards(() => behaviour.statuses.updateAll())
  return { status: 'Accepted' }
}
