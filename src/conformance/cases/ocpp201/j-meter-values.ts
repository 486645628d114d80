import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { transactionId } from '../transaction-events.ts'
import { counted, type Filled, now } from '../values.ts'
import { call, case201 } from './moves201.ts'
import {
  acceptedToken,
  authorized,
  booted201,
  charges,
  charging,
  event,
  status,
  stopped,
  unplugged,
} from './states201.ts'

type MeterValue = RequestOf<Actions201, 'MeterValues'>['meterValue'][number]
type Context = NonNullable<MeterValue['sampledValue'][number]['context']>

/** OCMF as its readers expect it, in base64; the signature is none. */
const signedMeterValue = {
  signedMeterData: 'T0NNRnx7IkZWIjoiMS4wIiwiUEciOiJUMSIsIlJEIjpbXX18eyJTRCI6IjAwIn0=',
  signingMethod: 'ECDSA-secp256r1-SHA256',
  encodingMethod: 'OCMF',
  publicKey: 'b2NhOmJhc2UxNjphc24xOjMwNTkzMDEz',
} as const

interface Reading {
  /** Seconds from now; what was read earlier is told later. */
  readonly at?: number
  readonly signed?: boolean
}

/** A reading of the main register, Wh, which never goes back [2.0.1 J02.FR.16]. */
function read(
  context: Context,
  registerWh: number,
  { at = 0, signed = false }: Reading = {},
): Filled<MeterValue> {
  return {
    timestamp: now(at),
    sampledValue: [
      {
        value: registerWh,
        context,
        measurand: 'Energy.Active.Import.Register',
        unitOfMeasure: { unit: 'Wh' },
        ...(signed && { signedMeterValue }),
      },
    ],
  }
}

const clockClause = '2.0.1 J01.FR.18'
const sampledClause = '2.0.1 J02.FR.19'

/** A clock-aligned reading outside of a transaction; EVSE 0 is the main meter [2.0.1 J01.FR.03]. */
function aligned(evseId: number, registerWh: number, at: number): Move {
  return call(
    'MeterValues',
    { evseId, meterValue: [read('Sample.Clock', registerWh, { at })] },
    { clause: clockClause },
  )
}

/** The same as an event of the device model. */
function alignedEvent(registerWh: number, at: number): Move {
  return call(
    'NotifyEvent',
    {
      generatedAt: now(at),
      seqNo: 0,
      eventData: [
        {
          eventId: counted('event'),
          timestamp: now(at),
          trigger: 'Periodic',
          actualValue: String(registerWh),
          eventNotificationType: 'PreconfiguredMonitor',
          component: { name: 'FiscalMetering' },
          variable: { name: 'EnergyActiveImportRegister' },
        },
      ],
    },
    { clause: '2.0.1 N08.FR.02' },
  )
}

/** Three intervals of half a minute. */
const intervals = [
  { at: -60, registerWh: 1000 },
  { at: -30, registerWh: 1100 },
  { at: 0, registerWh: 1200 },
]

/** The end, with everything that was read [2.0.1 J01, J02]. */
function endedWith(...meterValue: readonly Filled<MeterValue>[]): readonly Move[] {
  return [
    ...stopped,
    status(1, 'Available'),
    event('Ended', 'EVCommunicationLost', {
      info: { chargingState: 'Idle', stoppedReason: 'EVDisconnected' },
      meterValue,
      clause: sampledClause,
    }),
  ]
}

interface End {
  readonly context: 'Sample.Clock' | 'Sample.Periodic'
  readonly signed: boolean
}

function readAtEnd({ context, signed }: End): readonly Move[] {
  return [
    ...charging,
    ...endedWith(
      read(context, 1000, { at: -60, signed }),
      read(context, 1100, { at: -30, signed }),
      read('Transaction.End', 1200, { signed }),
    ),
  ]
}

/** J. Meter values. */
export const meterValues201: readonly ConformanceCase[] = [
  case201({
    id: 'J_01',
    title: 'Readings at full intervals while nobody charges',
    profile: 'Core',
    moves: [
      ...booted201,
      ...intervals.flatMap(({ at, registerWh }) => [
        ...[0, 1, 2].map((evseId) => aligned(evseId, registerWh, at)),
        alignedEvent(registerWh, at),
      ]),
    ],
  }),
  case201({
    id: 'J_02',
    title: 'Readings at full intervals, of who charges and of who does not',
    profile: 'Core',
    moves: [
      ...charging,
      ...intervals.flatMap(({ at, registerWh }) => [
        aligned(0, registerWh, at),
        aligned(2, registerWh, at),
        alignedEvent(registerWh, at),
        event('Updated', 'MeterValueClock', {
          meterValue: [read('Sample.Clock', registerWh, { at })],
          clause: sampledClause,
        }),
      ]),
      ...unplugged,
    ],
  }),
  case201({
    id: 'J_03',
    title: 'Readings at full intervals come with the end',
    profile: 'Core',
    moves: readAtEnd({ context: 'Sample.Clock', signed: false }),
  }),
  case201({
    id: 'J_04',
    title: 'Signed readings at full intervals come with the end',
    profile: 'Core',
    moves: readAtEnd({ context: 'Sample.Clock', signed: true }),
  }),
  case201({
    id: 'J_07',
    title: 'A reading comes with the start of a transaction',
    profile: 'Core',
    moves: [
      ...booted201,
      status(1, 'Occupied'),
      event('Started', 'CablePluggedIn', {
        info: { chargingState: 'EVConnected' },
        meterValue: [read('Transaction.Begin', 1000)],
        clause: sampledClause,
      }),
      ...unplugged,
    ],
  }),
  case201({
    id: 'J_08',
    title: 'The first reading of a transaction comes when its EVSE is known',
    profile: 'Core',
    moves: [
      ...booted201,
      authorized,
      call(
        'TransactionEvent',
        {
          eventType: 'Started',
          triggerReason: 'Authorized',
          timestamp: now(),
          seqNo: counted('transaction'),
          transactionInfo: { transactionId: transactionId() },
          idToken: acceptedToken.idToken,
        },
        { expect: acceptedToken.expect, clause: acceptedToken.clause },
      ),
      status(1, 'Occupied'),
      event('Updated', 'CablePluggedIn', {
        evse: { id: 1, connectorId: 1 },
        info: { chargingState: 'EVConnected' },
        meterValue: [read('Transaction.Begin', 1000)],
        clause: sampledClause,
      }),
      charges('Charging'),
      ...unplugged,
    ],
  }),
  case201({
    id: 'J_09',
    title: 'Readings come while the EV charges',
    profile: 'Core',
    moves: [
      ...charging,
      ...intervals.map(({ at, registerWh }) =>
        event('Updated', 'MeterValuePeriodic', {
          meterValue: [read('Sample.Periodic', registerWh, { at })],
          clause: sampledClause,
        }),
      ),
      ...unplugged,
    ],
  }),
  case201({
    id: 'J_10',
    title: 'Readings of the whole transaction come with its end',
    profile: 'Core',
    moves: readAtEnd({ context: 'Sample.Periodic', signed: false }),
  }),
  case201({
    id: 'J_11',
    title: 'Signed readings of the whole transaction come with its end',
    profile: 'Core',
    moves: readAtEnd({ context: 'Sample.Periodic', signed: true }),
  }),
]
