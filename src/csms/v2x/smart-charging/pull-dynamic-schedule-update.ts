import type { Handler } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import { isoTime } from '../../../shared/clock.ts'
import { changeProfile2x, is2x } from '../../domain/charging-profiles.ts'
import type { StationContext } from '../../domain/domain.ts'
import { acknowledge } from '../acknowledge.ts'
import { updateOf } from './dynamic-update.ts'

/** Answers with the values that were set last: they go on [2.1 K28.FR.07]. */
export const pullDynamicScheduleUpdate: Handler<
  Actions21,
  'PullDynamicScheduleUpdate',
  StationContext
> = (request, context) => {
  const { station, domain } = context
  const { chargingProfileId: id } = request
  acknowledge('PullDynamicScheduleUpdate')(request, context)
  const known = station.record.chargingProfiles?.find(
    ({ profile }) =>
      is2x(profile) && profile.id === id && profile.chargingProfileKind === 'Dynamic',
  )
  const scheduleUpdate = known && is2x(known.profile) ? updateOf(known.profile) : undefined
  if (!scheduleUpdate) {
    return { status: 'Rejected', statusInfo: { reasonCode: 'InvalidProfile' } }
  }
  const dynUpdateTime = isoTime(domain.clock.wallMs())
  changeProfile2x(domain, station, id, (profile) => ({ ...profile, dynUpdateTime }))
  return { status: 'Accepted', scheduleUpdate }
}
