import { CallError } from '../../../../ocpp/rpc/error-codes.ts'
import { utf8Length } from '../pages.ts'
import type { DeviceModel } from './device-model/device-model.ts'

/**
 * Refuses a request with more items, or of more bytes, than the station takes
 * [2.0.1 B06.FR.16, FR.17, B08.FR.17, FR.18].
 *
 * @param action as the variables of the component name it
 */
export function refuseLong(
  model: DeviceModel,
  action: string,
  request: object,
  items: number,
  component = 'DeviceDataCtrlr',
): void {
  const mostItems = model.integer(`${component}.ItemsPerMessage[${action}]`)
  if (items > mostItems) {
    throw new CallError('OccurrenceConstraintViolation', `at most ${mostItems} items per message`)
  }
  const mostBytes = model.integer(`${component}.BytesPerMessage[${action}]`)
  if (utf8Length(JSON.stringify(request)) > mostBytes) {
    throw new CallError('FormatViolation', `at most ${mostBytes} bytes per message`)
  }
}
