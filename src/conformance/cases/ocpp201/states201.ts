import type { Move } from '../case.ts'
import { connects } from '../moves.ts'
import { now, value } from '../values.ts'
import { call } from './moves201.ts'

type Status = 'Available' | 'Occupied' | 'Reserved' | 'Unavailable' | 'Faulted'

/** StatusNotification of connector 1 of an EVSE [2.0.1 G01]. */
export function status(evseId: number, connectorStatus: Status): Move {
  return call('StatusNotification', { evseId, connectorId: 1, connectorStatus, timestamp: now() })
}

/** The upgrade, and BootNotification Accepted [2.0.1 B01]. */
export const connected201: readonly Move[] = [
  connects('upgrade', {}, { clause: '2.0.1 Part 4 3.1' }),
  call(
    'BootNotification',
    { reason: 'PowerUp', chargingStation: { vendorName: 'csms', model: 'probe' } },
    { expect: { status: 'Accepted' }, clause: '2.0.1 B01.FR.02' },
  ),
]

/** Accepted, and every connector told [2.0.1 B01.FR.05]. */
export const booted201: readonly Move[] = [
  ...connected201,
  status(1, 'Available'),
  status(2, 'Available'),
]

/** Authorize of a token that may charge [2.0.1 C01]. */
export const authorized: Move = call(
  'Authorize',
  { idToken: { idToken: value('token'), type: value('tokenType') } },
  { expect: { idTokenInfo: { status: 'Accepted' } }, clause: '2.0.1 C01.FR.02' },
)
