import type { ConformanceCase } from '../case.ts'
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
    title: 'A transaction that began and ended offline',
    group: 'Core',
    moves: [
      ...booted16,
      lineBreaks,
      reconnected,
      startedAs({ timestamp: now(-120) }),
      stoppedAs({ idTag: value('token'), timestamp: now(-60), reason: 'Local' }),
      status(1, 'Available'),
    ],
  }),
]
