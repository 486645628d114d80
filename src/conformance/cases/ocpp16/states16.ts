import type { Move } from '../case.ts'
import { connects } from '../moves.ts'
import { any, now, value } from '../values.ts'
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
  return call('StatusNotification', { connectorId, errorCode: 'NoError', status: is })
}

/** The upgrade, and BootNotification Accepted [1.6 4.2]. */
export const connected16: readonly Move[] = [
  connects('upgrade', {}, { clause: '1.6J 3.1', protocol: 'ocpp1.6' }),
  call(
    'BootNotification',
    { chargePointVendor: 'csms', chargePointModel: 'probe' },
    { expect: { status: 'Accepted' }, clause: '1.6 4.2' },
  ),
]

/** Accepted, and every connector told, 0 too [1.6 4.2, errata 3.22]. */
export const booted16: readonly Move[] = [
  ...connected16,
  status(0, 'Available'),
  status(1, 'Available'),
  status(2, 'Available'),
]

/** Authorize of a token that may charge [1.6 4.1]. */
export const authorized: Move = call(
  'Authorize',
  { idTag: value('token') },
  { expect: { idTagInfo: { status: 'Accepted' } }, clause: '1.6 4.1' },
)

/** StartTransaction that is Accepted [1.6 4.8]. */
export const started: Move = call(
  'StartTransaction',
  { connectorId: 1, idTag: value('token'), meterStart: 0, timestamp: now() },
  {
    expect: { idTagInfo: { status: 'Accepted' }, transactionId: any },
    save: { transactionId: '$.transactionId' },
    clause: '1.6 4.8',
  },
)

/** Plugged in, authorized, started, Charging. */
export const charging: readonly Move[] = [
  ...booted16,
  status(1, 'Preparing'),
  authorized,
  started,
  status(1, 'Charging'),
]
