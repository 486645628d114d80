import type { ConformanceCase } from '../case.ts'
import { any, now, value } from '../values.ts'
import { asked, call, case16 } from './moves16.ts'
import { authorized, booted16, charging, started, status } from './states16.ts'

/** Core of OCPP 1.6. */
export const core16: readonly ConformanceCase[] = [
  case16({
    id: '001',
    title: 'A station boots cold: accepted, connectors told, heartbeats answered',
    group: 'Core',
    moves: [
      ...booted16,
      call('Heartbeat', {}, { expect: { currentTime: any }, clause: '1.6 4.6' }),
    ],
  }),
  case16({
    id: '003',
    title: 'A session: plugged in, then identified',
    group: 'Core',
    moves: [...booted16, status(1, 'Preparing'), authorized, started, status(1, 'Charging')],
  }),
  case16({
    id: '012',
    title: 'The CSMS stops a transaction',
    group: 'Core',
    moves: [
      ...charging,
      asked('RemoteStopTransaction', {
        order: { transactionId: value('transactionId') },
        answer: { status: 'Accepted' },
        clause: '1.6 5.12',
      }),
      call('StopTransaction', {
        transactionId: value('transactionId'),
        meterStop: 100,
        timestamp: now(),
        reason: 'Remote',
      }),
      status(1, 'Finishing'),
      status(1, 'Available'),
    ],
  }),
  case16({
    id: '023_3',
    title: 'A blocked idTag is answered Blocked',
    group: 'Core',
    needs: ['blockedToken'],
    moves: [
      ...booted16,
      call(
        'Authorize',
        { idTag: value('blockedToken') },
        { expect: { idTagInfo: { status: 'Blocked' } }, clause: '1.6 4.1' },
      ),
    ],
  }),
]
