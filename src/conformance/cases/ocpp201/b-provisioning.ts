import type { ConformanceCase } from '../case.ts'
import { optional } from '../values.ts'
import { asked, case201 } from './moves201.ts'
import { booted201 } from './states201.ts'

const offlineThreshold = {
  component: { name: 'OCPPCommCtrlr' },
  variable: { name: 'OfflineThreshold' },
} as const

/** B. Provisioning. */
export const provisioning201: readonly ConformanceCase[] = [
  case201({
    id: 'B_01',
    title: 'A station boots and is accepted',
    profile: 'Core',
    moves: booted201,
  }),
  case201({
    id: 'B_06',
    title: 'The CSMS reads one variable',
    profile: 'Core',
    moves: [
      ...booted201,
      asked('GetVariables', {
        order: { getVariableData: [offlineThreshold] },
        expect: {
          getVariableData: [{ ...offlineThreshold, attributeType: optional('Actual') }],
        },
        answer: {
          getVariableResult: [
            { ...offlineThreshold, attributeStatus: 'Accepted', attributeValue: '60' },
          ],
        },
        clause: '2.0.1 B06.FR.01',
      }),
    ],
  }),
]
