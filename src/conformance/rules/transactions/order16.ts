import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import { msOf } from '../memory/time.ts'
import type { Rule } from '../rule.ts'
import { meter16, start16 } from '../shown.ts'

type MeterValue = RequestOf<Actions16, 'MeterValues'>['meterValue'][number]

/** Clocks are set right a little all the time. */
const toleranceMs = 2000

/** What an interval of the clock brought, told at its end, bears the time of its beginning [1.6 9.1.5]. */
const quarterHour = {
  timestamp: '2026-05-01T12:00:00Z',
  sampledValue: [
    { value: '900', context: 'Sample.Clock', measurand: 'Energy.Active.Import.Interval' },
  ],
}

function ofItsInstant({ sampledValue }: MeterValue): boolean {
  return sampledValue.some(({ context }) => context !== 'Sample.Clock')
}

export const order16: Rule = {
  id: 'TX_ORDER',
  title: 'what is told of a transaction is told in the order in which it happened',
  clause: '1.6 3.7',
  judges: 'station',
  in16: {
    level: 'SHOULD',
    looks: {
      MeterValues: {
        asked: ({ transactionId, meterValue }, { transactions }) => {
          const first = meterValue.find(ofItsInstant)
          if (transactionId === undefined || !first) return undefined
          const known = transactions.get(transactionId)
          return known && msOf(first.timestamp) < known.eventMs - toleranceMs
            ? `values of ${transactionId} at ${first.timestamp} came after later ones`
            : undefined
        },
      },
    },
    breaks: [
      start16(),
      meter16('2026-05-01T12:10:00Z', 2000),
      meter16('2026-05-01T12:05:00Z', 1500),
    ],
    nearly: [
      start16(),
      meter16('2026-05-01T12:10:00Z', 2000),
      meter16('2026-05-01T12:10:00Z', 2000),
      meter16('2026-05-01T12:05:00Z', 1500, { transactionId: undefined }),
      meter16('2026-05-01T12:00:00Z', 0, { meterValue: [quarterHour] }),
    ],
  },
}
