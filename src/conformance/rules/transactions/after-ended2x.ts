import type { Rule } from '../rule.ts'
import { event2x } from '../shown.ts'

export const afterEnded2x: Rule = {
  id: 'TX_EVENT_AFTER_END',
  title: 'the event that ends a transaction is its last',
  clause: '2.0.1 Part 2 3.80',
  judges: 'station',
  in2x: {
    level: 'MUST',
    looks: {
      TransactionEvent: {
        asked: ({ eventType, seqNo, transactionInfo: { transactionId } }, { transactions }) => {
          if (eventType === 'Started') return undefined
          const known = transactions.get(transactionId)
          return known?.endedMs !== undefined && seqNo > known.seqNo
            ? `event ${seqNo} of ${transactionId} came after its end`
            : undefined
        },
      },
    },
    breaks: [event2x('Started', 0), event2x('Ended', 1), event2x('Updated', 2)],
    nearly: [event2x('Started', 0), event2x('Ended', 1), event2x('Ended', 1)],
  },
}
