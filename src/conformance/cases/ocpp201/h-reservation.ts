import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { laterThanNow, moment, sameMoment, toTheSecondMs, untilMoment } from '../moments.ts'
import { wait } from '../moves.ts'
import { absent, any, type Matching, not, tokenOf, type ValueRef, value } from '../values.ts'
import { asked, call, case201 } from './moves201.ts'
import { acceptedToken, booted201, event, stillThere, told } from './states201.ts'

type Request = RequestOf<Actions201, 'ReserveNow'>

interface Reservation {
  /** Number in its case: the ids of several differ. */
  readonly nth?: number
  readonly evseId?: number
  readonly connectorType?: NonNullable<Request['connectorType']>
  readonly groupIdToken?: { readonly idToken: ValueRef; readonly type: ValueRef }
  readonly answer?: 'Accepted' | 'Rejected'
  /** How long it lasts, seconds; of a short one the end is looked at. */
  readonly seconds?: number
  /** What the id must be like. */
  readonly id?: Matching<number>
}

/** The CSMS reserves for the driver of `token`: exactly what was ordered, under an id of its own. */
function reserved({
  nth = 1,
  answer = 'Accepted',
  seconds = 300,
  id = any,
  ...what
}: Reservation): readonly Move[] {
  const order = { ...what, idToken: tokenOf('token') }
  return [
    moment('expiry', seconds),
    asked('ReserveNow', {
      order: { ...order, id: 700 + nth, expiryDateTime: value('expiry') },
      expect: {
        evseId: absent,
        connectorType: absent,
        ...order,
        id,
      },
      answer: { status: answer },
      save: { [idOf(nth)]: '$.id', expiryDateTime: '$.expiryDateTime' },
      clause: '2.0.1 H01',
    }),
    seconds < 60
      ? sameMoment('expiryDateTime', 'expiry', '2.0.1 H01', toTheSecondMs)
      : laterThanNow('expiryDateTime', '2.0.1 H01'),
  ]
}

function idOf(nth: number): string {
  return nth === 1 ? 'reservationId' : `reservationId${nth}`
}

function gone(reservationUpdateStatus: 'Expired' | 'Removed', clause: string): Move {
  return call(
    'ReservationStatusUpdate',
    { reservationId: value('reservationId'), reservationUpdateStatus },
    { clause },
  )
}

/**
 * Who reserved comes, charges, and leaves: the reservation is used up [2.0.1 H01.FR.15, E01.FR.13].
 *
 * @param of name of the transaction
 */
function used(nth = 1, of = 'transaction'): readonly Move[] {
  return [
    ...told(1, 'Occupied'),
    event('Started', 'CablePluggedIn', {
      ...acceptedToken,
      of,
      reservationId: value(idOf(nth)),
      info: { chargingState: 'EVConnected' },
    }),
    ...told(1, 'Available'),
    event('Ended', 'EVCommunicationLost', {
      of,
      info: { chargingState: 'Idle', stoppedReason: 'EVDisconnected' },
      clause: '2.0.1 E06.FR.02',
    }),
  ]
}

/** H. Reservation. */
export const reservation201: readonly ConformanceCase[] = [
  case201({
    id: 'H_01',
    title: 'The CSMS reserves an EVSE for a driver',
    profile: 'Reservation',
    moves: [...booted201, ...reserved({ evseId: 1 }), ...told(1, 'Reserved'), ...used()],
  }),
  case201({
    id: 'H_07',
    title: 'A reservation that nobody uses runs out',
    profile: 'Reservation',
    tags: ['slow'],
    moves: [
      ...booted201,
      ...reserved({ evseId: 1, seconds: 4 }),
      ...told(1, 'Reserved'),
      untilMoment('leftMs', 'expiryDateTime'),
      wait(value('leftMs')),
      ...told(1, 'Available'),
      gone('Expired', '2.0.1 H04'),
    ],
  }),
  case201({
    id: 'H_08',
    title: 'The CSMS reserves any EVSE of a station',
    profile: 'Reservation',
    feature: 'C-R-2',
    moves: [...booted201, ...reserved({}), ...used()],
  }),
  case201({
    id: 'H_14',
    title: 'As many reservations as there are EVSEs: all of them are told Reserved',
    profile: 'Reservation',
    feature: 'C-R-2',
    moves: [
      ...booted201,
      ...reserved({ nth: 1 }),
      ...reserved({ nth: 2, id: not(value('reservationId')) }),
      ...told(1, 'Reserved'),
      ...told(2, 'Reserved'),
      ...used(1, 'first'),
      ...used(2, 'second'),
      ...told(2, 'Available'),
    ],
  }),
  case201({
    id: 'H_15',
    title: 'The CSMS reserves a connector of a type',
    profile: 'Reservation',
    feature: 'C-R-1',
    moves: [
      ...booted201,
      ...reserved({ connectorType: 'cType2' }),
      ...told(1, 'Reserved'),
      ...used(),
    ],
  }),
  case201({
    id: 'H_17',
    title: 'The CSMS cancels a reservation by its id',
    profile: 'Reservation',
    moves: [
      ...booted201,
      ...reserved({ evseId: 1 }),
      ...told(1, 'Reserved'),
      asked('CancelReservation', {
        order: { reservationId: value('reservationId') },
        answer: { status: 'Accepted' },
        clause: '2.0.1 H02',
      }),
      ...told(1, 'Available'),
    ],
  }),
  case201({
    id: 'H_19',
    title: 'The CSMS reserves for everybody in the group of a driver',
    profile: 'Reservation',
    moves: [
      ...booted201,
      ...reserved({ evseId: 1, groupIdToken: tokenOf('group') }),
      ...told(1, 'Reserved'),
      ...used(),
    ],
  }),
  case201({
    id: 'H_20',
    title: 'A fault takes a reservation away',
    profile: 'Reservation',
    moves: [
      ...booted201,
      ...reserved({ evseId: 1 }),
      ...told(1, 'Reserved'),
      ...told(1, 'Faulted'),
      gone('Removed', '2.0.1 H01'),
    ],
  }),
  case201({
    id: 'H_22',
    title: 'A station that takes no reservations says so, and the CSMS goes on',
    profile: 'Reservation',
    moves: [...booted201, ...reserved({ evseId: 1, answer: 'Rejected' }), stillThere],
  }),
]
