import type { Handler16 } from './handler16.ts'

/** Wireless pads, pantographs and household sockets hold no plug; the names are 2.x's. */
const withoutLock = /^(w|pan|sCEE-7-7|sCEE_7_7|sBS1361|s309|sType3)/i

/**
 * [1.6 5.18] Ends the transaction first; UnlockFailed where the lock is stuck (ConnectorLockFailure),
 * NotSupported without a lock and for an unknown connector [errata 3.87]. A cable that was left in
 * its socket comes free.
 */
export const unlockConnector: Handler16<'UnlockConnector'> = (request, behaviour) => {
  const { station, statuses, transactions } = behaviour
  const evse = statuses.evseOf(request.connectorId)
  if (!evse) return { status: 'NotSupported' }
  const connector = request.connectorId - evse.firstConnectorId
  if (withoutLock.test(evse.plan.connectors[connector] ?? '')) return { status: 'NotSupported' }
  if (evse.fault?.code === 'ConnectorLockFailure') return { status: 'UnlockFailed' }
  const transaction = transactions.open(evse)
  if (transaction?.connectorId === request.connectorId) {
    station.afterwards(() => station.unattended(station.stopEnergy(evse, { cause: 'unlock' })))
  } else if (evse.leftCable === connector + 1) {
    station.afterwards(() => station.unattended(station.releaseCable(evse)))
  }
  return { status: 'Unlocked' }
}
