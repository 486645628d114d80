import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { now, type Operator, value } from '../values.ts'
import { asked, call, case201 } from './moves201.ts'
import { booted201 } from './states201.ts'

/** A CSMS chooses it; no official set takes one below 0. */
const requestId: Operator = { $between: [0, 2_147_483_647] }

type Inventory = RequestOf<Actions201, 'GetBaseReport'>['reportBase']

function requested(reportBase: Inventory): Move {
  return asked('GetBaseReport', {
    order: { requestId: 1, reportBase },
    expect: { requestId, reportBase },
    answer: { status: 'Accepted' },
    save: { requestId: '$.requestId' },
    clause: '2.0.1 B07.FR.01',
  })
}

const evse1State = {
  component: { name: 'EVSE', evse: { id: 1 } },
  variable: { name: 'AvailabilityState' },
} as const

type Reported = NonNullable<RequestOf<Actions201, 'NotifyReport'>['reportData']>[number]

/** A variable that a station has, as its report tells it. */
const stateRow: Reported = {
  ...evse1State,
  variableAttribute: [{ type: 'Actual', value: 'Available', mutability: 'ReadOnly' }],
  variableCharacteristics: {
    dataType: 'OptionList',
    valuesList: 'Available,Occupied,Reserved,Unavailable,Faulted',
    supportsMonitoring: true,
  },
}

const thresholdRow: Reported = {
  component: { name: 'OCPPCommCtrlr' },
  variable: { name: 'OfflineThreshold' },
  variableAttribute: [{ type: 'Actual', value: '60', mutability: 'ReadWrite', persistent: true }],
  variableCharacteristics: { dataType: 'integer', unit: 's', supportsMonitoring: false },
}

/** The report, in as many messages as it has parts. */
function reported(clause: string, ...parts: readonly (readonly Reported[])[]): readonly Move[] {
  return parts.map((reportData, seqNo) =>
    call(
      'NotifyReport',
      {
        requestId: value('requestId'),
        generatedAt: now(),
        seqNo,
        tbc: seqNo < parts.length - 1,
        reportData,
      },
      { clause },
    ),
  )
}

const reportOf = (reportBase: Inventory): readonly Move[] => [
  ...booted201,
  requested(reportBase),
  ...reported('2.0.1 B07.FR.03', [thresholdRow], [stateRow]),
]

/** Reports of what a station is made of. */
export const baseReports201: readonly ConformanceCase[] = [
  case201({
    id: 'B_12',
    title: 'The CSMS asks for everything that can be configured',
    profile: 'Core',
    feature: 'C-17',
    moves: reportOf('ConfigurationInventory'),
  }),
  case201({
    id: 'B_13',
    title: 'The CSMS asks for everything that there is',
    profile: 'Core',
    feature: 'C-50.2',
    moves: reportOf('FullInventory'),
  }),
  case201({
    id: 'B_14',
    title: 'The CSMS asks for a summary',
    profile: 'Advanced Device Management',
    moves: reportOf('SummaryInventory'),
  }),
  case201({
    id: 'B_18',
    title: 'The CSMS asks for some components only, and for nothing that there is',
    profile: 'Advanced Device Management',
    moves: [
      ...booted201,
      asked('GetReport', {
        order: {
          requestId: 1,
          componentCriteria: ['Problem'],
          componentVariable: [evse1State],
        },
        expect: {
          requestId,
          componentCriteria: ['Problem'],
          componentVariable: [evse1State],
        },
        answer: { status: 'EmptyResultSet' },
        clause: '2.0.1 B08.FR.10',
      }),
      asked('GetReport', {
        order: {
          requestId: 2,
          componentCriteria: ['Available'],
          componentVariable: [evse1State],
        },
        expect: {
          requestId,
          componentCriteria: ['Available'],
          componentVariable: [evse1State],
        },
        answer: { status: 'Accepted' },
        save: { requestId: '$.requestId' },
        clause: '2.0.1 B08.FR.08',
      }),
      ...reported('2.0.1 B08.FR.03', [stateRow]),
    ],
  }),
]
