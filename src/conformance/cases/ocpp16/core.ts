import type { ConformanceCase } from '../case.ts'
import { oneOf, regex } from '../values.ts'
import { configuration16 } from './core-configuration.ts'
import { offline16 } from './core-offline.ts'
import { remoteControl16 } from './core-remote-control.ts'
import { sessions16 } from './core-sessions.ts'
import { call, case16 } from './moves16.ts'
import { booted16 } from './states16.ts'

/** Core of OCPP 1.6. */
export const core16: readonly ConformanceCase[] = [
  case16({
    id: '001',
    title: 'A station boots cold: accepted, connectors told, heartbeats answered',
    group: 'Core',
    moves: [
      ...booted16,
      ...[1, 2].map(() =>
        call(
          'Heartbeat',
          {},
          {
            expect: { currentTime: regex('^\\d{4}-\\d{2}-\\d{2}T') },
            prefer: { currentTime: regex('(Z|[+-]00:00)$') },
            clause: '1.6 4.6',
          },
        ),
      ),
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
