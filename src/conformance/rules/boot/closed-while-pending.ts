import type { Memory } from '../memory/memory.ts'
import type { Objection, Rule } from '../rule.ts'
import { closes } from '../sequence.ts'
import { boot2x, boot16 } from '../shown.ts'

/** Going away, a lost connection, a restart: not meant for this station. [RFC 6455 7.4.1] */
const forReasons: ReadonlySet<number> = new Set([1001, 1006, 1012, 1013])
/** Reasons of its own: another connection of the station may have taken the place of this one. */
const firstPrivate = 4000

function closed(code: number, { registration }: Memory): Objection {
  return registration === 'Pending' && code < firstPrivate && !forReasons.has(code)
    ? `the connection of a pending station was closed with ${code}`
    : undefined
}

export const closedWhilePending: Rule = {
  id: 'BOOT_CLOSED_WHILE_PENDING',
  title: 'a CSMS does not close the connection of a station that is pending',
  clause: '1.6 4.2, 2.0.1 B02.FR.06',
  judges: 'csms',
  in16: {
    level: 'SHOULD',
    closed,
    breaks: [boot16('Pending'), closes('csms', 1000)],
    nearly: [boot16('Rejected'), closes('csms', 1000)],
  },
  in2x: {
    level: 'MUST',
    closed,
    breaks: [boot2x('Pending'), closes('csms', 1000)],
    nearly: [boot2x('Pending'), closes('csms', 1012)],
  },
}
