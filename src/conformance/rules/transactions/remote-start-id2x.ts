import type { Rule } from '../rule.ts'
import { event2x } from '../shown.ts'

export const remoteStartId2x: Rule = {
  id: 'TX_REMOTE_START_ID',
  title: 'an event that a remote start caused names it',
  clause: '2.0.1 F01.FR.25, F02.FR.21',
  judges: 'station',
  in2x: {
    level: 'MUST',
    looks: {
      TransactionEvent: {
        asked: ({ triggerReason, transactionInfo: { remoteStartId } }) =>
          triggerReason === 'RemoteStart' && remoteStartId === undefined
            ? 'an event was triggered by RemoteStart and has no remoteStartId'
            : undefined,
      },
    },
    breaks: [event2x('Started', 0, { triggerReason: 'RemoteStart' })],
    nearly: [event2x('Started', 0, { triggerReason: 'RemoteStart', info: { remoteStartId: 3 } })],
  },
}
