import type { Handler } from '../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../ocpp/v16/actions.ts'
import type { StationContext } from '../domain/domain.ts'
import { firmwareStatus } from '../domain/firmware.ts'
import { nothing } from '../domain/nothing.ts'
import { notified } from '../domain/notified.ts'

/** [1.6 SWP L01] */
export const signedFirmwareStatusNotification: Handler<
  Actions16,
  'SignedFirmwareStatusNotification',
  StationContext
> = (request, context) => {
  firmwareStatus(request, true, context)
  notified('SignedFirmwareStatusNotification', request, context)
  return nothing
}
