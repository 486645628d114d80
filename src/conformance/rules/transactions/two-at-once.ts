import { isSameStart } from '../memory/signs16.ts'
import type { Rule } from '../rule.ts'
import { event2x, start16, stop16 } from '../shown.ts'

const later = { timestamp: '2026-05-01T14:00:00Z', meterStart: 9000 }
const another = { info: { transactionId: 'T8' }, evse: { id: 1, connectorId: 2 } }

export const twoAtOnce: Rule = {
  id: 'TX_TWO_AT_ONCE',
  title: 'a connector, in 2.x an EVSE, has one transaction at a time',
  clause: '1.6 2.2, 4.8, 2.0.1 E01.FR.14',
  judges: 'station',
  in16: {
    level: 'MUST',
    looks: {
      StartTransaction: {
        asked: (request, { transactions }) => {
          const open = transactions.openAt(request.connectorId)
          if (!open || isSameStart(open, request)) return undefined
          return `connector ${open.place} has transaction ${open.id}, which nobody stopped`
        },
      },
    },
    breaks: [start16(), start16(later, { transactionId: 8 })],
    nearly: [start16(), stop16(), start16(later, { transactionId: 8 })],
  },
  in2x: {
    level: 'MUST',
    looks: {
      TransactionEvent: {
        asked: ({ eventType, evse, transactionInfo: { transactionId } }, { transactions }) => {
          if (eventType !== 'Started' || !evse) return undefined
          const open = transactions.openAt(evse.id)
          if (!open || open.id === transactionId) return undefined
          return `EVSE ${evse.id} has transaction ${open.id}, which did not end`
        },
      },
    },
    breaks: [event2x('Started', 0), event2x('Started', 0, another)],
    nearly: [event2x('Started', 0), event2x('Ended', 1), event2x('Started', 0, another)],
  },
}
