import type { Look, Objection, Rule } from '../rule.ts'
import { csms, station } from '../sequence.ts'
import { boot2x, boot16, ofSignedFirmware } from '../shown.ts'
import { isTooEarly } from './registration.ts'

const whileTurnedAway: Look<object, object, Objection> = {
  asked: (_request, memory, moment) =>
    isTooEarly(memory, moment)
      ? `${moment.action} came from a station that was told it is not accepted`
      : undefined,
}

export const sentBeforeAccepted: Rule = {
  id: 'BOOT_SENT_BEFORE_ACCEPTED',
  title: 'a station that was not accepted sends nothing but its boot and what it was asked for',
  clause: '1.6 4.2, 2.0.1 B01.FR.08, B02.FR.02, B03.FR.02',
  judges: 'station',
  in16: {
    level: 'MUST',
    whileTurnedAway,
    breaks: [boot16('Rejected'), station('Heartbeat', {})],
    nearly: [
      boot16('Pending'),
      csms('TriggerMessage', { requestedMessage: 'Heartbeat' }, { status: 'Accepted' }),
      station('Heartbeat', {}),
      csms('ExtendedTriggerMessage', ofSignedFirmware, { status: 'Accepted' }),
      station('SignedFirmwareStatusNotification', { status: 'Idle' }),
    ],
  },
  in2x: {
    level: 'MUST',
    whileTurnedAway,
    breaks: [
      boot2x('Pending'),
      csms('TriggerMessage', { requestedMessage: 'Heartbeat' }, { status: 'Accepted' }),
      station('MeterValues', {
        evseId: 1,
        meterValue: [{ timestamp: '2026-05-01T12:00:00Z', sampledValue: [{ value: 1 }] }],
      }),
    ],
    nearly: [
      boot2x('Pending'),
      csms('GetBaseReport', { requestId: 1, reportBase: 'FullInventory' }, { status: 'Accepted' }),
      station('NotifyReport', {
        requestId: 1,
        seqNo: 0,
        generatedAt: '2026-05-01T12:00:00Z',
      }),
    ],
  },
}
