import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import type { Evse } from '../evse.ts'
import type { Behaviour16 } from './behaviour16.ts'
import type { Handler16 } from './handler16.ts'

/**
 * [1.6 5.11] On the connector that is named, or on a free one. A charging profile must be a good
 * TxProfile [1.6 5.16.2]; a station without smart charging ignores it.
 */
export const remoteStartTransaction: Handler16<'RemoteStartTransaction'> = (request, behaviour) => {
  const { station, chargingProfiles } = behaviour
  const smart = behaviour.settings.supports('SmartCharging')
  const profile = smart ? request.chargingProfile : undefined
  if (profile && !chargingProfiles.mayStartWith(profile)) return { status: 'Rejected' }
  const place = station.registration === 'accepted' && placeFor(behaviour, request)
  if (!place) return { status: 'Rejected' }
  const { evse, connector } = place
  // Claimed at once, so that a second request finds it taken.
  station.remoteStart(
    evse,
    { idToken: request.idTag, type: 'Central' },
    connector === undefined ? {} : { connector },
  )
  chargingProfiles.expect(evse, request.idTag, profile)
  return { status: 'Accepted' }
}

interface Place {
  readonly evse: Evse
  readonly connector: number | undefined
}

function placeFor(
  behaviour: Behaviour16,
  { connectorId, idTag }: RequestOf<Actions16, 'RemoteStartTransaction'>,
): Place | undefined {
  if (connectorId !== undefined) {
    const evse = behaviour.statuses.evseOf(connectorId)
    const connector = evse && connectorId - evse.firstConnectorId + 1
    return evse && connector && free(behaviour, evse, connector, idTag)
      ? { evse, connector }
      : undefined
  }
  const candidates = behaviour.station.evses.filter((evse) =>
    free(behaviour, evse, evse.connector, idTag),
  )
  const evse =
    candidates.find((one) => behaviour.reservations.access(one, idTag).kind === 'holder') ??
    candidates.find(({ cable }) => cable !== undefined) ??
    candidates[0]
  return evse && { evse, connector: undefined }
}

function free(behaviour: Behaviour16, evse: Evse, connector: number, idTag: string): boolean {
  return (
    evse.free &&
    !behaviour.inTransaction(evse) &&
    (evse.cable === undefined || evse.cable === connector) &&
    behaviour.station.memory.usable(evse.id, connector) &&
    admitted(behaviour, evse, idTag)
  )
}

/** Not reserved for somebody else; whether he is of the holder's group the Authorize will tell. */
function admitted({ reservations, settings }: Behaviour16, evse: Evse, idTag: string): boolean {
  const { kind } = reservations.access(evse, idTag)
  return kind === 'askGroup' ? settings.authorizeRemoteStart : kind !== 'reserved'
}
