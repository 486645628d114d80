import { msOf } from '../memory/time.ts'
import type { Rule } from '../rule.ts'
import { event2x } from '../shown.ts'

/** Clocks are set right a little all the time. */
const toleranceMs = 2000

export const timeFalls2x: Rule = {
  id: 'TX_TIME_FALLS',
  title: 'the events of a transaction happen in the order of their sequence numbers',
  clause: '2.0.1 Part 2 E 1.3.2.1',
  judges: 'station',
  in2x: {
    level: 'SHOULD',
    looks: {
      TransactionEvent: {
        asked: ({ seqNo, timestamp, transactionInfo: { transactionId } }, { transactions }) => {
          const known = transactions.get(transactionId)
          return known && seqNo > known.seqNo && msOf(timestamp) < known.eventMs - toleranceMs
            ? `event ${seqNo} of ${transactionId} happened before ${known.seqNo}`
            : undefined
        },
      },
    },
    breaks: [event2x('Started', 0), event2x('Updated', 1, { timestamp: '2026-05-01T11:00:00Z' })],
    nearly: [event2x('Started', 0), event2x('Updated', 1, { timestamp: '2026-05-01T11:59:59Z' })],
  },
}
