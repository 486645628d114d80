import { patienceMs } from '../memory/progress.ts'
import type { Look, Objection, Rule } from '../rule.ts'
import { csms, type Passage, station } from '../sequence.ts'
import { boot2x, boot16, event2x, ofSignedFirmware } from '../shown.ts'

const whileOwed: Look<object, object, Objection> = {
  asked: (_request, memory, { clock }) => {
    const action = memory.takeBroken(clock.monotonicMicros() / 1000)
    return action === undefined
      ? undefined
      : `${action} was promised ${patienceMs / 60_000} minutes ago and did not come`
  },
}

const trigger = (requestedMessage: string): Passage =>
  csms('TriggerMessage', { requestedMessage }, { status: 'Accepted' })

const authorize16 = station('Authorize', { idTag: 'TAG' }, undefined, { afterSeconds: 601 })
const heartbeat = station('Heartbeat', {}, { currentTime: '2026-05-01T10:00:00Z' })

export const promiseBroken: Rule = {
  id: 'ANSWER_PROMISE_BROKEN',
  title: 'a station that accepts to send a message or a report sends it, in ten minutes at most',
  clause: '1.6 5.17, 2.0.1 F06.FR.10, B07.FR.08, N02.FR.03',
  judges: 'station',
  in16: {
    // No time is set for it.
    level: 'SHOULD',
    whileOwed,
    breaks: [boot16('Accepted'), trigger('Heartbeat'), authorize16],
    nearly: [
      boot16('Accepted'),
      trigger('Heartbeat'),
      heartbeat,
      csms('ExtendedTriggerMessage', ofSignedFirmware, { status: 'Accepted' }),
      station('SignedFirmwareStatusNotification', { status: 'Idle' }),
      authorize16,
    ],
  },
  in2x: {
    level: 'SHOULD',
    whileOwed,
    breaks: [
      boot2x('Accepted'),
      csms('GetBaseReport', { requestId: 1, reportBase: 'FullInventory' }, { status: 'Accepted' }),
      { ...event2x('Started', 0), afterSeconds: 601 },
    ],
    nearly: [
      boot2x('Accepted'),
      csms('TriggerMessage', { requestedMessage: 'Heartbeat' }, { status: 'Rejected' }),
      trigger('MeterValues'),
      { ...event2x('Started', 0), afterSeconds: 599 },
    ],
  },
}
