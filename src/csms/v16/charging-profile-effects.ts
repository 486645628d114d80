import { purposeOf16 } from '../../ocpp/smart-charging/profile16.ts'
import type { Actions16 } from '../../ocpp/v16/actions.ts'
import { noteCleared, noteProfile, noteStart } from '../domain/charging-profiles.ts'
import type { CommandEffects } from '../gateway/command-effects.ts'

/** Which charging profiles a station has, by what it accepted [1.6 5.5, 5.11, 5.16]. */
export const chargingProfileEffects: Pick<
  CommandEffects<Actions16>,
  'SetChargingProfile' | 'ClearChargingProfile' | 'RemoteStartTransaction'
> = {
  SetChargingProfile({ connectorId, csChargingProfiles }, { status }, { station, domain }) {
    if (status === 'Accepted') noteProfile(domain, station, connectorId, csChargingProfiles)
  },
  /** Unknown says as well as Accepted that nothing like this is left. */
  ClearChargingProfile(request, _response, { station, domain }) {
    const { id, connectorId: place, stackLevel, chargingProfilePurpose } = request
    const purpose = chargingProfilePurpose && purposeOf16(chargingProfilePurpose)
    noteCleared(domain, station, { id, place, stackLevel, purpose })
  },
  RemoteStartTransaction(request, { status }, { station, domain }) {
    if (status === 'Accepted') noteStart(domain, station, request)
  },
}
