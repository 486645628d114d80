import type {
  ConnectorStatusEnumType,
  EVSEType,
  EventDataType,
} from 'typed-ocpp/dist/ocpp20/types.js'

/** The state of a connector as an event of its variable AvailabilityState [2.1 G01]. */
export function availabilityEvent(of: {
  readonly eventId: number
  readonly timestamp: string
  readonly at: EVSEType
  readonly state: ConnectorStatusEnumType
}): EventDataType {
  return {
    eventId: of.eventId,
    timestamp: of.timestamp,
    trigger: 'Delta',
    actualValue: of.state,
    component: { name: 'Connector', evse: of.at },
    variable: { name: 'AvailabilityState' },
    eventNotificationType: 'HardWiredNotification',
  }
}
