import type { Rule } from '../rule.ts'
import { csms } from '../sequence.ts'

const accepted = { status: 'Accepted' }

export const triggerConnector: Rule = {
  id: 'COMMAND_TRIGGER_CONNECTOR',
  title: 'what is triggered of a connector names one that there is',
  clause: '1.6 6.51, 2.0.1 F06.FR.13',
  judges: 'csms',
  in16: {
    level: 'MUST',
    looks: {
      TriggerMessage: {
        asked: ({ connectorId }) =>
          connectorId !== undefined && connectorId <= 0
            ? `TriggerMessage names connector ${connectorId}`
            : undefined,
      },
    },
    breaks: [csms('TriggerMessage', { requestedMessage: 'MeterValues', connectorId: 0 }, accepted)],
    nearly: [csms('TriggerMessage', { requestedMessage: 'StatusNotification' }, accepted)],
  },
  in2x: {
    level: 'MUST',
    looks: {
      TriggerMessage: {
        asked: ({ requestedMessage, evse }) =>
          requestedMessage === 'StatusNotification' && evse?.connectorId === undefined
            ? 'a StatusNotification is triggered, and of which connector is not said'
            : undefined,
      },
    },
    breaks: [
      csms('TriggerMessage', { requestedMessage: 'StatusNotification', evse: { id: 1 } }, accepted),
    ],
    nearly: [
      csms('TriggerMessage', { requestedMessage: 'MeterValues', evse: { id: 1 } }, accepted),
    ],
  },
}
