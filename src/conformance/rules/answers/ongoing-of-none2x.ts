import type { Rule } from '../rule.ts'
import { csms } from '../sequence.ts'

export const ongoingOfNone2x: Rule = {
  id: 'ANSWER_ONGOING_OF_NONE',
  title: 'who is not asked of a transaction does not say whether it goes on',
  clause: '2.0.1 E14.FR.06',
  judges: 'station',
  in2x: {
    level: 'MUST',
    looks: {
      GetTransactionStatus: {
        answered: ({ transactionId }, { ongoingIndicator }) =>
          transactionId === undefined && ongoingIndicator !== undefined
            ? `ongoingIndicator is ${ongoingIndicator}, and nobody asked of a transaction`
            : undefined,
      },
    },
    breaks: [csms('GetTransactionStatus', {}, { messagesInQueue: false, ongoingIndicator: false })],
    nearly: [
      csms(
        'GetTransactionStatus',
        { transactionId: 'T7' },
        { messagesInQueue: false, ongoingIndicator: false },
      ),
    ],
  },
}
