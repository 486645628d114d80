import { msOf } from '../memory/time.ts'
import type { Rule } from '../rule.ts'
import { start16, stop16 } from '../shown.ts'

export const stoppedTwice16: Rule = {
  id: 'TX_STOPPED_TWICE',
  title: 'a transaction ends once; a repetition says the same',
  clause: '1.6 4.10',
  judges: 'station',
  in16: {
    level: 'MUST',
    looks: {
      StopTransaction: {
        asked: ({ transactionId, timestamp }, { transactions }) => {
          const ended = transactions.get(transactionId)?.endedMs
          return ended !== undefined && ended !== msOf(timestamp)
            ? `transaction ${transactionId} ended before, at another time`
            : undefined
        },
      },
    },
    breaks: [start16(), stop16(), stop16({ timestamp: '2026-05-01T13:30:00Z' })],
    nearly: [start16(), stop16(), stop16({ timestamp: '2026-05-01T13:00:00.000Z' })],
  },
}
