import { purposeOf16 } from '../../../ocpp/smart-charging/profile16.ts'
import type { Handler16 } from './handler16.ts'

/** [1.6 5.5] Unknown where nothing matches; without any field all profiles go [errata 3.25]. */
export const clearChargingProfile: Handler16<'ClearChargingProfile'> = (request, behaviour) => {
  const { id, connectorId: place, stackLevel, chargingProfilePurpose } = request
  const purpose = chargingProfilePurpose && purposeOf16(chargingProfilePurpose)
  const cleared = behaviour.chargingProfiles.clear({ id, place, stackLevel, purpose })
  return { status: cleared ? 'Accepted' : 'Unknown' }
}
