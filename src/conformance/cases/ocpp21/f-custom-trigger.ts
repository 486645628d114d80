import type { ConformanceCase } from '../case.ts'
import { reports } from './device-model21.ts'
import { asked, call, case21 } from './moves21.ts'
import { booted21, stillThere } from './states21.ts'

/** What the vendor of the station calls messages of his own. */
const known = ['Custom1', 'Custom2', 'Custom3'] as const

/** F. Remote control. */
export const customTriggers21: readonly ConformanceCase[] = [
  case21({
    id: 'F_100',
    title: 'The CSMS triggers a message of the vendor, of one EVSE',
    profile: 'Core',
    feature: 'C-29.7',
    moves: [
      ...booted21,
      ...reports({ 'CustomizationCtrlr.CustomTriggers': known }),
      asked('TriggerMessage', {
        order: { requestedMessage: 'CustomTrigger', customTrigger: known[1], evse: { id: 1 } },
        answer: { status: 'Accepted' },
        clause: '2.1 F06.FR.18, F06.FR.20',
      }),
      call('DataTransfer', { vendorId: 'com.example', messageId: known[1], data: { fan: 'on' } }),
      stillThere,
    ],
  }),
]
