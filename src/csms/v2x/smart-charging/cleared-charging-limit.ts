import type { RequestOf, ResponseOf } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import { noteLimitCleared } from '../../domain/charging-limits.ts'
import type { StationContext } from '../../domain/domain.ts'
import { acknowledge } from '../acknowledge.ts'

/** A limit of somebody else is over [2.0.1 K13]. */
export function clearedChargingLimit(
  request: RequestOf<Actions21, 'ClearedChargingLimit'>,
  context: StationContext,
): ResponseOf<Actions21, 'ClearedChargingLimit'> {
  const { evseId = 0, chargingLimitSource } = request
  noteLimitCleared(context.domain, context.station, evseId, chargingLimitSource)
  return acknowledge('ClearedChargingLimit')(request, context)
}
