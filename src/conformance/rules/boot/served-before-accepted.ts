import type { Rule } from '../rule.ts'
import { csms, station } from '../sequence.ts'
import { boot2x, boot16 } from '../shown.ts'
import { isTooEarly } from './registration.ts'

const whileTurnedAway = {
  answered: (
    _request: object,
    _response: object,
    ...[memory, moment]: Parameters<typeof isTooEarly>
  ) =>
    isTooEarly(memory, moment)
      ? `${moment.action} was answered as if the station were accepted, which it was told it is not`
      : undefined,
}

export const servedBeforeAccepted: Rule = {
  id: 'BOOT_SERVED_BEFORE_ACCEPTED',
  title: 'a station that was not accepted is served nothing but its boot and what it was asked for',
  clause: '1.6J errata 3.10, 2.0.1 B01.FR.10, B02.FR.09, B03.FR.07',
  judges: 'csms',
  in16: {
    level: 'SHOULD',
    whileTurnedAway,
    breaks: [boot16('Pending'), station('Heartbeat', {}, { currentTime: '2026-05-01T10:00:00Z' })],
    nearly: [
      boot16('Pending'),
      csms('TriggerMessage', { requestedMessage: 'Heartbeat' }, { status: 'Accepted' }),
      station('Heartbeat', {}, { currentTime: '2026-05-01T10:00:00Z' }),
    ],
  },
  in2x: {
    level: 'MUST',
    whileTurnedAway,
    breaks: [boot2x('Rejected'), station('Heartbeat', {}, { currentTime: '2026-05-01T10:00:00Z' })],
    nearly: [
      boot2x('Rejected'),
      station('Heartbeat', {}),
      boot2x('Accepted'),
      station('Heartbeat', {}, { currentTime: '2026-05-01T10:00:00Z' }),
    ],
  },
}
