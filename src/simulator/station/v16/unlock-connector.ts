import type { Handler16 } from './handler16.ts'

/** [1.6 5.18] Ends the transaction first; an unknown connector is NotSupported [errata 3.87]. */
export const unlockConnector: Handler16<'UnlockConnector'> = (request, behaviour) => {
  const { station, statuses, transactions } = behaviour
  const evse = statuses.evseOf(request.connectorId)
  if (!evse) return { status: 'NotSupported' }
  const transaction = transactions.open(evse)
  if (transaction?.connectorId === request.connectorId) {
    station.afterwards(() => station.unattended(station.stopEnergy(evse, { cause: 'unlock' })))
  }
  return { status: 'Unlocked' }
}
