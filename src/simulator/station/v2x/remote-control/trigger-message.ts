import type { EVSEType } from 'typed-ocpp/dist/ocpp20/types.js'
import type { Handler, ResponseOf } from '../../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../../ocpp/v21/actions.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import type { Station2x } from '../station-2x.ts'

/** Messages about EVSEs; for the others an EVSE that is named means nothing [2.0.1 F06.FR.03]. */
const placed: ReadonlySet<string> = new Set([
  'AvailabilityState',
  'MeterValues',
  'StatusNotification',
  'TransactionEvent',
])

/** What a station sends on demand its blocks know; the rest is NotImplemented [2.0.1 F06]. */
export const triggerMessage: Handler<Actions201, 'TriggerMessage', Station2x> = (
  { requestedMessage, evse },
  station,
) => answer(station, requestedMessage, evse)

/** A CustomTrigger of 2.1 must be one that the station reports [2.1 F06.FR.18, FR.19]. */
export const triggerMessage21: Handler<Actions21, 'TriggerMessage', Station2x> = (
  { requestedMessage, customTrigger, evse },
  station,
) => {
  if (requestedMessage !== 'CustomTrigger') return answer(station, requestedMessage, evse)
  const known = station.model.list('CustomizationCtrlr.CustomTriggers')
  return customTrigger !== undefined && known.includes(customTrigger)
    ? answer(station, customTrigger, evse)
    : { status: 'NotImplemented' }
}

/** The answer goes first [2.0.1 F06.FR.04]. */
function answer(
  station: Station2x,
  message: string,
  evse: EVSEType | undefined,
): ResponseOf<Actions201, 'TriggerMessage'> {
  const trigger = station.trigger(message)
  if (!trigger) return { status: 'NotImplemented' }
  const at = placed.has(message) ? evse : undefined
  if (at && !exists(station, at, message)) return rejected('UnknownEvse')
  const send = trigger(station, at)
  if (!send) return { status: 'Rejected' }
  if (send === 'NotImplemented') return { status: send }
  station.services.afterwards(send)
  return { status: 'Accepted' }
}

function rejected(reasonCode: string) {
  return { status: 'Rejected', statusInfo: { reasonCode } } as const
}

/** EVSE 0 is the main meter. */
function exists({ services }: Station2x, at: EVSEType, message: string): boolean {
  if (at.id === 0) return message === 'MeterValues' && services.template.meter?.main === true
  const evse = services.evse(at.id)
  const connector = at.connectorId ?? 1
  return evse !== undefined && connector >= 1 && connector <= evse.connectors
}
