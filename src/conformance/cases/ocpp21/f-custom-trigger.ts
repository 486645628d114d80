import type { ConformanceCase, Move } from '../case.ts'
import { reports } from './device-model21.ts'
import { asked, call, case21 } from './moves21.ts'
import { booted21, stillThere } from './states21.ts'

/** What the vendor of the station calls a message of his own. */
const known = 'com.example.report'

function triggered(customTrigger: string, status: 'Accepted' | 'NotImplemented'): Move {
  return asked('TriggerMessage', {
    order: { requestedMessage: 'CustomTrigger', customTrigger },
    answer: { status },
    clause: status === 'Accepted' ? '2.1 F06.FR.18, F06.FR.20' : '2.1 F06.FR.19',
  })
}

/** F. Remote control. */
export const customTriggers21: readonly ConformanceCase[] = [
  case21({
    id: 'F_100',
    title: 'The CSMS triggers a message of the vendor, and one that the station does not know',
    feature: 'F06.FR.20',
    moves: [
      ...booted21,
      ...reports({ 'CustomizationCtrlr.CustomTriggers': [known] }),
      triggered(known, 'Accepted'),
      call('DataTransfer', {
        vendorId: 'com.example',
        messageId: known,
        data: { temperature: 21 },
      }),
      triggered('com.example.nothing', 'NotImplemented'),
      stillThere,
    ],
  }),
]
