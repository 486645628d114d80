import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../../ocpp/v21/actions.ts'
import type { Station2x } from '../station-2x.ts'
import { batterySwaps } from './battery-swaps.ts'

/** Lets the holder of the token swap, as soon as he puts his batteries in [2.1 S02]. */
export const requestBatterySwap: Handler<Actions21, 'RequestBatterySwap', Station2x> = (
  { requestId, idToken: { idToken, type } },
  station,
) => {
  const swapper = { requestId, token: { idToken, type } }
  const reasonCode = batterySwaps.of(station).request(swapper)
  return reasonCode === undefined
    ? { status: 'Accepted' }
    : { status: 'Rejected', statusInfo: { reasonCode } }
}
