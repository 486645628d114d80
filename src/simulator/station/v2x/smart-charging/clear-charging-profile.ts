import type { RequestOf, ResponseOf } from '../../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../../ocpp/v21/actions.ts'
import type { Station2x } from '../station-2x.ts'
import { chargingProfiles } from './charging-profiles.ts'
import { evCharging } from './ev-charging.ts'
import { demandSmartCharging } from './smart-charging-gate.ts'

/** Unknown where nothing matches; limits of others than the CSMS stay [2.0.1 K10.FR.01, FR.08, FR.09]. */
export function clearChargingProfile(
  {
    chargingProfileId: id,
    chargingProfileCriteria: criteria,
  }: RequestOf<Actions21, 'ClearChargingProfile'>,
  station: Station2x,
): ResponseOf<Actions21, 'ClearChargingProfile'> {
  demandSmartCharging(station)
  const cleared = chargingProfiles.of(station).clear({
    id,
    place: criteria?.evseId,
    purpose: criteria?.chargingProfilePurpose,
    stackLevel: criteria?.stackLevel,
  })
  if (!cleared) return { status: 'Unknown' }
  station.services.afterwards(() => evCharging.existing(station)?.limitsChanged())
  return { status: 'Accepted' }
}
