import type { ChargingScheduleUpdateType } from 'typed-ocpp/dist/ocpp21/types.js'
import type { ChargingProfile2x } from '../../../ocpp/smart-charging/profile2x.ts'

/** What of a period an update may change [2.1 ChargingScheduleUpdateType]. */
const updatable = [
  'limit',
  'limit_L2',
  'limit_L3',
  'dischargeLimit',
  'dischargeLimit_L2',
  'dischargeLimit_L3',
  'setpoint',
  'setpoint_L2',
  'setpoint_L3',
  'setpointReactive',
  'setpointReactive_L2',
  'setpointReactive_L3',
] as const satisfies readonly (keyof ChargingScheduleUpdateType)[]

/** The values of a Dynamic profile as an update would carry them; undefined: it has none. */
export function updateOf({
  chargingSchedule,
}: ChargingProfile2x): ChargingScheduleUpdateType | undefined {
  const period = chargingSchedule[0]?.chargingSchedulePeriod[0]
  const values = updatable.flatMap((field) =>
    period?.[field] === undefined ? [] : [[field, period[field]] as const],
  )
  return values.length > 0 ? Object.fromEntries(values) : undefined
}

/** A Dynamic profile with new values. */
export function withUpdate(
  profile: ChargingProfile2x,
  update: ChargingScheduleUpdateType,
  dynUpdateTime: string,
): ChargingProfile2x {
  const [schedule] = profile.chargingSchedule
  const [period] = schedule?.chargingSchedulePeriod ?? []
  if (!schedule || !period) return profile
  const { customData: _ofTheUpdate, ...values } = update
  return {
    ...profile,
    dynUpdateTime,
    chargingSchedule: [{ ...schedule, chargingSchedulePeriod: [{ ...period, ...values }] }],
  }
}
