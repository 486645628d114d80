import type { Rule } from '../rule.ts'
import { status16 } from '../shown.ts'

export const faultedWithoutError16: Rule = {
  id: 'STATUS_FAULTED_WITHOUT_ERROR',
  title: 'a connector that is Faulted says what its error is',
  clause: '1.6 4.9, 7.7',
  judges: 'station',
  in16: {
    level: 'SHOULD',
    looks: {
      StatusNotification: {
        asked: ({ connectorId, status, errorCode }) =>
          status === 'Faulted' && errorCode === 'NoError'
            ? `connector ${connectorId} is Faulted and has no error`
            : undefined,
      },
    },
    breaks: [status16('Faulted')],
    // Warnings do not stop a connector from charging.
    nearly: [status16('Charging', { errorCode: 'WeakSignal' })],
  },
}
