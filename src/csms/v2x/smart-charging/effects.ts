import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import { isoTime } from '../../../shared/clock.ts'
import { changeProfile2x, noteCleared, noteProfile2x } from '../../domain/charging-profiles.ts'
import { notePriority } from '../../domain/priority-charging.ts'
import { awaitProfiles, noteMissing } from '../../domain/profile-reports.ts'
import type { CommandEffects } from '../../gateway/command-effects.ts'
import { withUpdate } from './dynamic-update.ts'

/** Which charging profiles a station has, by what it accepted [2.0.1 K01, K09, K10]. */
export const smartChargingEffects: Pick<
  CommandEffects<Actions21>,
  'SetChargingProfile' | 'ClearChargingProfile' | 'GetChargingProfiles'
> = {
  SetChargingProfile({ evseId, chargingProfile }, { status }, { station, domain }) {
    if (status === 'Accepted') noteProfile2x(domain, station, evseId, chargingProfile)
  },
  /** Unknown says as well as Accepted that nothing like this is left; limits of others stay. */
  ClearChargingProfile({ chargingProfileId: id, chargingProfileCriteria }, _, context) {
    const {
      evseId: place,
      chargingProfilePurpose: purpose,
      stackLevel,
    } = chargingProfileCriteria ?? {}
    noteCleared(context.domain, context.station, { id, place, purpose, stackLevel })
  },
  GetChargingProfiles(request, { status }, { station, domain }) {
    if (status === 'Accepted') awaitProfiles(station, request)
    else noteMissing(domain, station, request)
  },
}

export const smartChargingEffects21: CommandEffects<Actions21> = {
  UpdateDynamicSchedule({ chargingProfileId, scheduleUpdate }, { status }, context) {
    if (status !== 'Accepted') return
    const { station, domain } = context
    const now = isoTime(domain.clock.wallMs())
    changeProfile2x(domain, station, chargingProfileId, (profile) =>
      withUpdate(profile, scheduleUpdate, now),
    )
  },
  UsePriorityCharging({ transactionId, activate }, { status }, { station, domain }) {
    if (status === 'Accepted') notePriority(domain, station, transactionId, activate)
  },
}
