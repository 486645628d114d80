import type { Rule } from '../rule.ts'
import { event2x } from '../shown.ts'

const idToken = { idToken: 'TAG', type: 'ISO14443' }

export const tokenNotJudged2x: Rule = {
  id: 'TX_TOKEN_NOT_JUDGED',
  title: 'an event with an idToken is answered with what the CSMS thinks of it',
  clause: '2.0.1 E01.FR.12, E02.FR.02, E03.FR.02',
  judges: 'csms',
  in2x: {
    level: 'MUST',
    looks: {
      TransactionEvent: {
        answered: (request, { idTokenInfo }) =>
          request.idToken && !idTokenInfo
            ? `the ${request.eventType} event has an idToken, its answer no idTokenInfo`
            : undefined,
      },
    },
    breaks: [event2x('Started', 0, { idToken })],
    nearly: [
      event2x('Started', 0, { idToken }, { idTokenInfo: { status: 'Invalid' } }),
      event2x('Updated', 1),
    ],
  },
}
