import type { Handler } from '../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../ocpp/v16/actions.ts'
import { isoTime } from '../../shared/clock.ts'
import { availabilityReached } from '../domain/availability.ts'
import type { Domain, StationContext } from '../domain/domain.ts'
import { nothing } from '../domain/nothing.ts'
import {
  expireReservations,
  removeReservations,
  reservationsChanged,
} from '../domain/reservations.ts'
import type { StationRecord } from '../domain/station.ts'

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
  if (station.record.reservations) endReservations(station.record, connector.since, domain)
  return nothing
}

/** What a status may be the end of: their time has come, or their connector is out of service. */
function endReservations(record: StationRecord, at: string, domain: Domain): void {
  const expired = expireReservations(record, domain.clock.wallMs())
  reservationsChanged(domain, record, [...expired, ...removeReservations(record, at)])
}
