import type { RequestOf, ResponseOf } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import { noteLimit } from '../../domain/charging-limits.ts'
import type { StationContext } from '../../domain/domain.ts'
import { acknowledge } from '../acknowledge.ts'

/** Somebody else limits the station [2.0.1 K12]. */
export function notifyChargingLimit(
  request: RequestOf<Actions21, 'NotifyChargingLimit'>,
  context: StationContext,
): ResponseOf<Actions21, 'NotifyChargingLimit'> {
  const { evseId = 0, chargingLimit, chargingSchedule = [] } = request
  noteLimit(context.domain, context.station, {
    evseId,
    source: chargingLimit.chargingLimitSource,
    isGridCritical: chargingLimit.isGridCritical ?? false,
    isLocalGeneration: chargingLimit.isLocalGeneration ?? false,
    schedules: chargingSchedule,
  })
  return acknowledge('NotifyChargingLimit')(request, context)
}
