import type { Rule } from '../rule.ts'
import { event2x } from '../shown.ts'

const idToken = { idToken: 'TAG', type: 'ISO14443' }

export const evseChanged2x: Rule = {
  id: 'TX_EVSE_CHANGED',
  title: 'a transaction stays at its EVSE',
  clause: '2.0.1 E01.FR.16, Part 2 2.48',
  judges: 'station',
  in2x: {
    level: 'MUST',
    looks: {
      TransactionEvent: {
        asked: ({ evse, transactionInfo: { transactionId } }, { transactions }) => {
          const place = transactions.get(transactionId)?.place ?? 0
          return evse && place !== 0 && evse.id !== place
            ? `transaction ${transactionId} moved from EVSE ${place} to ${evse.id}`
            : undefined
        },
      },
    },
    breaks: [event2x('Started', 0), event2x('Updated', 1, { evse: { id: 2, connectorId: 1 } })],
    // Who identifies himself first has no EVSE yet.
    nearly: [
      event2x('Started', 0, { evse: undefined, triggerReason: 'Authorized', idToken }),
      event2x('Updated', 1, { evse: { id: 2, connectorId: 1 } }),
    ],
  },
}
