import type { Evse } from '../evse.ts'
import type { Behaviour16 } from './behaviour16.ts'
import type { Handler16 } from './handler16.ts'

/**
 * [1.6 5.2] Connector 0 means all, each of which may be ordered otherwise afterwards. The order holds
 * over reboots; where a transaction is open it takes effect when that ends.
 */
export const changeAvailability: Handler16<'ChangeAvailability'> = (request, behaviour) => {
  const { connectorId } = request
  const operative = request.type === 'Operative'
  const evse = behaviour.statuses.evseOf(connectorId)
  if (connectorId !== 0 && !evse) return { status: 'Rejected' }
  const affected = evse ? [evse] : behaviour.station.evses
  const busy = !operative && affected.some((one) => busyAt(behaviour, one, connectorId))
  order(behaviour, evse, connectorId, operative)
  behaviour.reservations.review()
  behaviour.station.afterwards(() => behaviour.statuses.updateAll())
  return { status: busy ? 'Scheduled' : 'Accepted' }
}

function busyAt(behaviour: Behaviour16, evse: Evse, connectorId: number): boolean {
  const transaction = behaviour.transactions.open(evse)
  return transaction !== undefined && (connectorId === 0 || transaction.connectorId === connectorId)
}

function order(
  behaviour: Behaviour16,
  evse: Evse | undefined,
  connectorId: number,
  operative: boolean,
): void {
  const { memory, evses } = behaviour.station
  if (evse) {
    memory.setOperative(evse.id, connectorId - evse.firstConnectorId + 1, operative)
    return
  }
  memory.controllerOperative = operative
  for (const { id, connectors } of evses) {
    for (let connector = 1; connector <= connectors; connector += 1) {
      memory.setOperative(id, connector, operative)
    }
  }
}
