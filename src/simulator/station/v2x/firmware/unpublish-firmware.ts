import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import type { Station2x } from '../station-2x.ts'
import { publications } from './publications.ts'
import { requireController } from './publish-firmware.ts'

/** [2.0.1 L04] What somebody downloads stays until he has it. */
export const unpublishFirmware: Handler<Actions201, 'UnpublishFirmware', Station2x> = (
  { checksum },
  station,
) => {
  requireController(station)
  return { status: publications.of(station).withdraw(checksum) }
}
