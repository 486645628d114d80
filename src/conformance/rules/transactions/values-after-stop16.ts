import { msOf } from '../memory/time.ts'
import type { Rule } from '../rule.ts'
import { meter16, start16, stop16 } from '../shown.ts'

export const valuesAfterStop16: Rule = {
  id: 'TX_VALUES_AFTER_STOP',
  title: 'no meter value of a transaction is taken after it ended',
  clause: '1.6 4.7',
  judges: 'station',
  in16: {
    level: 'SHOULD',
    looks: {
      MeterValues: {
        asked: ({ transactionId, meterValue }, { transactions }) => {
          if (transactionId === undefined) return undefined
          const ended = transactions.get(transactionId)?.endedMs
          if (ended === undefined) return undefined
          const late = meterValue.find(({ timestamp }) => msOf(timestamp) > ended)
          return (
            late &&
            `values of ${late.timestamp} are said to be of ${transactionId}, which had ended`
          )
        },
      },
    },
    breaks: [start16(), stop16(), meter16('2026-05-01T13:10:00Z', 9000)],
    // A queue is delivered late: what counts is when the values were taken.
    nearly: [start16(), stop16(), meter16('2026-05-01T12:50:00Z', 8000)],
  },
}
