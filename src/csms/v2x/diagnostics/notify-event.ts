import type { EventDataType, NotifyEventRequest } from 'typed-ocpp/dist/ocpp21/types.js'
import { isSecret } from '../../../ocpp/redact.ts'
import { isoTime } from '../../../shared/clock.ts'
import type { StationContext } from '../../domain/domain.ts'
import { monitorSeen } from '../../domain/monitoring.ts'
import { nothing } from '../../domain/nothing.ts'
import { notified } from '../../domain/notified.ts'
import { addStationEvent } from '../../domain/station-events.ts'
import { noteVariable } from '../../domain/variables.ts'
import { noteConnectorStatus } from '../availability/status-notification.ts'

/** Remembers events and values; a connector's AvailabilityState is its status [2.0.1 N07, G01]. */
export function notifyEvent(request: NotifyEventRequest, context: StationContext) {
  const { station, domain } = context
  for (const event of request.eventData) {
    const { component, variable, actualValue, timestamp } = event
    noteVariable(station.record, { component, variable, attributes: [{ value: actualValue }] })
    const { evse } = component
    const isStatus = component.name === 'Connector' && variable.name === 'AvailabilityState'
    if (isStatus && evse) {
      noteConnectorStatus(context, evse.id, evse.connectorId ?? 1, actualValue, timestamp)
    }
    // A status that no monitor told stands with its connector, and only there.
    if (!isStatus || event.variableMonitoringId !== undefined) noteEvent(event, context)
  }
  domain.stations.save(station.record)
  notified('NotifyEvent', request, context)
  return nothing
}

function noteEvent(event: EventDataType, { station, domain }: StationContext): void {
  const { record } = station
  const { component, variable, variableMonitoringId: monitorId } = event
  const { eventNotificationType: kind, actualValue, customData: _custom, ...rest } = event
  const { variableMonitoringId: _id, cleared, ...facts } = rest
  const severity =
    event.severity ?? record.monitoring?.monitors.find(({ id }) => id === monitorId)?.severity
  addStationEvent(record, {
    ...facts,
    receivedAt: isoTime(domain.clock.wallMs()),
    kind,
    ...(!isSecret(variable.name) && { actualValue }),
    ...(cleared && { cleared }),
    ...(monitorId !== undefined && { monitorId }),
    ...(severity !== undefined && { severity }),
  })
  if (monitorId !== undefined) monitorSeen(record, { id: monitorId, component, variable, kind })
}
