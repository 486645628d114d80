import type { RequestOf, ResponseOf } from '../../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import type { Behaviour16 } from './behaviour16.ts'
import type { Handler16 } from './handler16.ts'

/** [1.6 5.13] The status Reserved follows the answer. */
export const reserveNow: Handler16<'ReserveNow'> = (request, behaviour) => {
  const status = reserve(request, behaviour)
  if (status === 'Accepted') behaviour.station.afterwards(() => behaviour.statuses.updateAll())
  return { status }
}

/** Connector 0 means any [1.6 5.13]. */
function reserve(
  request: RequestOf<Actions16, 'ReserveNow'>,
  { settings, statuses, reservations, station }: Behaviour16,
): ResponseOf<Actions16, 'ReserveNow'>['status'] {
  if (!settings.supports('Reservation') || !settings.flag('ReservationEnabled')) return 'Rejected'
  const { reservationId: id, connectorId, idTag: idToken, parentIdTag: groupId } = request
  const evse = statuses.evseOf(connectorId)
  const possible = connectorId === 0 ? settings.flag('ReserveConnectorZeroSupported') : evse
  if (!possible) return 'Rejected'
  return reservations.reserve({
    id,
    evse: evse?.id,
    connector: evse && connectorId - evse.firstConnectorId + 1,
    connectorType: undefined,
    idToken,
    groupId,
    madeMs: station.wireMs(),
    expiresMs: Date.parse(request.expiryDate),
  })
}
