import type { Handler } from '../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import type { StationContext } from '../../domain/domain.ts'
import { nothing } from '../../domain/nothing.ts'
import { noteVariable } from '../../domain/variables.ts'
import { noteConnectorStatus } from '../availability/status-notification.ts'

/** Remembers the values; a connector's AvailabilityState is its status [2.0.1 N07, G01]. */
export const notifyEvent: Handler<Actions201, 'NotifyEvent', StationContext> = (
  request,
  context,
) => {
  const { station, domain } = context
  for (const { component, variable, actualValue, timestamp } of request.eventData) {
    noteVariable(station.record, { component, variable, attributes: [{ value: actualValue }] })
    const { evse } = component
    if (component.name !== 'Connector' || variable.name !== 'AvailabilityState' || !evse) continue
    noteConnectorStatus(context, evse.id, evse.connectorId ?? 1, actualValue, timestamp)
  }
  domain.stations.save(station.record)
  domain.emit?.({
    type: 'notified',
    stationId: station.id,
    action: 'NotifyEvent',
    payload: request,
  })
  return nothing
}
