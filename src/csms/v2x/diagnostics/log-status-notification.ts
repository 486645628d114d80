import type { LogStatusNotificationRequest } from 'typed-ocpp/dist/ocpp21/types.js'
import type { Handler } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import type { StationContext } from '../../domain/domain.ts'
import { logStatus } from '../../domain/logs.ts'
import { nothing } from '../../domain/nothing.ts'
import { notified } from '../../domain/notified.ts'

/** [2.0.1 N01] */
export const logStatusNotification: Handler<Actions201, 'LogStatusNotification', StationContext> = (
  request,
  context,
) => learn(request, context)

/** 2.1 may say why. */
export const logStatusNotification21: Handler<
  Actions21,
  'LogStatusNotification',
  StationContext
> = (request, context) => learn(request, context)

function learn(request: LogStatusNotificationRequest, context: StationContext) {
  const { status, requestId, statusInfo } = request
  logStatus(status, requestId, context, statusInfo)
  notified('LogStatusNotification', request, context)
  return nothing
}
