import type { Rule } from '../rule.ts'
import { event2x } from '../shown.ts'

export const seqGap2x: Rule = {
  id: 'TX_SEQ_GAP',
  title: 'no event of a transaction is missing',
  clause: '2.0.1 Part 2 E 1.3.2.1, E04.FR.07, E13.FR.04',
  judges: 'station',
  in2x: {
    // Events may be dropped for want of memory, or after too many attempts.
    level: 'SHOULD',
    looks: {
      TransactionEvent: {
        asked: ({ transactionInfo: { transactionId }, seqNo }, { transactions }) => {
          const known = transactions.get(transactionId)
          if (!known || seqNo <= known.seqNo + 1) return undefined
          return `event ${seqNo} of ${transactionId} came after ${known.seqNo}`
        },
      },
    },
    breaks: [event2x('Started', 0), event2x('Updated', 2)],
    nearly: [event2x('Updated', 7), event2x('Ended', 8)],
  },
}
