import type { Handler, ResponseOf } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import { hasLock } from '../../lock.ts'
import type { Station2x } from '../station-2x.ts'

type Answer = ResponseOf<Actions201, 'UnlockConnector'>

/**
 * Lets the cable go unless somebody charges with it; one that was left in its socket comes free. It
 * fails where the lock is stuck (the fault ConnectorLockFailure) and where the cable is fixed
 * [2.0.1 F05].
 */
export const unlockConnector: Handler<Actions201, 'UnlockConnector', Station2x> = (
  { evseId, connectorId },
  { services, sessions },
): Answer => {
  const evse = services.evse(evseId)
  if (!evse) return answer('UnknownConnector', 'UnknownEvse')
  const type = evse.plan.connectors[connectorId - 1]
  if (type === undefined) return answer('UnknownConnector', 'UnknownConnectorId')
  const cable = evse.cable ?? evse.leftCable
  if (cable === connectorId && sessions.isOpen(evse) && sessions.of(evse).authorized) {
    return { status: 'OngoingAuthorizedTransaction' }
  }
  if (!hasLock(type)) return answer('UnlockFailed', 'FixedCable')
  const { code, connector } = evse.fault ?? {}
  if (code === 'ConnectorLockFailure' && connector === connectorId)
    return { status: 'UnlockFailed' }
  if (evse.leftCable === connectorId) {
    services.afterwards(() => services.unattended(services.releaseCable(evse)))
  }
  return cable === connectorId ? { status: 'Unlocked' } : answer('Unlocked', 'NoCable')
}

function answer(status: Answer['status'], reasonCode: string): Answer {
  return { status, statusInfo: { reasonCode } }
}
