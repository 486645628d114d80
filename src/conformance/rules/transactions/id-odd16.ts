import type { Rule } from '../rule.ts'
import { start16 } from '../shown.ts'

export const idOdd16: Rule = {
  id: 'TX_ID_NOT_POSITIVE',
  title: 'the id of a transaction that is authorized is positive',
  clause: '1.6 errata 3.54',
  judges: 'csms',
  in16: {
    level: 'SHOULD',
    looks: {
      StartTransaction: {
        answered: (_request, { transactionId, idTagInfo }) =>
          transactionId <= 0 && idTagInfo.status === 'Accepted'
            ? `a transaction that may charge got the id ${transactionId}`
            : undefined,
      },
    },
    breaks: [start16({}, { transactionId: -1 })],
    nearly: [start16({}, { transactionId: -1, idTagInfo: { status: 'Invalid' } })],
  },
}
