import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { timeOfNow } from '../moments.ts'
import { transactionId } from '../transaction-events.ts'
import { absent, any, now, optional, tokenOf, value } from '../values.ts'
import { asked, call, case201 } from './moves201.ts'
import {
  acceptedToken,
  authorized,
  booted201,
  charges,
  charging,
  event,
  pluggedIn,
  status,
  stillThere,
  told,
} from './states201.ts'

const evse1 = { id: 1 } as const

/** A status is one of a connector: the CSMS has to name it [2.0.1 F06.FR.13]. */
const connector11 = { id: 1, connectorId: 1 } as const

/** RequestStartTransaction of `token` on EVSE 1; its remoteStartId, and a profile, are the CSMS's to choose. */
function startRequested(started: 'already' | 'not yet'): Move {
  return asked('RequestStartTransaction', {
    order: { idToken: tokenOf('token'), remoteStartId: 4711, evseId: 1 },
    expect: {
      idToken: tokenOf('token'),
      remoteStartId: any,
      evseId: optional(1),
    },
    prefer: { evseId: 1 },
    answer: {
      status: 'Accepted',
      ...(started === 'already' && { transactionId: transactionId() }),
    },
    save: { remoteStartId: '$.remoteStartId' },
    clause: started === 'already' ? '2.0.1 F01.FR.04' : '2.0.1 F02.FR.12',
  })
}

const startedRemotely = event('Started', 'RemoteStart', {
  ...acceptedToken,
  info: { remoteStartId: value('remoteStartId') },
  clause: '2.0.1 F02.FR.11, E01.FR.12',
})

const pluggedInLater: readonly Move[] = [
  status(1, 'Occupied'),
  event('Updated', 'CablePluggedIn', {
    evse: connector11,
    info: { chargingState: 'EVConnected' },
  }),
  charges('Charging'),
]

const starts: readonly ConformanceCase[] = [
  case201({
    id: 'F_01',
    title: 'The CSMS starts a transaction after the cable was plugged in',
    profile: 'Core',
    moves: [
      ...booted201,
      ...pluggedIn,
      startRequested('already'),
      event('Updated', 'RemoteStart', {
        ...acceptedToken,
        info: { remoteStartId: value('remoteStartId') },
        clause: '2.0.1 F01.FR.03, E01.FR.12',
      }),
      charges('Charging'),
    ],
  }),
  case201({
    id: 'F_02',
    title: 'The CSMS starts a transaction, and the station asks whether the token may charge',
    profile: 'Core',
    moves: [
      ...booted201,
      startRequested('not yet'),
      authorized,
      startedRemotely,
      ...pluggedInLater,
    ],
  }),
  case201({
    id: 'F_03',
    title: 'The CSMS starts a transaction, and the station does not ask',
    profile: 'Core',
    moves: [...booted201, startRequested('not yet'), startedRemotely, ...pluggedInLater],
  }),
  case201({
    id: 'F_04',
    title: 'The CSMS starts a transaction, and no cable comes in time',
    profile: 'Core',
    moves: [
      ...booted201,
      startRequested('not yet'),
      startedRemotely,
      event('Updated', 'EVConnectTimeout', { clause: '2.0.1 F02.FR.08' }),
    ],
  }),
]

const unlocks: readonly ConformanceCase[] = [
  case201({
    id: 'F_06',
    title: 'The CSMS unlocks a connector',
    profile: 'Core',
    feature: 'C-11',
    moves: [
      ...booted201,
      asked('UnlockConnector', {
        order: { evseId: 1, connectorId: 1 },
        answer: { status: 'Unlocked' },
        clause: '2.0.1 F05.FR.01',
      }),
    ],
  }),
]

type Trigger = RequestOf<Actions201, 'TriggerMessage'>

/** The CSMS asks for a message: about one EVSE or connector, or `all` of them, or neither. */
function triggered(
  requestedMessage: Trigger['requestedMessage'],
  about?: NonNullable<Trigger['evse']> | 'all',
): Move {
  const evse = about === undefined || about === 'all' ? {} : { evse: about }
  return asked('TriggerMessage', {
    order: { requestedMessage, ...evse },
    expect: { requestedMessage, ...evse, ...(about === 'all' && { evse: absent }) },
    answer: { status: 'Accepted' },
    clause: `2.0.1 F06.FR.01${alsoOf(requestedMessage, about)}`,
  })
}

