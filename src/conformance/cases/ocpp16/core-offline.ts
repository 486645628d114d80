import type { ConformanceCase } from '../case.ts'
import { does } from '../moves.ts'
import { any, now, value } from '../values.ts'
import { call, case16 } from './moves16.ts'
import {
  booted16,
  charging,
  connected16,
  lineBreaks,
  reconnected,
  startedAs,
  status,
  stopped,
  stoppedAs,
} from './states16.ts'

const anotherId = does('the ids of both', (scene) => {
  const ids = ['first', 'transactionId'].map((name) => scene.values.get(name))
  scene.check('transactionId is unique', ids[0] !== ids[1], {
    detail: `of two transactions: ${ids.join(' and ')}`,
    clause: '1.6 4.8, errata 3.54',
  })
})

/** What is told late: the station was without power, or without a line. */
export const offline16: readonly ConformanceCase[] = [
  case16({
    id: '032_1',
    title: 'Power is lost during a transaction, which is ended after the boot',
    group: 'Core',
    moves: [
      ...charging,
      lineBreaks,
      ...connected16,
      status(0, 'Available'),
      status(2, 'Available'),
      status(1, 'Finishing'),
      stoppedAs({ reason: 'PowerLoss' }),
      status(1, 'Available'),
    ],
  }),
  case16({
    id: '037_1',
    title: 'A transaction that began offline with a valid idTag',
    group: 'Core',
    moves: [
      ...booted16,
      lineBreaks,
      reconnected,
      startedAs({ timestamp: now(-120) }),
      status(1, 'Charging'),
      ...stopped,
    ],
  }),
  case16({
    id: '037_3',
    title: 'A transaction that began offline with an invalid idTag gets an id, and ends',
    group: 'Core',
    needs: ['invalidToken'],
    moves: [
      ...booted16,
      lineBreaks,
      reconnected,
      call(
        'StartTransaction',
        { connectorId: 1, idTag: value('invalidToken'), meterStart: 0, timestamp: now(-120) },
        {
          expect: { idTagInfo: { status: 'Invalid' }, transactionId: any },
          save: { transactionId: '$.transactionId' },
          clause: '1.6 4.8',
        },
      ),
      status(1, 'Charging'),
      stoppedAs({ reason: 'DeAuthorized' }),
      status(1, 'Finishing'),
      status(1, 'Available'),
    ],
  }),
  case16({
    id: '039',
    title: 'Transactions that began and ended offline: each gets an id of its own',
    group: 'Core',
    moves: [
      ...booted16,
      lineBreaks,
      reconnected,
      startedAs({ timestamp: now(-240) }),
      stoppedAs({ idTag: value('token'), timestamp: now(-180), reason: 'Local' }),
      does('the first transaction', ({ values }) => {
        values.set('first', values.get('transactionId'))
      }),
      startedAs({ timestamp: now(-120), meterStart: 100 }),
      stoppedAs({
        idTag: value('token'),
        meterStop: 200,
        timestamp: now(-60),
        reason: 'Local',
      }),
      anotherId,
      status(1, 'Available'),
    ],
  }),
]
