import type { Handler } from '../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../ocpp/v16/actions.ts'
import type { StationContext } from '../domain/domain.ts'
import { firmwareStatus } from '../domain/firmware.ts'
import { nothing } from '../domain/nothing.ts'
import { notified } from '../domain/notified.ts'

/** [1.6 4.5] */
export const firmwareStatusNotification: Handler<
  Actions16,
  'FirmwareStatusNotification',
  StationContext
> = (request, context) => {
  firmwareStatus(request, false, context)
  notified('FirmwareStatusNotification', request, context)
  return nothing
}
