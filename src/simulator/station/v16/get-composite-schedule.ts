import { isoTime } from '../../../shared/clock.ts'
import type { Handler16 } from './handler16.ts'

/** [1.6 5.7] startSchedule is left out [errata 3.57]: the periods count from scheduleStart. */
export const getCompositeSchedule: Handler16<'GetCompositeSchedule'> = (request, behaviour) => {
  const { connectorId, duration: seconds } = request
  const { chargingProfiles, statuses, station } = behaviour
  const evse = statuses.evseOf(connectorId)
  if ((connectorId !== 0 && !evse) || seconds <= 0) return { status: 'Rejected' }
  const unit = request.chargingRateUnit ?? chargingProfiles.unitAt(connectorId)
  if (!chargingProfiles.allows(unit)) return { status: 'Rejected' }
  const fromMs = Math.floor(station.wireMs() / 1000) * 1000
  const { duration, periods, minChargingRate } = chargingProfiles.composite(
    connectorId,
    evse,
    unit,
    fromMs,
    seconds,
  )
  return {
    status: 'Accepted',
    connectorId,
    scheduleStart: isoTime(fromMs),
    chargingSchedule: {
      duration,
      chargingRateUnit: unit,
      chargingSchedulePeriod: [...periods],
      ...(minChargingRate > 0 && { minChargingRate }),
    },
  }
}
