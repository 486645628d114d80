import type { RequestOf, ResponseOf } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import type { Move } from '../case.ts'
import { connects, type Moves, movesOf } from '../moves.ts'
import { type EventDetails, transactionEvent } from '../transaction-events.ts'
import { any, counted, type Filled, now, tokenOf, type ValueRef } from '../values.ts'
import { call } from './moves201.ts'

type Status = 'Available' | 'Occupied' | 'Reserved' | 'Unavailable' | 'Faulted'

/** StatusNotification of connector 1 of an EVSE [2.0.1 G01]. */
export function status(evseId: number, connectorStatus: Status): Move {
  return call('StatusNotification', { evseId, connectorId: 1, connectorStatus, timestamp: now() })
}

/** A component changes of its own accord, and the station tells it. */
export function noticed(component: string, variable: string, at: Noticed): Move {
  return call('NotifyEvent', notice(component, variable, at), { clause: at.clause })
}

/** NotifyEvent of something at connector 1 of an EVSE that changed of its own accord [2.0.1 N07]. */
export function notice(
  component: string,
  variable: string,
  { evseId, actualValue }: Pick<Noticed, 'evseId' | 'actualValue'>,
): Filled<RequestOf<Actions201, 'NotifyEvent'>> {
  const eventData = {
    eventId: counted('event'),
    timestamp: now(),
    trigger: 'Delta',
    actualValue,
    eventNotificationType: 'HardWiredNotification',
    component: { name: component, evse: { id: evseId, connectorId: 1 } },
    variable: { name: variable },
  } as const
  return { generatedAt: now(), seqNo: 0, eventData: [eventData] }
}

interface Noticed {
  readonly evseId: number
  readonly actualValue: string
  readonly clause: string
}

/** A connector is told in both of the ways that stations have [2.0.1 G01.FR.03, G01.FR.07]. */
export function told(evseId: number, is: Status): readonly Move[] {
  const event = { evseId, actualValue: is, clause: '2.0.1 N07.FR.03' }
  return [status(evseId, is), noticed('Connector', 'AvailabilityState', event)]
}

/** BootNotification that is Accepted; what time it is for the CSMS is in `bootTime` [2.0.1 B01]. */
export function accepted201(
  reason: RequestOf<Actions201, 'BootNotification'>['reason'] = 'PowerUp',
  of: { readonly serialNumber?: ValueRef } = {},
): Move {
  return call(
    'BootNotification',
    { reason, chargingStation: { vendorName: 'csms', model: 'probe', ...of } },
    {
      expect: { status: 'Accepted' },
      save: { bootTime: '$.currentTime' },
      clause: '2.0.1 B01.FR.02',
    },
  )
}

/** The upgrade, and BootNotification Accepted [2.0.1 B01]. */
const connected201: readonly Move[] = [
  connects('upgrade', {}, { clause: '2.0.1 Part 4 3.2' }),
  accepted201(),
]

/** Every connector is told to be free, in both ways [2.0.1 B01.FR.05]. */
export const everyConnector: readonly Move[] = [...told(1, 'Available'), ...told(2, 'Available')]

/** Every connector is free [2.0.1 B01.FR.05]. */
const everyStatus: readonly Move[] = [status(1, 'Available'), status(2, 'Available')]

/** Accepted, and every connector told [2.0.1 B01.FR.05]. */
export const booted201: readonly Move[] = [...connected201, ...everyStatus]

/** Authorize of a token that may charge [2.0.1 C01]. */
export const authorized: Move = call(
  'Authorize',
  { idToken: tokenOf('token') },
  { expect: { idTokenInfo: { status: 'Accepted' } }, clause: '2.0.1 C01.FR.07' },
)

type EventRequest = RequestOf<Actions201, 'TransactionEvent'>
type Details = EventDetails<EventRequest, ResponseOf<Actions201, 'TransactionEvent'>>

const wire: Moves<Actions21> = movesOf('2.0.1')

/** TransactionEvent on connector 1 of EVSE 1; ids and sequence numbers come by themselves [2.0.1 E01]. */
export function event(
  eventType: EventRequest['eventType'],
  triggerReason: EventRequest['triggerReason'],
  details: Details = {},
): Move {
  return transactionEvent(wire, eventType, triggerReason, { clause: '2.0.1 E01', ...details })
}

/** A token that may charge is taken along: its status comes back [2.0.1 E01.FR.11, E01.FR.12]. */
export const acceptedToken = {
  idToken: tokenOf('token'),
  expect: { idTokenInfo: { status: 'Accepted' } },
  clause: '2.0.1 E01.FR.12',
} as const

/** The transaction starts with the cable [2.0.1 E01.FR.02]. */
export const startsPluggedIn: Move = event('Started', 'CablePluggedIn', {
  info: { chargingState: 'EVConnected' },
  clause: '2.0.1 E01.FR.02',
})

/** The cable is in, and that is where the transaction starts [2.0.1 E02]. */
export const pluggedIn: readonly Move[] = [status(1, 'Occupied'), startsPluggedIn]

/** The driver of a running transaction is authorized [2.0.1 E02]. */
const identified: readonly Move[] = [authorized, event('Updated', 'Authorized', acceptedToken)]

/** A change of the charging state. */
export function charges(
  chargingState: NonNullable<EventRequest['transactionInfo']['chargingState']>,
  of?: string,
): Move {
  return event('Updated', 'ChargingStateChanged', {
    info: { chargingState },
    ...(of !== undefined && { of }),
  })
}

/** Booted, cable in, authorized, energy flows: EVSE 1, `transactionId()` [2.0.1 E02]. */
export const charging: readonly Move[] = [
  ...booted201,
  ...pluggedIn,
  ...identified,
  charges('Charging'),
]

/** The token that began it ends the permission to charge [2.0.1 E07]. */
export const stopAuthorized: readonly Move[] = [
  event('Updated', 'StopAuthorized', {
    ...acceptedToken,
    info: { chargingState: 'EVConnected' },
  }),
]

/** The same, and no energy flows any more; the cable is still in [2.0.1 E07]. */
export const stopped: readonly Move[] = [...stopAuthorized, charges('EVConnected')]

/** The cable is out, the transaction over [2.0.1 E06.FR.02]. */
export const unplugged: readonly Move[] = [
  status(1, 'Available'),
  event('Ended', 'EVCommunicationLost', {
    info: { chargingState: 'Idle', stoppedReason: 'EVDisconnected' },
    clause: '2.0.1 E06.FR.02',
  }),
]

/** Whatever came before: the CSMS is still there, and answers [2.0.1 G02]. */
export const stillThere: Move = call(
  'Heartbeat',
  {},
  { expect: { currentTime: any }, clause: '2.0.1 G02.FR.03' },
)
