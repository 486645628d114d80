import { msOf } from '../memory/time.ts'
import type { Rule } from '../rule.ts'
import { event2x } from '../shown.ts'

export const seqFalls2x: Rule = {
  id: 'TX_SEQ_FALLS',
  title: 'the sequence number of each event of a transaction is higher than that before',
  clause: '2.0.1 Part 2 E 1.3.2.1, E01.FR.07',
  judges: 'station',
  in2x: {
    level: 'MUST',
    looks: {
      TransactionEvent: {
        asked: ({ transactionInfo: { transactionId }, seqNo, timestamp }, { transactions }) => {
          const known = transactions.get(transactionId)
          if (!known || seqNo > known.seqNo) return undefined
          if (seqNo === known.seqNo && msOf(timestamp) === known.eventMs) return undefined
          return `event ${seqNo} of ${transactionId} came after ${known.seqNo}`
        },
      },
    },
    breaks: [event2x('Started', 4), event2x('Updated', 3)],
    nearly: [event2x('Started', 4), event2x('Started', 4), event2x('Updated', 5)],
  },
}
