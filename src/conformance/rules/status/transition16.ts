import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import type { Rule } from '../rule.ts'
import { status16 } from '../shown.ts'

type Status = RequestOf<Actions16, 'StatusNotification'>['status']

/** Where a connector cannot go from a status. [1.6 4.9] */
const impossible: Readonly<Partial<Record<Status, readonly Status[]>>> = {
  Available: ['Finishing'],
  Preparing: ['Reserved', 'Unavailable'],
  Charging: ['Preparing', 'Reserved'],
  SuspendedEV: ['Preparing', 'Reserved'],
  SuspendedEVSE: ['Preparing', 'Reserved'],
  Finishing: ['Charging', 'SuspendedEV', 'SuspendedEVSE', 'Reserved'],
  Reserved: ['Charging', 'SuspendedEV', 'SuspendedEVSE', 'Finishing'],
  Unavailable: ['Finishing', 'Reserved'],
}

export const transition16: Rule = {
  id: 'STATUS_TRANSITION',
  title: 'a connector goes from one status to another in one of the ways that there are',
  clause: '1.6 4.9',
  judges: 'station',
  in16: {
    // Short ones may be left out (MinimumStatusDuration): what is seen may then look like another.
    level: 'SHOULD',
    looks: {
      StatusNotification: {
        asked: ({ connectorId, status }, { places }) => {
          const before = places.get(connectorId)?.status
          return before !== undefined && impossible[before]?.includes(status)
            ? `connector ${connectorId} went from ${before} to ${status}`
            : undefined
        },
      },
    },
    breaks: [status16('Available'), status16('Finishing')],
    nearly: [status16('Available'), status16('Charging'), status16('Finishing')],
  },
}
