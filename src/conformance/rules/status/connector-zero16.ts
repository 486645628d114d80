import type { Rule } from '../rule.ts'
import { status16 } from '../shown.ts'

const ofStations: ReadonlySet<string> = new Set(['Available', 'Unavailable', 'Faulted'])

export const statusOfZero16: Rule = {
  id: 'STATUS_OF_STATION',
  title: 'the station as a whole is Available, Unavailable or Faulted',
  clause: '1.6 4.9, 6.47',
  judges: 'station',
  in16: {
    level: 'MUST',
    looks: {
      StatusNotification: {
        asked: ({ connectorId, status }) =>
          connectorId !== 0 || ofStations.has(status)
            ? undefined
            : `connector 0 is said to be ${status}`,
      },
    },
    breaks: [status16('Preparing', { connectorId: 0 })],
    nearly: [status16('Faulted', { connectorId: 0, errorCode: 'OtherError' })],
  },
}
