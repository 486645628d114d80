import type { ConformanceCase } from '../case.ts'
import { connects } from '../moves.ts'
import { transactionId } from '../transaction-events.ts'
import { absent, now, oneOf, tokenOf } from '../values.ts'
import { asked, case201 } from './moves201.ts'
import {
  acceptedToken,
  authorized,
  booted201,
  charges,
  charging,
  event,
  startsPluggedIn,
  status,
  stopped,
  told,
  unplugged,
} from './states201.ts'

const suspended = [...charging, charges('SuspendedEV')]

/** Of a transaction that ends before anybody charges, another way round: identified, then plugged in. */
const identifiedFirst = [
  authorized,
  event('Started', 'Authorized', { ...acceptedToken, evse: 'unknown' }),
]

const reconnected = connects('reconnects', {}, { clause: '2.0.1 E04.FR.02' })

const energy = [
  {
    timestamp: now(-5),
    sampledValue: [{ value: 1200, measurand: 'Energy.Active.Import.Register' }],
  },
] as const

/** E. Transactions: where they start. */
const starts: readonly ConformanceCase[] = [
  case201({
    id: 'E_01',
    title: 'A transaction starts when the power path closes',
    profile: 'Core',
    moves: [
      ...booted201,
      authorized,
      ...told(1, 'Occupied'),
      event('Started', 'ChargingStateChanged', {
        ...acceptedToken,
        info: { chargingState: 'SuspendedEVSE' },
      }),
      charges('Charging'),
    ],
  }),
  case201({
    id: 'E_02',
    title: 'A transaction starts when energy flows',
    profile: 'Core',
    moves: [
      ...booted201,
      authorized,
      ...told(1, 'Occupied'),
      event('Started', 'ChargingStateChanged', {
        ...acceptedToken,
        info: { chargingState: 'Charging' },
      }),
    ],
  }),
  case201({
    id: 'E_03',
    title: 'A session: plugged in, then identified',
    profile: 'Core',
    moves: charging,
  }),
  case201({
    id: 'E_04',
    title: 'A session: identified, then plugged in',
    profile: 'Core',
    moves: [
      ...booted201,
      ...identifiedFirst,
      status(1, 'Occupied'),
      event('Updated', 'CablePluggedIn', {
        evse: { id: 1, connectorId: 1 },
        info: { chargingState: 'EVConnected' },
      }),
      charges('Charging'),
    ],
  }),
  case201({
    id: 'E_09',
    title: 'A transaction starts when the vehicle is connected',
    profile: 'Core',
    moves: [...booted201, ...told(1, 'Occupied'), startsPluggedIn],
  }),
  case201({
    id: 'E_10',
    title: 'A transaction starts when the driver is authorized',
    profile: 'Core',
    moves: [...booted201, ...identifiedFirst],
  }),
  case201({
    id: 'E_11',
    title: 'A transaction starts with a signed meter value',
    profile: 'Core',
    moves: [
      ...booted201,
      authorized,
      ...told(1, 'Occupied'),
      event('Started', 'SignedDataReceived', {
        ...acceptedToken,
        info: { chargingState: 'EVConnected' },
        meterValue: [
          {
            timestamp: now(),
            sampledValue: [
              {
                value: 0,
                context: 'Transaction.Begin',
                signedMeterValue: {
                  signedMeterData: 'T0NNRnx7fXx7fQ==',
                  signingMethod: 'ECDSA-secp256r1-SHA256',
                  encodingMethod: 'OCMF',
                  publicKey: '',
                },
              },
            ],
          },
        ],
      }),
      charges('Charging'),
    ],
  }),
  case201({
    id: 'E_12',
    title: 'A transaction starts when a vehicle enters the bay',
    profile: 'Core',
    moves: [
      ...booted201,
      event('Started', 'EVDetected', { evse: 'unknown', clause: '2.0.1 E01.FR.01' }),
    ],
  }),
  case201({
    id: 'E_38',
    title: 'The vehicle is plugged in and not ready',
    profile: 'Core',
    moves: [
      ...booted201,
      ...identifiedFirst,
      status(1, 'Occupied'),
      event('Updated', 'CablePluggedIn', {
        evse: { id: 1, connectorId: 1 },
        info: { chargingState: 'EVConnected' },
      }),
      charges('SuspendedEV'),
    ],
  }),
  case201({
    id: 'E_53',
    title: 'Every transaction counts its events from 0',
    profile: 'Core',
    moves: [
      ...charging,
      ...stopped,
      ...unplugged,
      status(1, 'Occupied'),
      event('Started', 'CablePluggedIn', { of: 'second', info: { chargingState: 'EVConnected' } }),
      authorized,
      event('Updated', 'Authorized', { ...acceptedToken, of: 'second' }),
      charges('Charging', 'second'),
      event('Updated', 'StopAuthorized', { ...acceptedToken, of: 'second' }),
      charges('EVConnected', 'second'),
      status(1, 'Available'),
      event('Ended', 'EVCommunicationLost', {
        of: 'second',
        info: { chargingState: 'Idle', stoppedReason: 'EVDisconnected' },
        clause: '2.0.1 E01.FR.07',
      }),
    ],
  }),
]

