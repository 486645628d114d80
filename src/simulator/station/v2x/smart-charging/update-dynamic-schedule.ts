import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../../ocpp/v21/actions.ts'
import type { Station2x } from '../station-2x.ts'
import { dynamicProfiles } from './dynamic-profiles.ts'
import { evCharging } from './ev-charging.ts'
import { demandSmartCharging } from './smart-charging-gate.ts'

/** New values for a Dynamic profile, which hold at once [2.1 K28.FR.06]. */
export const updateDynamicSchedule: Handler<Actions21, 'UpdateDynamicSchedule', Station2x> = (
  { chargingProfileId, scheduleUpdate },
  station,
) => {
  demandSmartCharging(station)
  const statusInfo = dynamicProfiles.of(station).update(chargingProfileId, scheduleUpdate)
  if (statusInfo) return { status: 'Rejected', statusInfo }
  station.services.afterwards(() => evCharging.existing(station)?.scheduleChanged())
  return { status: 'Accepted' }
}
