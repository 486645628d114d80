import type { ConformanceCase } from '../case.ts'
import { inAnyOrder, optional } from '../values.ts'
import { reads, type Variable } from './b-reading.ts'
import { asked, case201 } from './moves201.ts'
import { booted201, stillThere } from './states201.ts'

const offlineThreshold = {
  component: { name: 'OCPPCommCtrlr' },
  variable: { name: 'OfflineThreshold' },
} as const

const authorizeRemoteStart = {
  component: { name: 'AuthCtrlr' },
  variable: { name: 'AuthorizeRemoteStart' },
} as const

/** Attributes other than the actual value are not what was asked for. */
const actual = { attributeType: optional('Actual') } as const

const limit = (name: string, instance: string): Variable => ({
  component: { name: 'DeviceDataCtrlr' },
  variable: { name, instance },
  value: '4',
})

const itemsOfGetVariables = limit('ItemsPerMessage', 'GetVariables')

const offlineThresholdRead: Variable = { ...offlineThreshold, value: '60' }
const authorizeRemoteStartRead: Variable = { ...authorizeRemoteStart, value: 'false' }

/** One more than the station takes in one message. */
const fiveVariables: readonly Variable[] = [
  limit('ItemsPerMessage', 'GetReport'),
  itemsOfGetVariables,
  { ...limit('BytesPerMessage', 'GetReport'), value: '8192' },
  { ...limit('BytesPerMessage', 'GetVariables'), value: '8192' },
  authorizeRemoteStartRead,
]

/** Variables, read and set. */
export const variables201: readonly ConformanceCase[] = [
  case201({
    id: 'B_06',
    title: 'The CSMS reads one variable',
    profile: 'Core',
    moves: [...booted201, reads([offlineThresholdRead], { clause: '2.0.1 B06' }), stillThere],
  }),
  case201({
    id: 'B_07',
    title: 'The CSMS reads several variables at once',
    profile: 'Core',
    feature: 'C-45',
    moves: [
      ...booted201,
      reads([offlineThresholdRead, authorizeRemoteStartRead], { clause: '2.0.1 B06' }),
      stillThere,
    ],
  }),
  case201({
    id: 'B_08',
    title: 'The CSMS asks for no more variables at once than the station takes',
    profile: 'Optional',
    moves: [
      ...booted201,
      reads([itemsOfGetVariables], { clause: '2.0.1 B06' }),
      stillThere,
      reads(fiveVariables, { atMost: 4, clause: '2.0.1 B06.FR.05' }),
      stillThere,
    ],
  }),
  case201({
    id: 'B_09',
    title: 'The CSMS sets one variable',
    profile: 'Core',
    moves: [
      ...booted201,
      asked('SetVariables', {
        order: { setVariableData: [{ ...offlineThreshold, attributeValue: '123' }] },
        expect: {
          setVariableData: [{ ...offlineThreshold, attributeValue: '123', ...actual }],
        },
        answer: { setVariableResult: [{ ...offlineThreshold, attributeStatus: 'Accepted' }] },
        clause: '2.0.1 B05',
      }),
      stillThere,
    ],
  }),
  case201({
    id: 'B_10',
    title: 'The CSMS sets several variables at once',
    profile: 'Core',
    feature: 'C-46',
    moves: [
      ...booted201,
      asked('SetVariables', {
        order: {
          setVariableData: [
            { ...offlineThreshold, attributeValue: '123' },
            { ...authorizeRemoteStart, attributeValue: 'false' },
          ],
        },
        expect: {
          setVariableData: inAnyOrder([
            { ...offlineThreshold, attributeValue: '123', ...actual },
            { ...authorizeRemoteStart, attributeValue: 'false', ...actual },
          ]),
        },
        answer: {
          setVariableResult: [
            { ...offlineThreshold, attributeStatus: 'Accepted' },
            { ...authorizeRemoteStart, attributeStatus: 'Accepted' },
          ],
        },
        clause: '2.0.1 B05',
      }),
      stillThere,
    ],
  }),
]