/** Where they stop. */
const stops: readonly ConformanceCase[] = [
  case201({
    id: 'E_07',
    title: 'A transaction stops when the power path opens',
    profile: 'Core',
    moves: [
      ...charging,
      event('Ended', 'StopAuthorized', {
        info: { stoppedReason: 'Local' },
        clause: '2.0.1 E06.FR.06',
      }),
    ],
  }),
  case201({
    id: 'E_08',
    title: 'A transaction stops when energy no longer flows',
    profile: 'Core',
    moves: [
      ...charging,
      event('Updated', 'StopAuthorized', acceptedToken),
      event('Ended', 'ChargingStateChanged', {
        info: { chargingState: 'EVConnected', stoppedReason: 'Local' },
        clause: '2.0.1 E06.FR.07',
      }),
    ],
  }),
  case201({
    id: 'E_14',
    title: 'A transaction stops when the cable is pulled at the station',
    profile: 'Core',
    moves: [...charging, ...stopped, ...unplugged],
  }),
  case201({
    id: 'E_15',
    title: 'A transaction stops when the driver says so',
    profile: 'Core',
    moves: [
      ...charging,
      event('Ended', 'StopAuthorized', {
        ...acceptedToken,
        info: { stoppedReason: 'Local' },
        clause: '2.0.1 E06.FR.03',
      }),
    ],
  }),
  case201({
    id: 'E_16',
    title: 'A token that nobody knows is told so, and its transaction ends',
    profile: 'Core',
    moves: [
      ...booted201,
      event('Started', 'Authorized', {
        evse: 'unknown',
        idToken: tokenOf('invalidToken'),
        expect: { idTokenInfo: { status: oneOf('Invalid', 'Unknown') } },
        clause: '2.0.1 E01.FR.12',
      }),
      event('Ended', 'Deauthorized', {
        info: { stoppedReason: 'DeAuthorized' },
        clause: '2.0.1 E05.FR.10, E06.FR.04',
      }),
    ],
  }),
  case201({
    id: 'E_17',
    title: 'A transaction stops when the vehicle is lost',
    profile: 'Core',
    moves: [
      ...suspended,
      event('Ended', 'EVCommunicationLost', {
        info: { chargingState: 'Idle', stoppedReason: 'EVDisconnected' },
        clause: '2.0.1 E09.FR.01',
      }),
    ],
  }),
  case201({
    id: 'E_19',
    title: 'A transaction stops when the vehicle leaves the bay',
    profile: 'Core',
    moves: [
      ...charging,
      ...stopped,
      status(1, 'Available'),
      event('Updated', 'EVCommunicationLost', { info: { chargingState: 'Idle' } }),
      event('Ended', 'EVDeparted', {
        info: { stoppedReason: 'Local' },
        clause: '2.0.1 E06.FR.01',
      }),
    ],
  }),
  case201({
    id: 'E_20',
    title: 'A transaction stops when the cable is pulled at the vehicle',
    profile: 'Core',
    moves: [...suspended, ...stopped, ...unplugged],
  }),
  case201({
    id: 'E_21',
    title: 'The CSMS stops a transaction',
    profile: 'Core',
    moves: [
      ...charging,
      asked('RequestStopTransaction', {
        order: { transactionId: transactionId() },
        answer: { status: 'Accepted' },
        clause: '2.0.1 F03.FR.01',
      }),
      event('Ended', 'RemoteStop', {
        info: { stoppedReason: 'Remote', chargingState: 'EVConnected' },
        clause: '2.0.1 F03.FR.03, E06.FR.03',
      }),
    ],
  }),
  case201({
    id: 'E_22',
    title: 'A transaction stops when the vehicle takes no more energy',
    profile: 'Core',
    moves: [
      ...charging,
      event('Ended', 'ChargingStateChanged', {
        info: { chargingState: 'SuspendedEV', stoppedReason: 'StoppedByEV' },
        clause: '2.0.1 E06.FR.07',
      }),
    ],
  }),
  case201({
    id: 'E_26',
    title: 'A cable pulled at the vehicle interrupts a transaction, and it goes on',
    profile: 'Core',
    moves: [
      ...suspended,
      event('Updated', 'EVCommunicationLost', {
        info: { chargingState: 'Idle' },
        clause: '2.0.1 E10.FR.01',
      }),
      ...told(1, 'Available'),
      event('Updated', 'CablePluggedIn', { info: { chargingState: 'EVConnected' } }),
      charges('Charging'),
      event('Ended', 'StopAuthorized', {
        ...acceptedToken,
        info: { stoppedReason: 'Local' },
        clause: '2.0.1 E06.FR.03',
      }),
    ],
  }),
  case201({
    id: 'E_39',
    title: 'No cable in time: the transaction ends',
    profile: 'Core',
    moves: [
      ...booted201,
      ...identifiedFirst,
      event('Ended', 'EVConnectTimeout', {
        info: { stoppedReason: 'Timeout' },
        clause: '2.0.1 E03.FR.05',
      }),
    ],
  }),
]

