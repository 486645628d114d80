import { utcOffsetMs } from '../../../../ocpp/utc-offset.ts'
import type { DeviceModel } from './device-model/device-model.ts'
import type { Refusal } from './device-model/variable.ts'

const hourMs = 3_600_000
/** How far ahead of UTC anybody lives, and how far behind. */
const mostAheadMs = 14 * hourMs
const mostBehindMs = 12 * hourMs

/** Local time of the station minus UTC, ms [2.0.1 ClockCtrlr.TimeOffset]. */
export function timeOffsetMs(model: DeviceModel): number {
  return utcOffsetMs(model.text('ClockCtrlr.TimeOffset')) ?? 0
}

/** What is no offset of a place on Earth. */
export function timeOffsetRefusal(_station: unknown, value: string): Refusal | undefined {
  const ms = utcOffsetMs(value)
  return ms === undefined || ms > mostAheadMs || ms < -mostBehindMs
    ? { reasonCode: 'InvalidValue', additionalInfo: 'must be like +02:00' }
    : undefined
}
