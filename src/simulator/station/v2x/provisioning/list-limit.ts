import { CallError } from '../../../../ocpp/rpc/error-codes.ts'
import type { DeviceModel } from './device-model/device-model.ts'

/** Refuses more items than ItemsPerMessage allows [2.0.1 B05, B06]. */
export function refuseLongList(
  model: DeviceModel,
  action: 'GetVariables' | 'SetVariables',
  items: number,
): void {
  const limit = model.integer(`DeviceDataCtrlr.ItemsPerMessage[${action}]`)
  if (items > limit) {
    throw new CallError('OccurrenceConstraintViolation', `at most ${limit} items per message`)
  }
}
