import type { RequestOf, ResponseOf } from '../../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { moment, sameMoment, toTheSecondMs, untilMoment } from '../moments.ts'
import { does, wait } from '../moves.ts'
import { any, type Filled, type Matching, not, value } from '../values.ts'
import { asked, call, case16 } from './moves16.ts'
import { alive, authorized, booted16, startedAs, status, stopped, stoppedAs } from './states16.ts'

const group = 'Reservation'

type ReserveNow = RequestOf<Actions16, 'ReserveNow'>

/** `reservationId` is what the CSMS chose. A short reservation is one whose end is waited for. */
function reserved(
  answer: ResponseOf<Actions16, 'ReserveNow'>['status'],
  { connectorId = 1, groupId = false, short = false } = {},
): readonly Move[] {
  const parent = groupId ? { parentIdTag: value('group') } : {}
  const wanted = { connectorId, idTag: value('token'), ...parent }
  const order: Filled<ReserveNow> = { ...wanted, expiryDate: value('until'), reservationId: 46 }
  const expect: Matching<ReserveNow> = { ...wanted, expiryDate: any, reservationId: any }
  return [
    moment('until', short ? 4 : 3600),
    asked('ReserveNow', {
      order,
      expect,
      save: { reservationId: '$.reservationId', expiryDate: '$.expiryDate' },
      answer: { status: answer },
      clause: '1.6 5.13',
    }),
    sameMoment('expiryDate', 'until', '1.6 5.13', ...(short ? [toTheSecondMs] : [])),
  ]
}

function availability(type: 'Inoperative' | 'Operative'): Move {
  return asked('ChangeAvailability', {
    order: { connectorId: 1, type },
    answer: { status: 'Accepted' },
    clause: '1.6 5.2',
  })
}

/** Refused, and the CSMS does not mind. */
function refusedWith(
  id: string,
  answer: 'Faulted' | 'Occupied' | 'Rejected',
  before: readonly Move[],
  title: string,
): ConformanceCase {
  return case16({ id, title, group, moves: [...booted16, ...before, ...reserved(answer), alive] })
}

/** Connectors that are kept for somebody. */
export const reservation16: readonly ConformanceCase[] = [
  case16({
    id: '046',
    title: 'A connector is reserved, and used by who reserved it',
    group,
    moves: [
      ...booted16,
      ...reserved('Accepted'),
      status(1, 'Reserved'),
      authorized,
      status(1, 'Preparing'),
      startedAs({ reservationId: value('reservationId') }),
      status(1, 'Charging'),
      ...stopped,
    ],
  }),
  case16({
    id: '047',
    title: 'A reservation ends without a car: the connector is free again',
    group,
    tags: ['slow'],
    moves: [
      ...booted16,
      ...reserved('Accepted', { short: true }),
      status(1, 'Reserved'),
      untilMoment('leftMs', 'expiryDate'),
      wait(value('leftMs')),
      status(1, 'Available'),
      alive,
    ],
  }),
  refusedWith(
    '048_1',
    'Faulted',
    [
      call(
        'StatusNotification',
        { connectorId: 1, errorCode: 'OtherError', status: 'Faulted' },
        { clause: '1.6 4.9' },
      ),
    ],
    'A faulted connector cannot be reserved',
  ),
  refusedWith(
    '048_2',
    'Occupied',
    [status(1, 'Preparing')],
    'An occupied connector cannot be reserved',
  ),
  case16({
    id: '048_3',
    title: 'A connector out of service cannot be reserved',
    group,
    moves: [
      ...booted16,
      availability('Inoperative'),
      status(1, 'Unavailable'),
      ...reserved('Unavailable'),
      availability('Operative'),
      status(1, 'Available'),
    ],
  }),
  refusedWith('048_4', 'Rejected', [], 'A station that takes no reservations refuses one'),
  case16({
    id: '049',
    title: 'The station is reserved, whichever connector it will be',
    group,
    moves: [
      ...booted16,
      ...reserved('Accepted', { connectorId: 0 }),
      authorized,
      status(1, 'Preparing'),
      startedAs({ reservationId: value('reservationId') }),
      status(1, 'Charging'),
      ...stopped,
    ],
  }),
  case16({
    id: '051',
    title: 'A reservation is cancelled',
    group,
    moves: [
      ...booted16,
      ...reserved('Accepted'),
      status(1, 'Reserved'),
      asked('CancelReservation', {
        order: { reservationId: value('reservationId') },
        answer: { status: 'Accepted' },
        clause: '1.6 5.1',
      }),
      status(1, 'Available'),
    ],
  }),
  case16({
    id: '052',
    title: 'A reservation that the station does not know cannot be cancelled',
    group,
    moves: [
      ...booted16,
      ...reserved('Accepted'),
      status(1, 'Reserved'),
      // Cancelled at the station.
      status(1, 'Available'),
      does('the id of no reservation', ({ values }) => {
        values.set('nobodysId', Number(values.get('reservationId')) + 1000)
      }),
      asked('CancelReservation', {
        order: { reservationId: value('nobodysId') },
        expect: { reservationId: not(value('reservationId')) },
        answer: { status: 'Rejected' },
        clause: '1.6 5.1',
      }),
      alive,
    ],
  }),
  case16({
    id: '053',
    title: 'What was begun with a reservation ends with another idTag of the same parent',
    group,
    needs: ['token2', 'group'],
    moves: [
      ...booted16,
      ...reserved('Accepted', { groupId: true }),
      status(1, 'Reserved'),
      authorized,
      status(1, 'Preparing'),
      startedAs({ reservationId: value('reservationId') }),
      status(1, 'Charging'),
      call(
        'Authorize',
        { idTag: value('token2') },
        {
          expect: { idTagInfo: { status: 'Accepted', parentIdTag: value('group') } },
          clause: '1.6 3.10',
        },
      ),
      stoppedAs({ idTag: value('token2'), reason: 'Local' }),
      status(1, 'Finishing'),
      status(1, 'Available'),
    ],
  }),
]
