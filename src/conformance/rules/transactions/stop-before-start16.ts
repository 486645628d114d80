import { msOf } from '../memory/time.ts'
import type { Rule } from '../rule.ts'
import { start16, stop16 } from '../shown.ts'

export const stopBeforeStart16: Rule = {
  id: 'TX_STOP_BEFORE_START',
  title: 'a transaction does not end before it began',
  clause: '1.6 6.49',
  judges: 'station',
  in16: {
    level: 'MUST',
    looks: {
      StopTransaction: {
        asked: ({ transactionId, timestamp }, { transactions }) => {
          const begun = transactions.get(transactionId)?.startedMs
          return begun !== undefined && msOf(timestamp) < begun
            ? `transaction ${transactionId} ended at ${timestamp}, before it began`
            : undefined
        },
      },
    },
    breaks: [start16(), stop16({ timestamp: '2026-05-01T11:59:59Z' })],
    nearly: [start16(), stop16({ timestamp: '2026-05-01T12:00:00Z' })],
  },
}
