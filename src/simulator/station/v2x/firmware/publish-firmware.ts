import { CallError } from '../../../../ocpp/rpc/error-codes.ts'
import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import { rejected } from '../rejected.ts'
import type { Station2x } from '../station-2x.ts'
import { publications } from './publications.ts'

/** [2.0.1 L03] */
export const publishFirmware: Handler<Actions201, 'PublishFirmware', Station2x> = (
  { requestId, location, checksum, retries, retryInterval },
  station,
) => {
  requireController(station)
  const order = { requestId, location, checksum, retries, retryInterval }
  return publications.of(station).take(order)
    ? { status: 'Accepted' }
    : rejected('FwUpdateInProgress', 'another file is being published')
}

/** Only a local controller has stations behind it [2.0.1 L03, L04]. */
export function requireController({ model }: Station2x): void {
  if (model.flag('LocalController.Available')) return
  throw new CallError('NotSupported', 'this station is no local controller')
}
