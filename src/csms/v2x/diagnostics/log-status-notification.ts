import type { Handler } from '../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import type { StationContext } from '../../domain/domain.ts'
import { logStatus } from '../../domain/logs.ts'
import { nothing } from '../../domain/nothing.ts'
import { told } from './told.ts'

/** [2.0.1 N01] */
export const logStatusNotification: Handler<Actions201, 'LogStatusNotification', StationContext> = (
  request,
  context,
) => {
  logStatus(request.status, request.requestId, context)
  told('LogStatusNotification', request, context)
  return nothing
}
