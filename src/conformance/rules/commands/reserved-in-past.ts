import type { Memory } from '../memory/memory.ts'
import { msOf } from '../memory/time.ts'
import type { Objection, Rule } from '../rule.ts'
import { csms } from '../sequence.ts'
import { boot2x, boot16 } from '../shown.ts'

const objection = (expiry: string, { toldMs }: Memory): Objection =>
  msOf(expiry) < toldMs ? `a reservation is over at ${expiry}, which is past` : undefined

const accepted = { status: 'Accepted' }

const reserve16 = (expiryDate: string) =>
  csms('ReserveNow', { connectorId: 1, expiryDate, idTag: 'TAG', reservationId: 1 }, accepted)

const reserve2x = (expiryDateTime: string) =>
  csms(
    'ReserveNow',
    { id: 1, expiryDateTime, idToken: { idToken: 'TAG', type: 'ISO14443' } },
    accepted,
  )

export const reservedInPast: Rule = {
  id: 'COMMAND_RESERVED_IN_PAST',
  title: 'a reservation that is asked for ends in the future, by the clock of the CSMS',
  clause: '1.6 5.13, 2.0.1 H01',
  judges: 'csms',
  in16: {
    level: 'SHOULD',
    looks: { ReserveNow: { asked: ({ expiryDate }, memory) => objection(expiryDate, memory) } },
    breaks: [boot16('Accepted'), reserve16('2026-05-01T09:59:00Z')],
    nearly: [boot16('Accepted'), reserve16('2026-05-01T10:01:00Z')],
  },
  in2x: {
    level: 'SHOULD',
    looks: {
      ReserveNow: { asked: ({ expiryDateTime }, memory) => objection(expiryDateTime, memory) },
    },
    breaks: [boot2x('Accepted'), reserve2x('2026-05-01T09:59:00Z')],
    nearly: [reserve2x('2026-05-01T09:59:00Z'), boot2x('Accepted')],
  },
}
