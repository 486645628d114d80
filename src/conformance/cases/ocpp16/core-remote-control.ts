import type { ConformanceCase, Move } from '../case.ts'
import { value } from '../values.ts'
import { asked, case16 } from './moves16.ts'
import {
  alive,
  authorized,
  booted16,
  charging,
  started,
  status,
  stopped,
  stoppedAs,
} from './states16.ts'

type Answer = 'Accepted' | 'Rejected'

function remoteStart(answer: Answer): Move {
  return asked('RemoteStartTransaction', {
    order: { connectorId: 1, idTag: value('token') },
    answer: { status: answer },
    clause: '1.6 5.11',
  })
}

/** The transaction that it names is the one of StartTransaction.conf [1.6 5.12]. */
function remoteStop(answer: Answer): Move {
  return asked('RemoteStopTransaction', {
    order: { transactionId: value('transactionId') },
    answer: { status: answer },
    clause: '1.6 5.12',
  })
}

function reset(type: 'Hard' | 'Soft'): readonly Move[] {
  return [
    ...booted16,
    asked('Reset', { order: { type }, answer: { status: 'Accepted' }, clause: '1.6 5.14' }),
    ...booted16,
  ]
}

function unlock(answer: 'Unlocked' | 'UnlockFailed' | 'NotSupported', connectorId = 1): Move {
  return asked('UnlockConnector', {
    order: { connectorId },
    answer: { status: answer },
    clause: '1.6 5.18',
  })
}

/** What operators do from afar. */
export const remoteControl16: readonly ConformanceCase[] = [
  case16({
    id: '010',
    title: 'The CSMS starts a transaction where a car is plugged in',
    group: 'Core',
    moves: [
      ...booted16,
      status(1, 'Preparing'),
      remoteStart('Accepted'),
      authorized,
      started,
      status(1, 'Charging'),
      ...stopped,
    ],
  }),
  case16({
    id: '011_1',
    title: 'The CSMS starts a transaction, then a car is plugged in',
    group: 'Core',
    moves: [
      ...booted16,
      remoteStart('Accepted'),
      authorized,
      status(1, 'Preparing'),
      started,
      status(1, 'Charging'),
      ...stopped,
    ],
  }),
  case16({
    id: '011_2',
    title: 'The CSMS starts a transaction, and nobody plugs in',
    group: 'Core',
    moves: [
      ...booted16,
      remoteStart('Accepted'),
      authorized,
      status(1, 'Preparing'),
      status(1, 'Available'),
      alive,
    ],
  }),
  case16({
    id: '012',
    title: 'The CSMS stops a transaction',
    group: 'Core',
    moves: [
      ...charging,
      remoteStop('Accepted'),
      stoppedAs({ reason: 'Remote' }),
      status(1, 'Finishing'),
      status(1, 'Available'),
    ],
  }),
  case16({
    id: '013',
    title: 'The CSMS resets the station, hard',
    group: 'Core',
    moves: reset('Hard'),
  }),
  case16({
    id: '014',
    title: 'The CSMS resets the station, soft',
    group: 'Core',
    moves: reset('Soft'),
  }),
  case16({
    id: '017_1',
    title: 'An idle connector is unlocked',
    group: 'Core',
    moves: [...booted16, unlock('Unlocked'), alive],
  }),
  case16({
    id: '017_2',
    title: 'A connector without a lock cannot be unlocked',
    group: 'Core',
    moves: [...booted16, unlock('NotSupported'), alive],
  }),
  case16({
    id: '018_1',
    title: 'A connector is unlocked during a transaction, which ends',
    group: 'Core',
    moves: [
      ...charging,
      unlock('Unlocked'),
      stoppedAs({ reason: 'UnlockCommand' }),
      status(1, 'Finishing'),
      status(1, 'Available'),
    ],
  }),
  case16({
    id: '026',
    title: 'The station refuses a remote start',
    group: 'Core',
    moves: [...booted16, remoteStart('Rejected'), alive],
  }),
  case16({
    id: '028',
    title: 'The station refuses a remote stop, and goes on charging',
    group: 'Core',
    moves: [...charging, remoteStop('Rejected'), alive, ...stopped],
  }),
  case16({
    id: '030',
    title: 'Unlocking fails',
    group: 'Core',
    moves: [...booted16, unlock('UnlockFailed'), alive],
  }),
  case16({
    id: '031',
    title: 'A connector that does not exist cannot be unlocked',
    group: 'Core',
    moves: [...booted16, unlock('NotSupported', 3), alive],
  }),
]