/** What else tells where: one place, all of them, or one connector. */
function alsoOf(
  requestedMessage: Trigger['requestedMessage'],
  about: Trigger['evse'] | 'all',
): string {
  if (about === undefined) return ''
  if (about === 'all') return ', F06.FR.11'
  return requestedMessage === 'StatusNotification' ? ', F06.FR.13' : ', F06.FR.02'
}

const register = [
  {
    timestamp: now(),
    sampledValue: [{ value: 1500, context: 'Trigger', measurand: 'Energy.Active.Import.Register' }],
  },
] as const

const meterValues = (evseId: number): Move =>
  call('MeterValues', { evseId, meterValue: register }, { clause: '2.0.1 F06.FR.06' })

const eventTold = event('Updated', 'Trigger', {
  evse: connector11,
  info: { chargingState: 'Charging' },
  meterValue: register,
  clause: '2.0.1 F06.FR.07',
})

const triggers: readonly ConformanceCase[] = [
  case201({
    id: 'F_11',
    title: 'The CSMS triggers meter values of one EVSE',
    profile: 'Core',
    feature: 'C-29.1',
    moves: [...booted201, triggered('MeterValues', evse1), meterValues(1)],
  }),
  case201({
    id: 'F_12',
    title: 'The CSMS triggers meter values of every EVSE',
    profile: 'Core',
    feature: 'C-29.1',
    moves: [...booted201, triggered('MeterValues', 'all'), meterValues(1), meterValues(2)],
  }),
  case201({
    id: 'F_13',
    title: 'The CSMS triggers an event of the transaction of one EVSE',
    profile: 'Core',
    feature: 'C-29.2',
    moves: [...charging, triggered('TransactionEvent', evse1), eventTold],
  }),
  case201({
    id: 'F_14',
    title: 'The CSMS triggers events of every transaction',
    profile: 'Core',
    feature: 'C-29.2',
    moves: [...charging, triggered('TransactionEvent', 'all'), eventTold],
  }),
  case201({
    id: 'F_15',
    title: 'The CSMS triggers the status of a log upload',
    profile: 'Core',
    feature: 'C-29.3',
    moves: [
      ...booted201,
      triggered('LogStatusNotification'),
      call('LogStatusNotification', { status: 'Idle' }, { clause: '2.0.1 F06.FR.15' }),
    ],
  }),
  case201({
    id: 'F_18',
    title: 'The CSMS triggers the status of a firmware update',
    profile: 'Core',
    feature: 'C-29.4',
    moves: [
      ...booted201,
      triggered('FirmwareStatusNotification'),
      call('FirmwareStatusNotification', { status: 'Idle' }, { clause: '2.0.1 F06.FR.16' }),
    ],
  }),
  case201({
    id: 'F_20',
    title: 'The CSMS triggers a heartbeat, and tells the time',
    profile: 'Core',
    moves: [
      ...booted201,
      triggered('Heartbeat'),
      call(
        'Heartbeat',
        {},
        {
          expect: { currentTime: any },
          save: { currentTime: '$.currentTime' },
          clause: '2.0.1 G02.FR.03',
        },
      ),
      timeOfNow('currentTime', '2.0.1 G02.FR.03'),
    ],
  }),
  case201({
    id: 'F_23',
    title: 'The CSMS triggers the status of a free connector',
    profile: 'Core',
    feature: 'C-29.5',
    moves: [...booted201, triggered('StatusNotification', connector11), ...told(1, 'Available')],
  }),
  case201({
    id: 'F_24',
    title: 'The CSMS triggers the status of an occupied connector',
    profile: 'Core',
    feature: 'C-29.5',
    moves: [
      ...booted201,
      ...told(1, 'Occupied'),
      triggered('StatusNotification', connector11),
      ...told(1, 'Occupied'),
    ],
  }),
  case201({
    id: 'F_27',
    title: 'A trigger that a station does not know disturbs nobody',
    profile: 'Core',
    moves: [
      ...booted201,
      asked('TriggerMessage', {
        order: { requestedMessage: 'SignCombinedCertificate' },
        expect: { requestedMessage: any },
        answer: { status: 'NotImplemented' },
        clause: '2.0.1 F06.FR.08',
      }),
      stillThere,
    ],
  }),
]

/** F. Remote control. */
export const remoteControl201: readonly ConformanceCase[] = [...starts, ...unlocks, ...triggers]
