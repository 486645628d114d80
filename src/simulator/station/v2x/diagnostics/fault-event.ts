import type { NotifyEventRequest } from 'typed-ocpp/dist/ocpp20/types.js'
import type { Evse, Fault } from '../../evse.ts'

/**
 * NotifyEvent for a fault of an EVSE, or for its end: the hard-wired event of the connector's
 * variable Problem [2.0.1 N07].
 */
export function faultEvent(
  evse: Evse,
  fault: Fault | undefined,
  eventId: number,
  timestamp: string,
): NotifyEventRequest {
  const what = fault && {
    techCode: fault.code.slice(0, 50),
    ...(fault.info && { techInfo: fault.info.slice(0, 500) }),
  }
  return {
    generatedAt: timestamp,
    seqNo: 0,
    eventData: [
      {
        eventId,
        timestamp,
        trigger: 'Alerting',
        actualValue: String(fault !== undefined),
        ...what,
        ...(!fault && { cleared: true }),
        component: { name: 'Connector', evse: { id: evse.id, connectorId: evse.connector } },
        variable: { name: 'Problem' },
        eventNotificationType: 'HardWiredNotification',
      },
    ],
  }
}
