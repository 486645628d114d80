import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import type { Move } from '../case.ts'
import { connects, does } from '../moves.ts'
import { any, type Filled, now, optional, value } from '../values.ts'
import { call } from './moves16.ts'

type Status =
  | 'Available'
  | 'Preparing'
  | 'Charging'
  | 'SuspendedEVSE'
  | 'SuspendedEV'
  | 'Finishing'
  | 'Reserved'
  | 'Unavailable'
  | 'Faulted'

/** StatusNotification of a connector [1.6 4.9]. */
export function status(connectorId: number, is: Status): Move {
  return call(
    'StatusNotification',
    { connectorId, errorCode: 'NoError', status: is },
    { clause: '1.6 4.9' },
  )
}

/** BootNotification Accepted [1.6 4.2]. */
export const boot: Move = call(
  'BootNotification',
  { chargePointVendor: 'csms', chargePointModel: 'probe' },
  // 0 leaves it to the station.
  { expect: { status: 'Accepted', interval: { $between: [0, 2 ** 31 - 1] } }, clause: '1.6 4.2' },
)

/** The upgrade, and the boot. */
export const connected16: readonly Move[] = [
  connects('upgrade', {}, { clause: '1.6J 3.1', protocol: 'ocpp1.6' }),
  boot,
]

/** Every connector is told, 0 too [1.6 4.2, errata 3.22]. */
export const connectors: readonly Move[] = [0, 1, 2].map((id) => status(id, 'Available'))

/** Accepted, and idle. */
export const booted16: readonly Move[] = [...connected16, ...connectors]

/** Of a token that may charge; a parent is told rightly, or not at all [1.6 7.27]. */
const acceptedInfo = { status: 'Accepted', parentIdTag: optional(value('group')) } as const

/** Authorize of a token that may charge [1.6 4.1]. */
export const authorized: Move = call(
  'Authorize',
  { idTag: value('token') },
  { expect: { idTagInfo: acceptedInfo }, clause: '1.6 4.1' },
)

type StartTransaction = RequestOf<Actions16, 'StartTransaction'>

/** StartTransaction that is Accepted; its id is `transactionId` from then on [1.6 4.8]. */
export function startedAs(rest: Partial<Filled<StartTransaction>>): Move {
  return call(
    'StartTransaction',
    { connectorId: 1, idTag: value('token'), meterStart: 0, timestamp: now(), ...rest },
    {
      expect: { idTagInfo: acceptedInfo, transactionId: any },
      // 0 and less have no meaning of their own [1.6 errata 3.54].
      prefer: { transactionId: { $between: [1, 2 ** 31 - 1] } },
      save: { transactionId: '$.transactionId' },
      clause: '1.6 4.8',
    },
  )
}

export const started: Move = startedAs({})

/** Plugged in, authorized, started, Charging. */
export const charging: readonly Move[] = [
  ...booted16,
  status(1, 'Preparing'),
  authorized,
  started,
  status(1, 'Charging'),
]

type StopTransaction = RequestOf<Actions16, 'StopTransaction'>

/** StopTransaction; an idTag in it is judged where the CSMS judges it at all [1.6 4.10]. */
export function stoppedAs(rest: Partial<Filled<StopTransaction>>): Move {
  return call(
    'StopTransaction',
    { transactionId: value('transactionId'), meterStop: 100, timestamp: now(), ...rest },
    { expect: { idTagInfo: optional(acceptedInfo) }, clause: '1.6 4.10' },
  )
}

/** The same driver stops, and drives away: nothing of the case is left at the CSMS. */
export const stopped: readonly Move[] = [
  stoppedAs({ idTag: value('token'), reason: 'Local' }),
  status(1, 'Finishing'),
  status(1, 'Available'),
]

/** Whatever happened before: the CSMS still answers [1.6 4.6]. */
export const alive: Move = call(
  'Heartbeat',
  {},
  { expect: { currentTime: any }, clause: '1.6 4.6' },
)

/** The line breaks without a word. */
export const lineBreaks: Move = does('the connection breaks', ({ probe }) => probe.drop())

/** The same station without a boot: only the connection was gone [1.6 4.2]. */
export const reconnected: Move = connects(
  'upgrade after a break',
  {},
  {
    clause: '1.6J 3.1',
    protocol: 'ocpp1.6',
  },
)
