import { hasLock } from '../lock.ts'
import type { Handler16 } from './handler16.ts'

/**
 * [1.6 5.18] Ends the transaction first; UnlockFailed where the lock is stuck (ConnectorLockFailure),
 * NotSupported without a lock (a fixed cable is held by the car, not by the station) and for an
 * unknown connector [7.46, errata 3.87]. A cable that was left in its socket comes free.
 */
export const unlockConnector: Handler16<'UnlockConnector'> = (request, behaviour) => {
  const { station, statuses, transactions } = behaviour
  const evse = statuses.evseOf(request.connectorId)
  if (!evse) return { status: 'NotSupported' }
  const connector = request.connectorId - evse.firstConnectorId
  if (!hasLock(evse.plan.connectors[connector])) return { status: 'NotSupported' }
  if (evse.fault?.code === 'ConnectorLockFailure') return { status: 'UnlockFailed' }
  const transaction = transactions.open(evse)
  if (transaction?.connectorId === request.connectorId) {
    station.afterwards(() => station.unattended(station.stopEnergy(evse, { cause: 'unlock' })))
  } else if (evse.leftCable === connector + 1) {
    station.afterwards(() => station.unattended(station.releaseCable(evse)))
  }
  return { status: 'Unlocked' }
}
