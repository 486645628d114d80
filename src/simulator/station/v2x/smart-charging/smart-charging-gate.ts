import { CallError } from '../../../../ocpp/rpc/error-codes.ts'
import type { Station2x } from '../station-2x.ts'

/** A station without smart charging serves none of its actions [2.0.1 K01.FR.29]. */
export function demandSmartCharging({ model }: Station2x): void {
  if (model.flag('SmartChargingCtrlr.Available')) return
  throw new CallError('NotSupported', 'SmartChargingCtrlr.Available is false')
}

/** Switched off it takes no profiles. */
export const disabled = {
  reasonCode: 'NotEnabled',
  additionalInfo: 'SmartChargingCtrlr.Enabled is false',
} as const

export function isEnabled({ model }: Station2x): boolean {
  return model.flag('SmartChargingCtrlr.Enabled')
}
