import type { RequestOf, ResponseOf } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import type { Move } from '../case.ts'
import { type Moves, movesOf } from '../moves.ts'
import * as states201 from '../ocpp201/states201.ts'
import { type EventDetails, transactionEvent } from '../transaction-events.ts'
import { tokenOf } from '../values.ts'
import { moveOf21 } from './inherited21.ts'

const wire: Moves<Actions21> = movesOf('2.1')

type EventRequest = RequestOf<Actions21, 'TransactionEvent'>
type Details = EventDetails<EventRequest, ResponseOf<Actions21, 'TransactionEvent'>>

/** TransactionEvent on connector 1 of EVSE 1; ids and sequence numbers come by themselves [2.1 E01]. */
export function event(
  eventType: EventRequest['eventType'],
  triggerReason: EventRequest['triggerReason'],
  details: Details = {},
): Move {
  return transactionEvent(wire, eventType, triggerReason, { clause: '2.1 E01', ...details })
}

const of21 = (moves: readonly Move[]): readonly Move[] => moves.map(moveOf21)

/** StatusNotification of connector 1 of an EVSE [2.1 G01]. */
export const status = (...of: Parameters<typeof states201.status>): Move =>
  moveOf21(states201.status(...of))

/** A component changes of its own accord, and the station tells it. */
export const noticed = (...of: Parameters<typeof states201.noticed>): Move =>
  moveOf21(states201.noticed(...of))

/** A connector is told in both of the ways that stations have [2.1 G01.FR.03, G01.FR.07]. */
export const told = (...of: Parameters<typeof states201.told>): readonly Move[] =>
  of21(states201.told(...of))

/** BootNotification that is Accepted; what time it is for the CSMS is in `bootTime` [2.1 B01]. */
export const accepted21 = (...of: Parameters<typeof states201.accepted201>): Move =>
  moveOf21(states201.accepted201(...of))

/** A change of the charging state. */
export const charges = (...of: Parameters<typeof states201.charges>): Move =>
  moveOf21(states201.charges(...of))

/** Every connector is told to be free, in both ways [2.1 B01.FR.05]. */
export const everyConnector: readonly Move[] = of21(states201.everyConnector)

/** Accepted, and every connector told [2.1 B01.FR.05]. */
export const booted21: readonly Move[] = of21(states201.booted201)

/** Authorize of a token that may charge [2.1 C01]. */
export const authorized: Move = moveOf21(states201.authorized)

/** A token that may charge is taken along: its status comes back [2.1 E01.FR.11, E01.FR.12]. */
export const acceptedToken = {
  idToken: tokenOf('token'),
  expect: { idTokenInfo: { status: 'Accepted' } },
  clause: '2.1 E01.FR.12',
} as const

/** The cable is in, and that is where the transaction starts [2.1 E02]. */
export const pluggedIn: readonly Move[] = of21(states201.pluggedIn)

/** Booted, cable in, authorized, energy flows: EVSE 1, `transactionId()` [2.1 E02]. */
export const charging: readonly Move[] = of21(states201.charging)

/** The token that began it ends the permission to charge [2.1 E07]. */
export const stopAuthorized: readonly Move[] = of21(states201.stopAuthorized)

/** The cable is out, the transaction over [2.1 E06.FR.02]. */
export const unplugged: readonly Move[] = of21(states201.unplugged)

/** Whatever came before: the CSMS is still there, and answers [2.1 G02]. */
export const stillThere: Move = moveOf21(states201.stillThere)
