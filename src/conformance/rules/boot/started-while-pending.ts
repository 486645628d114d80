import type { Memory } from '../memory/memory.ts'
import type { Objection, Rule } from '../rule.ts'
import { csms } from '../sequence.ts'
import { boot2x, boot16 } from '../shown.ts'

function asked(_request: object, { registration }: Memory): Objection {
  return registration === 'Pending'
    ? 'the station is pending: it has to be accepted before it is told to charge'
    : undefined
}

const idToken = { idToken: 'TAG', type: 'ISO14443' }

export const startedWhilePending: Rule = {
  id: 'BOOT_STARTED_WHILE_PENDING',
  title: 'a pending station is not told to start or stop a transaction',
  clause: '1.6 4.2, 2.0.1 B02.FR.05',
  judges: 'csms',
  in16: {
    level: 'MUST',
    looks: { RemoteStartTransaction: { asked }, RemoteStopTransaction: { asked } },
    breaks: [
      boot16('Pending'),
      csms('RemoteStartTransaction', { idTag: 'TAG' }, { status: 'Rejected' }),
    ],
    nearly: [
      boot16('Pending'),
      boot16('Accepted', 60),
      csms('RemoteStartTransaction', { idTag: 'TAG' }, { status: 'Accepted' }),
    ],
  },
  in2x: {
    level: 'MUST',
    looks: { RequestStartTransaction: { asked }, RequestStopTransaction: { asked } },
    breaks: [
      boot2x('Pending'),
      csms('RequestStartTransaction', { idToken, remoteStartId: 1 }, { status: 'Rejected' }),
    ],
    nearly: [
      boot2x('Accepted'),
      csms('RequestStartTransaction', { idToken, remoteStartId: 1 }, { status: 'Accepted' }),
    ],
  },
}
