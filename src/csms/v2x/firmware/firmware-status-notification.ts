import type { Handler } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import type { StationContext } from '../../domain/domain.ts'
import { type FirmwareTold, firmwareStatus } from '../../domain/firmware.ts'
import { acknowledge } from '../acknowledge.ts'

const acknowledged = acknowledge('FirmwareStatusNotification')

/** [2.0.1 L01.FR.01, L02.FR.01] */
export const firmwareStatusNotification: Handler<
  Actions201,
  'FirmwareStatusNotification',
  StationContext
> = (request, context) => learn(request, context)

/** 2.1 may say why. */
export const firmwareStatusNotification21: Handler<
  Actions21,
  'FirmwareStatusNotification',
  StationContext
> = (request, context) => learn(request, context)

function learn(request: FirmwareTold, context: StationContext) {
  const signed = context.station.record.firmware?.signed ?? false
  firmwareStatus(request, signed, context)
  return acknowledged(request, context)
}
