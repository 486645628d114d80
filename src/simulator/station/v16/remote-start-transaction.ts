import type { Evse } from '../evse.ts'
import type { Behaviour16 } from './behaviour16.ts'
import type { Handler16 } from './handler16.ts'

/**
 * [1.6 5.11] On the connector that is named, or on a free one. The charging profile is ignored by a
 * station without smart charging.
 */
export const remoteStartTransaction: Handler16<'RemoteStartTransaction'> = (request, behaviour) => {
  const { station } = behaviour
  const place = station.registration === 'accepted' && placeFor(behaviour, request.connectorId)
  if (!place) return { status: 'Rejected' }
  const { evse, connector } = place
  // Claimed at once, so that a second request finds it taken.
  station.remoteStart(
    evse,
    { idToken: request.idTag, type: 'Central' },
    connector === undefined ? {} : { connector },
  )
  return { status: 'Accepted' }
}

interface Place {
  readonly evse: Evse
  readonly connector: number | undefined
}

function placeFor(behaviour: Behaviour16, connectorId: number | undefined): Place | undefined {
  if (connectorId !== undefined) {
    const evse = behaviour.statuses.evseOf(connectorId)
    const connector = evse && connectorId - evse.firstConnectorId + 1
    return evse && connector && free(behaviour, evse, connector) ? { evse, connector } : undefined
  }
  const candidates = behaviour.station.evses.filter((evse) => free(behaviour, evse, evse.connector))
  const evse = candidates.find(({ cable }) => cable !== undefined) ?? candidates[0]
  return evse && { evse, connector: undefined }
}

function free(behaviour: Behaviour16, evse: Evse, connector: number): boolean {
  return (
    evse.free &&
    !behaviour.inTransaction(evse) &&
    (evse.cable === undefined || evse.cable === connector) &&
    behaviour.station.memory.usable(evse.id, connector)
  )
}
