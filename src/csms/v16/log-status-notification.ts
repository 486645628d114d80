import type { Handler } from '../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../ocpp/v16/actions.ts'
import type { StationContext } from '../domain/domain.ts'
import { logStatus } from '../domain/logs.ts'
import { nothing } from '../domain/nothing.ts'
import { notified } from '../domain/notified.ts'

/** [1.6 SWP N01] */
export const logStatusNotification: Handler<Actions16, 'LogStatusNotification', StationContext> = (
  request,
  context,
) => {
  logStatus(request.status, request.requestId, context)
  notified('LogStatusNotification', request, context)
  return nothing
}
