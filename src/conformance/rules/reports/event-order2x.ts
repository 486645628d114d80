import type { Rule } from '../rule.ts'
import { station } from '../sequence.ts'
import { noon } from '../shown.ts'

const eventData = [
  {
    eventId: 1,
    timestamp: noon,
    trigger: 'Delta',
    actualValue: 'Occupied',
    eventNotificationType: 'HardWiredNotification',
    component: { name: 'Connector', evse: { id: 1, connectorId: 1 } },
    variable: { name: 'AvailabilityState' },
  },
]

const notify = (seqNo: number, tbc?: boolean) =>
  station(
    'NotifyEvent',
    { generatedAt: noon, seqNo, eventData, ...(tbc !== undefined && { tbc }) },
    {},
  )

export const eventOrder2x: Rule = {
  id: 'REPORT_EVENT_ORDER',
  title: 'the messages of one report of events are counted from 0, and none is left out',
  clause: '2.0.1 N07.FR.07, N08.FR.04',
  judges: 'station',
  in2x: {
    level: 'MUST',
    looks: {
      NotifyEvent: {
        asked: ({ seqNo }, { eventSeqNo }) =>
          eventSeqNo !== undefined && seqNo !== eventSeqNo
            ? `part ${seqNo} came where ${eventSeqNo} is due`
            : undefined,
      },
    },
    breaks: [notify(0), notify(1)],
    // The first may have been told on another connection.
    nearly: [notify(1), notify(0, true), notify(1), notify(0)],
  },
}
