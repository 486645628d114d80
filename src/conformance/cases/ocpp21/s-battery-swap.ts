import type { RequestOf, ResponseOf } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { any, tokenOf, value } from '../values.ts'
import { asked, call, case21 } from './moves21.ts'
import { booted21, event, status, stillThere } from './states21.ts'

type Swapped = RequestOf<Actions21, 'BatterySwap'>

/** The CSMS lets a driver swap batteries, who may; its id is `requestId` [2.1 S02.FR.03]. */
function requested(answer: ResponseOf<Actions21, 'RequestBatterySwap'>): Move {
  return asked('RequestBatterySwap', {
    order: { requestId: 760, idToken: tokenOf('token') },
    expect: { requestId: any, idToken: tokenOf('token') },
    answer,
    save: { requestId: '$.requestId' },
    clause: '2.1 S02.FR.03',
  })
}

/** Nobody authorizes batteries, and every one may charge [2.1 S04.FR.03, C02.FR.02]. */
const nobody = {
  idToken: { idToken: '', type: 'NoAuthorization' },
  expect: { idTokenInfo: { status: 'Accepted' } },
} as const

/** A battery charges as soon as it is in its slot; nobody authorizes that [2.1 S04.FR.03]. */
function inserted(evseId: 1 | 2): readonly Move[] {
  return [
    status(evseId, 'Occupied'),
    event('Started', 'CablePluggedIn', {
      of: `battery${evseId}`,
      evse: { id: evseId, connectorId: 1 },
      ...nobody,
      info: { chargingState: 'Charging' },
      clause: '2.1 C02.FR.02',
    }),
  ]
}

/** Taken out of its slot: that it may charge is still so [2.1 S04.FR.07]. */
function removed(evseId: 1 | 2): readonly Move[] {
  return [
    event('Ended', 'EVCommunicationLost', {
      of: `battery${evseId}`,
      ...nobody,
      info: { chargingState: 'Idle', stoppedReason: 'EVDisconnected' },
      clause: '2.1 C02.FR.02, S04.FR.07',
    }),
    status(evseId, 'Available'),
  ]
}

/** What comes and goes is told under the id of the swap [2.1 S03.FR.01, FR.03]. */
function told(eventType: Swapped['eventType'], battery: Swapped['batteryData'][0]): Move {
  return call(
    'BatterySwap',
    {
      eventType,
      requestId: value('requestId'),
      idToken: tokenOf('token'),
      batteryData: [battery],
    },
    { clause: eventType === 'BatteryIn' ? '2.1 S03.FR.01' : '2.1 S03.FR.03' },
  )
}

/** S. Stations that swap batteries: EVSE 1 has one to offer, EVSE 2 is free. */
export const batterySwap21: readonly ConformanceCase[] = [
  case21({
    id: 'S_102',
    title: 'A station has no battery to offer, and the CSMS goes on',
    profile: 'Core',
    feature: 'C-76',
    moves: [
      ...booted21,
      requested({ status: 'Rejected', statusInfo: { reasonCode: 'NoBatteryAvailable' } }),
      stillThere,
    ],
  }),
  case21({
    id: 'S_103',
    title: 'The CSMS has a battery swapped: the empty one is in, the full one is out',
    profile: 'Core',
    feature: 'C-76',
    moves: [
      ...booted21,
      ...inserted(1),
      requested({ status: 'Accepted' }),
      ...inserted(2),
      told('BatteryIn', { evseId: 2, serialNumber: 'EMPTY-1', soC: 23, soH: 85 }),
      ...removed(1),
      told('BatteryOut', { evseId: 1, serialNumber: 'FULL-1', soC: 80, soH: 95 }),
      ...removed(2),
    ],
  }),
]
