import type { RequestOf, ResponseOf } from '../../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../../ocpp/v21/actions.ts'
import type { Station2x } from '../station-2x.ts'
import { chargingProfiles } from './charging-profiles.ts'
import { dynamicProfiles } from './dynamic-profiles.ts'
import { evCharging } from './ev-charging.ts'
import { demandSmartCharging, disabled, isEnabled } from './smart-charging-gate.ts'

/** Limits the station, an EVSE or a transaction, from now on [2.0.1 K01]. */
export function setChargingProfile(
  { evseId, chargingProfile }: RequestOf<Actions21, 'SetChargingProfile'>,
  station: Station2x,
): ResponseOf<Actions21, 'SetChargingProfile'> {
  demandSmartCharging(station)
  const tellsPhases = evCharging.existing(station)?.tellsPhases(evseId) ?? false
  const statusInfo = isEnabled(station)
    ? chargingProfiles.of(station).set(evseId, chargingProfile, tellsPhases)
    : disabled
  if (statusInfo) return { status: 'Rejected', statusInfo }
  const isDynamic = chargingProfile.chargingProfileKind === 'Dynamic'
  const updated = isDynamic ? dynamicProfiles.of(station) : dynamicProfiles.existing(station)
  updated?.installed(chargingProfile.id)
  station.services.afterwards(() => evCharging.existing(station)?.limitsChanged())
  return { status: 'Accepted' }
}
