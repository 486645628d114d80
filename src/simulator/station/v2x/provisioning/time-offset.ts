import type { DeviceModel } from './device-model/device-model.ts'
import type { Refusal } from './device-model/variable.ts'

/** How far ahead of UTC anybody lives, and how far behind: minutes. */
const mostAhead = 14 * 60
const mostBehind = 12 * 60

/** Local time of the station minus UTC, ms [2.0.1 ClockCtrlr.TimeOffset]. */
export function timeOffsetMs(model: DeviceModel): number {
  return (minutesOf(model.text('ClockCtrlr.TimeOffset')) ?? 0) * 60_000
}

/** What is no offset of a place on Earth. */
export function timeOffsetRefusal(_station: unknown, value: string): Refusal | undefined {
  const minutes = minutesOf(value)
  return minutes === undefined || minutes > mostAhead || minutes < -mostBehind
    ? { reasonCode: 'InvalidValue', additionalInfo: 'must be like +02:00' }
    : undefined
}

/** Of `+02:00`. */
function minutesOf(text: string): number | undefined {
  const [, sign, hours, minutes] = /^([+-])(\d\d):([0-5]\d)$/.exec(text) ?? []
  if (sign === undefined) return undefined
  const size = Number(hours) * 60 + Number(minutes)
  return sign === '-' ? -size : size
}
