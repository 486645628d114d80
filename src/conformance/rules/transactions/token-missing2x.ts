import type { Rule } from '../rule.ts'
import { event2x } from '../shown.ts'

const idToken = { idToken: 'TAG', type: 'ISO14443' }

export const tokenMissing2x: Rule = {
  id: 'TX_TOKEN_MISSING',
  title: 'the event that tells that a driver was authorized tells by which idToken',
  clause: '2.0.1 E02.FR.01, E03.FR.01',
  judges: 'station',
  in2x: {
    level: 'MUST',
    looks: {
      TransactionEvent: {
        asked: ({ triggerReason, idToken }) =>
          triggerReason === 'Authorized' && !idToken
            ? 'an event was triggered by Authorized and has no idToken'
            : undefined,
      },
    },
    breaks: [event2x('Started', 0), event2x('Updated', 1, { triggerReason: 'Authorized' })],
    nearly: [
      event2x('Started', 0, { triggerReason: 'Authorized', idToken }),
      event2x('Ended', 1, { triggerReason: 'StopAuthorized' }),
    ],
  },
}