/** What of them a station still has to tell. */
const questions: readonly ConformanceCase[] = [
  case201({
    id: 'E_29',
    title: 'Asks for a running transaction with events in the queue',
    profile: 'Core',
    feature: 'C-16',
    moves: [
      ...charging,
      reconnected,
      asked('GetTransactionStatus', {
        order: { transactionId: transactionId() },
        answer: { ongoingIndicator: true, messagesInQueue: true },
        clause: '2.0.1 E14.FR.02, E14.FR.04',
      }),
      event('Updated', 'MeterValuePeriodic', {
        offline: true,
        timestamp: now(-5),
        meterValue: energy,
        clause: '2.0.1 E04.FR.03',
      }),
    ],
  }),
  case201({
    id: 'E_30',
    title: 'Asks for a running transaction of which all is told',
    profile: 'Core',
    feature: 'C-16',
    moves: [
      ...charging,
      asked('GetTransactionStatus', {
        order: { transactionId: transactionId() },
        answer: { ongoingIndicator: true, messagesInQueue: false },
        clause: '2.0.1 E14.FR.02, E14.FR.05',
      }),
    ],
  }),
  case201({
    id: 'E_31',
    title: 'Asks for a transaction that is over, with events in the queue, which come later',
    profile: 'Core',
    feature: 'C-16',
    moves: [
      ...charging,
      reconnected,
      status(1, 'Available'),
      event('Ended', 'EVCommunicationLost', {
        offline: true,
        seqNo: 5,
        timestamp: now(-2),
        info: { chargingState: 'Idle', stoppedReason: 'EVDisconnected' },
        clause: '2.0.1 E04.FR.03',
      }),
      asked('GetTransactionStatus', {
        order: { transactionId: transactionId() },
        answer: { ongoingIndicator: false, messagesInQueue: true },
        clause: '2.0.1 E14.FR.03, E14.FR.04',
      }),
      event('Updated', 'StopAuthorized', {
        ...acceptedToken,
        offline: true,
        seqNo: 3,
        timestamp: now(-6),
      }),
      event('Updated', 'ChargingStateChanged', {
        offline: true,
        seqNo: 4,
        timestamp: now(-4),
        info: { chargingState: 'EVConnected' },
      }),
    ],
  }),
  case201({
    id: 'E_33',
    title: 'Asks whether anything is in the queue: something is',
    profile: 'Core',
    feature: 'C-16',
    moves: [
      ...charging,
      reconnected,
      asked('GetTransactionStatus', {
        order: {},
        expect: { transactionId: absent },
        answer: { messagesInQueue: true },
        clause: '2.0.1 E14.FR.06, E14.FR.07',
      }),
      event('Updated', 'MeterValuePeriodic', {
        offline: true,
        timestamp: now(-5),
        meterValue: energy,
        clause: '2.0.1 E04.FR.03',
      }),
    ],
  }),
  case201({
    id: 'E_34',
    title: 'Asks whether anything is in the queue: nothing is',
    profile: 'Core',
    feature: 'C-16',
    moves: [
      ...booted201,
      asked('GetTransactionStatus', {
        order: {},
        expect: { transactionId: absent },
        answer: { messagesInQueue: false },
        clause: '2.0.1 E14.FR.06, E14.FR.08',
      }),
    ],
  }),
]

/** E. Transactions. */
export const transactions201: readonly ConformanceCase[] = [...starts, ...stops, ...questions]
