import type { Handler } from '../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import { availabilityReached2x } from '../../domain/availability.ts'
import type { StationContext } from '../../domain/domain.ts'
import { nothing } from '../../domain/nothing.ts'

/** [2.0.1 G01] */
export const statusNotification: Handler<Actions201, 'StatusNotification', StationContext> = (
  request,
  context,
) => {
  const { evseId, connectorId, connectorStatus, timestamp } = request
  noteConnectorStatus(context, evseId, connectorId, connectorStatus, timestamp)
  return nothing
}

/** However it was reported: StatusNotification, or NotifyEvent with AvailabilityState. */
export function noteConnectorStatus(
  { station, domain }: StationContext,
  evseId: number,
  connectorId: number,
  status: string,
  since: string,
): void {
  const connector = station.connector(evseId, connectorId)
  connector.status = status
  connector.since = since
  if (station.record.availability) availabilityReached2x(station.record)
  domain.stations.save(station.record)
  domain.emit?.({
    type: 'status',
    stationId: station.id,
    evseId,
    connectorId,
    status,
    errorCode: undefined,
  })
}
