import type { EVSEType, TriggerMessageResponse } from 'typed-ocpp/dist/ocpp20/types.js'
import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import type { Station2x } from '../station-2x.ts'

/** What a station sends on demand its blocks know; the rest is NotImplemented [2.0.1 F06]. */
export const triggerMessage: Handler<Actions201, 'TriggerMessage', Station2x> = (
  { requestedMessage, evse },
  station,
): TriggerMessageResponse => {
  const trigger = station.trigger(requestedMessage)
  if (!trigger) return { status: 'NotImplemented' }
  const send = evse && !exists(station, evse) ? undefined : trigger(station, evse)
  if (!send) return { status: 'Rejected' }
  station.services.afterwards(send)
  return { status: 'Accepted' }
}

function exists({ services }: Station2x, at: EVSEType): boolean {
  const evse = services.evse(at.id)
  const connector = at.connectorId ?? 1
  return evse !== undefined && connector >= 1 && connector <= evse.connectors
}
