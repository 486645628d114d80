import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import type { Station2x } from '../station-2x.ts'

/** Lets the cable go unless somebody charges with it [2.0.1 F05]. */
export const unlockConnector: Handler<Actions201, 'UnlockConnector', Station2x> = (
  { evseId, connectorId },
  { services, sessions },
) => {
  const evse = services.evse(evseId)
  if (!evse || connectorId < 1 || connectorId > evse.connectors) {
    return { status: 'UnknownConnector' }
  }
  const inUse = evse.cable === connectorId && sessions.isOpen(evse)
  const busy = inUse && sessions.of(evse).authorized
  return { status: busy ? 'OngoingAuthorizedTransaction' : 'Unlocked' }
}
