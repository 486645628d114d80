import type { ConformanceCase, Move } from '../case.ts'
import { connects, does } from '../moves.ts'
import { any, now, oneOf, regex } from '../values.ts'
import { configuration16 } from './core-configuration.ts'
import { offline16 } from './core-offline.ts'
import { remoteControl16 } from './core-remote-control.ts'
import { sessions16 } from './core-sessions.ts'
import { call, case16 } from './moves16.ts'
import { booted16, connectors } from './states16.ts'

const utc = regex('(Z|[+-]00:00)$')

/** Two machines need not agree to the second, but a time zone is no clock [1.6 3.14]. */
const toleranceMs = 60_000

function rightTime(action: string): Move {
  return does('the time that it told', (scene) => {
    const told = String(scene.values.get('told'))
    const apartMs = Math.abs(Date.parse(told) - Date.parse(String(scene.values.fill(now()))))
    scene.check(`${action} tells the time`, apartMs <= toleranceMs, {
      detail: `${told}, ${Math.round(apartMs / 1000)} s from the time here`,
      clause: '1.6 3.14, 4.6',
    })
  })
}

/** Core of OCPP 1.6. */
export const core16: readonly ConformanceCase[] = [
  case16({
    id: '001',
    title: 'A station boots cold: accepted, connectors told, heartbeats answered',
    group: 'Core',
    moves: [
      connects('upgrade', {}, { clause: '1.6J 3.1', protocol: 'ocpp1.6' }),
      call(
        'BootNotification',
        { chargePointVendor: 'csms', chargePointModel: 'probe' },
        {
          expect: { status: 'Accepted', currentTime: any },
          // 0 would leave it to the station.
          prefer: { interval: { $between: [1, 86_400] }, currentTime: utc },
          save: { told: '$.currentTime' },
          clause: '1.6 4.2',
        },
      ),
      rightTime('BootNotification'),
      ...connectors,
      ...[1, 2].flatMap(() => [
        call(
          'Heartbeat',
          {},
          {
            expect: { currentTime: any },
            prefer: { currentTime: utc },
            save: { told: '$.currentTime' },
            clause: '1.6 4.6',
          },
        ),
        rightTime('Heartbeat'),
      ]),
    ],
  }),
  ...sessions16,
  ...remoteControl16,
  ...configuration16,
  ...offline16,
  case16({
    id: '064',
    title: 'Data of a vendor that the CSMS does not know is not accepted',
    group: 'Core',
    moves: [
      ...booted16,
      call(
        'DataTransfer',
        { vendorId: 'csms.conformance.unknown', messageId: 'Nothing', data: 'of meaning' },
        {
          expect: { status: oneOf('Accepted', 'Rejected', 'UnknownMessageId', 'UnknownVendorId') },
          prefer: { status: oneOf('UnknownVendorId', 'UnknownMessageId', 'Rejected') },
          clause: '1.6 4.3',
        },
      ),
    ],
  }),
]
