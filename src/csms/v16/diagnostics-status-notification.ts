import type { Handler } from '../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../ocpp/v16/actions.ts'
import type { StationContext } from '../domain/domain.ts'
import { diagnosticsStatus } from '../domain/logs.ts'
import { nothing } from '../domain/nothing.ts'
import { notified } from '../domain/notified.ts'

/** [1.6 4.4] */
export const diagnosticsStatusNotification: Handler<
  Actions16,
  'DiagnosticsStatusNotification',
  StationContext
> = (request, context) => {
  diagnosticsStatus(request.status, context)
  notified('DiagnosticsStatusNotification', request, context)
  return nothing
}
