import type { Rule } from '../rule.ts'
import { meter16, start16 } from '../shown.ts'

export const valuesElsewhere16: Rule = {
  id: 'TX_VALUES_OF_OTHER_CONNECTOR',
  title: 'meter values of a transaction are those of its connector',
  clause: '1.6 6.31',
  judges: 'station',
  in16: {
    level: 'MUST',
    looks: {
      MeterValues: {
        asked: ({ transactionId, connectorId }, { transactions }) => {
          if (transactionId === undefined) return undefined
          const known = transactions.get(transactionId)
          if (!known || known.place === connectorId) return undefined
          return `transaction ${transactionId} is at connector ${known.place}, the values of ${connectorId}`
        },
      },
    },
    breaks: [start16(), meter16('2026-05-01T12:10:00Z', 1500, { connectorId: 2 })],
    nearly: [start16(), meter16('2026-05-01T12:10:00Z', 1500, { connectorId: 1 })],
  },
}
