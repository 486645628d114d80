import { msOf } from '../memory/time.ts'
import type { Rule } from '../rule.ts'
import { event2x } from '../shown.ts'

export const startedTwice2x: Rule = {
  id: 'TX_STARTED_TWICE',
  title: 'a transaction starts once: no id is given to another, and nothing comes before the start',
  clause: '2.0.1 E01.FR.08',
  judges: 'station',
  in2x: {
    level: 'MUST',
    looks: {
      TransactionEvent: {
        asked: (
          { eventType, seqNo, timestamp, transactionInfo: { transactionId } },
          { transactions },
        ) => {
          const known = eventType === 'Started' ? transactions.get(transactionId) : undefined
          return known && (known.beginning !== seqNo || known.startedMs !== msOf(timestamp))
            ? `transaction ${transactionId} started when it was already known`
            : undefined
        },
      },
    },
    breaks: [event2x('Started', 0), event2x('Ended', 1), event2x('Started', 2)],
    nearly: [event2x('Started', 0), event2x('Started', 0), event2x('Ended', 1)],
  },
}
