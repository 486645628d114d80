import type { Block } from '../block.ts'
import { smartChargingAct } from './acts.ts'
import { chargingProfiles } from './charging-profiles.ts'
import { clearChargingProfile } from './clear-charging-profile.ts'
import { dynamicProfiles } from './dynamic-profiles.ts'
import { evCharging } from './ev-charging.ts'
import { externalLimits } from './external-limits.ts'
import { getChargingProfiles } from './get-charging-profiles.ts'
import { getCompositeSchedule } from './get-composite-schedule.ts'
import { pathClosings } from './path-closings.ts'
import { setChargingProfile } from './set-charging-profile.ts'
import { updateDynamicSchedule } from './update-dynamic-schedule.ts'
import { usePriorityCharging } from './use-priority-charging.ts'

/** How much power, and when [2.0.1 K]. */
export const smartCharging: Block = {
  letter: 'K',
  handlers: {
    ClearChargingProfile: clearChargingProfile,
    GetChargingProfiles: getChargingProfiles,
    GetCompositeSchedule: getCompositeSchedule,
    SetChargingProfile: setChargingProfile,
  },
  handlers21: {
    UpdateDynamicSchedule: updateDynamicSchedule,
    UsePriorityCharging: usePriorityCharging,
  },
  acted: smartChargingAct,
  registered(station) {
    chargingProfiles.existing(station)?.online()
    externalLimits.existing(station)?.online()
  },
  reconnected(station) {
    chargingProfiles.existing(station)?.online()
    externalLimits.existing(station)?.online()
  },
  disconnected(station) {
    chargingProfiles.existing(station)?.offline()
  },
  happened(station, evse, { kind }) {
    if (kind !== 'energyStarted') return
    pathClosings.of(station).closed(evse)
    // A remote start may have brought one that wants updates.
    const profiles = chargingProfiles.existing(station)?.all ?? []
    if (profiles.some(({ wire }) => wire?.dynUpdateInterval)) dynamicProfiles.of(station).resume()
  },
  transactionAnswered(station, evse) {
    if (evse.ev?.needs) evCharging.of(station).begin(evse)
  },
  powerLost(station) {
    dynamicProfiles.existing(station)?.stop()
  },
  powerRestored(station) {
    externalLimits.existing(station)?.restored()
    dynamicProfiles.existing(station)?.resume()
  },
  stopped(station) {
    dynamicProfiles.existing(station)?.stop()
  },
}
