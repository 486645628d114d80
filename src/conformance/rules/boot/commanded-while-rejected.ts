import type { Look, Objection, Rule } from '../rule.ts'
import { csms } from '../sequence.ts'
import { boot2x, boot16 } from '../shown.ts'

const whileTurnedAway: Look<object, object, Objection> = {
  asked: (_request, { registration }, { action }) =>
    registration === 'Rejected' ? `${action} was sent to a station that was rejected` : undefined,
}

export const commandedWhileRejected: Rule = {
  id: 'BOOT_COMMANDED_WHILE_REJECTED',
  title: 'a CSMS asks nothing of a station that it rejected',
  clause: '1.6 4.2, 2.0.1 B03.FR.03',
  judges: 'csms',
  in16: {
    level: 'SHOULD',
    whileTurnedAway,
    breaks: [boot16('Rejected'), csms('GetConfiguration', {}, {})],
    nearly: [boot16('Pending'), csms('GetConfiguration', {}, {})],
  },
  in2x: {
    level: 'MUST',
    whileTurnedAway,
    breaks: [boot2x('Rejected'), csms('GetLocalListVersion', {}, { versionNumber: 0 })],
    nearly: [
      boot2x('Rejected'),
      boot2x('Pending', 60),
      csms('GetLocalListVersion', {}, { versionNumber: 0 }),
    ],
  },
}
