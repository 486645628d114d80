import type { Handler } from '../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import type { StationContext } from '../../domain/domain.ts'
import { firmwareStatus } from '../../domain/firmware.ts'
import { acknowledge } from '../acknowledge.ts'

const acknowledged = acknowledge('FirmwareStatusNotification')

/** [2.0.1 L01.FR.01, L02.FR.01] */
export const firmwareStatusNotification: Handler<
  Actions201,
  'FirmwareStatusNotification',
  StationContext
> = (request, context) => {
  const signed = context.station.record.firmware?.signed ?? false
  firmwareStatus(request.status, request.requestId, signed, context)
  return acknowledged(request, context)
}
