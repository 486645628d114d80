import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../../ocpp/v21/actions.ts'
import type { Station2x } from '../station-2x.ts'
import { chargingProfiles } from './charging-profiles.ts'
import { dynamicProfiles } from './dynamic-profiles.ts'
import { evCharging } from './ev-charging.ts'
import { demandSmartCharging, disabled, isEnabled } from './smart-charging-gate.ts'

/** Limits the station, an EVSE or a transaction, from now on [2.0.1 K01]. */
export const setChargingProfile: Handler<Actions21, 'SetChargingProfile', Station2x> = (
  { evseId, chargingProfile },
  station,
) => {
  demandSmartCharging(station)
  const statusInfo = isEnabled(station)
    ? chargingProfiles.of(station).set(evseId, chargingProfile)
    : disabled
  if (statusInfo) return { status: 'Rejected', statusInfo }
  dynamicProfiles.of(station).installed(chargingProfile.id)
  station.services.afterwards(() => evCharging.existing(station)?.limitsChanged())
  return { status: 'Accepted' }
}
