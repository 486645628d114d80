import type { Handler } from '../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../ocpp/v16/actions.ts'
import { isoTime } from '../../shared/clock.ts'
import { availabilityReached } from '../domain/availability.ts'
import type { StationContext } from '../domain/domain.ts'
import { nothing } from '../domain/nothing.ts'
import { expireReservations, removeReservations } from '../domain/reservations.ts'

/** Connector 0 is the station itself [1.6 4.9]. */
export const statusNotification: Handler<Actions16, 'StatusNotification', StationContext> = (
  request,
  { station, domain },
) => {
  const connector = station.connector(undefined, request.connectorId)
  connector.status = request.status
  connector.errorCode = request.errorCode
  connector.info = request.info
  connector.since = request.timestamp ?? isoTime(domain.clock.wallMs())
  if (station.record.reservations) {
    expireReservations(station.record, domain.clock.wallMs())
    removeReservations(station.record, connector.since)
  }
  availabilityReached(station.record, request.connectorId, request.status)
  domain.stations.save(station.record)
  domain.emit?.({
    type: 'status',
    stationId: station.id,
    evseId: undefined,
    connectorId: request.connectorId,
    status: request.status,
    errorCode: request.errorCode,
  })
  return nothing
}
