import type { ConformanceCase, Move } from '../case.ts'
import { does } from '../moves.ts'
import { not, now, value } from '../values.ts'
import { call, case16 } from './moves16.ts'
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

/** Authorize of a token that may not charge: its status tells why [1.6 4.1, 7.2]. */
function unauthorized(token: string, why: 'Invalid' | 'Expired' | 'Blocked'): readonly Move[] {
  return [
    ...booted16,
    status(1, 'Preparing'),
    call(
      'Authorize',
      { idTag: value(token) },
      { expect: { idTagInfo: { status: why } }, clause: '1.6 4.1' },
    ),
    status(1, 'Available'),
  ]
}

/** Accepted until a time that is over would say two things at once [1.6 7.27]. */
const stillValid: Move = does('the token has not expired', (scene) => {
  const expiryDate = scene.values.get('expiryDate') as string | undefined
  const nowMs = scene.stage.clock.wallMs()
  const over = expiryDate !== undefined && !(Date.parse(expiryDate) > nowMs)
  scene.check('Accepted, and not expired', !over, {
    detail: `the idTag is Accepted until ${expiryDate ?? 'further notice'}`,
    clause: '1.6 7.27',
  })
})

/** The next driver's transaction has an id of its own [1.6 4.8]. */
const anotherStarted: Move = call(
  'StartTransaction',
  { connectorId: 1, idTag: value('token'), meterStart: 100, timestamp: now() },
  {
    expect: { idTagInfo: { status: 'Accepted' }, transactionId: not(value('transactionId')) },
    save: { transactionId: '$.transactionId' },
    clause: '1.6 4.8',
  },
)

/** What drivers do at the station. */
export const sessions16: readonly ConformanceCase[] = [
  case16({
    id: '003',
    title: 'A session: plugged in, then identified; and another one',
    group: 'Core',
    moves: [
      ...booted16,
      status(1, 'Preparing'),
      call(
        'Authorize',
        { idTag: value('token') },
        {
          expect: { idTagInfo: { status: 'Accepted' } },
          save: { expiryDate: '$.idTagInfo.expiryDate' },
          clause: '1.6 4.1',
        },
      ),
      stillValid,
      started,
      status(1, 'Charging'),
      ...stopped,
      status(1, 'Preparing'),
      anotherStarted,
      status(1, 'Charging'),
      ...stopped,
    ],
  }),
  case16({
    id: '004_1',
    title: 'A session: identified, then plugged in',
    group: 'Core',
    moves: [
      ...booted16,
      authorized,
      status(1, 'Preparing'),
      started,
      status(1, 'Charging'),
      ...stopped,
    ],
  }),
  case16({
    id: '004_2',
    title: 'Identified, and nobody plugs in: the connector is free again',
    group: 'Core',
    moves: [...booted16, authorized, status(1, 'Preparing'), status(1, 'Available'), alive],
  }),
  case16({
    id: '005_1',
    title: 'The cable is pulled at the car: stopped and unlocked',
    group: 'Core',
    moves: [
      ...charging,
      status(1, 'SuspendedEV'),
      stoppedAs({ reason: 'EVDisconnected' }),
      status(1, 'Finishing'),
      status(1, 'Available'),
    ],
  }),
  case16({
    id: '007',
    title: 'A session that begins from the authorization cache',
    group: 'Core',
    moves: [...booted16, status(1, 'Preparing'), started, status(1, 'Charging'), ...stopped],
  }),
  case16({
    id: '023_1',
    title: 'An unknown idTag is answered Invalid',
    group: 'Core',
    needs: ['invalidToken'],
    moves: unauthorized('invalidToken', 'Invalid'),
  }),
  case16({
    id: '023_2',
    title: 'An idTag of the past is answered Expired',
    group: 'Core',
    needs: ['expiredToken'],
    moves: unauthorized('expiredToken', 'Expired'),
  }),
  case16({
    id: '023_3',
    title: 'A blocked idTag is answered Blocked',
    group: 'Core',
    needs: ['blockedToken'],
    moves: unauthorized('blockedToken', 'Blocked'),
  }),
  case16({
    id: '024',
    title: 'The lock of a connector fails at the start',
    group: 'Core',
    moves: [
      ...booted16,
      status(1, 'Preparing'),
      authorized,
      call(
        'StatusNotification',
        { connectorId: 1, errorCode: 'ConnectorLockFailure', status: 'Faulted' },
        { clause: '1.6 4.9' },
      ),
      status(1, 'Available'),
    ],
  }),
]
