import type { RequestOf, ResponseOf } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import { knownComposite } from '../../domain/composite-view.ts'
import type { StationContext } from '../../domain/domain.ts'
import { evAt, noteEv } from '../../domain/ev-charging.ts'
import type { Station } from '../../domain/station.ts'
import { acknowledge } from '../acknowledge.ts'
import { sendEvProfile } from './notify-ev-charging-needs.ts'

type Request = RequestOf<Actions21, 'NotifyEVChargingSchedule'>

/** What rounding may make of a limit, W. */
const toleranceW = 1
/** An EV that wants more over and over is not asked for ever. */
const mostRenegotiations = 3
/** Phase to neutral. */
const nominalV = 230
/** How long a schedule without duration is looked at, s. */
const dayS = 86_400

/**
 * How an EV means to charge: Accepted where that is within what it may; else Rejected, and it gets
 * its profile once more [2.0.1 K15.FR.11-13, K16.FR.06-08, K17.FR.11-13].
 */
export function notifyEvChargingSchedule(
  request: Request,
  context: StationContext,
): ResponseOf<Actions21, 'NotifyEVChargingSchedule'> {
  const { station, domain } = context
  const { evseId, chargingSchedule: schedule } = request
  const status = isWithin(station, request) ? 'Accepted' : 'Rejected'
  const before = evAt(station, evseId)?.renegotiations ?? 0
  const again = status === 'Rejected' && before < mostRenegotiations
  noteEv(domain, station, evseId, {
    schedule,
    scheduleStatus: status,
    renegotiations: again ? before + 1 : before,
  })
  acknowledge('NotifyEVChargingSchedule')(request, context)
  if (again) void Promise.resolve().then(() => sendEvProfile(context, evseId))
  return { status }
}

/** Every period of the EV is at most what holds there, as far as is known here. */
function isWithin(station: Station, { evseId, timeBase, chargingSchedule }: Request): boolean {
  const { duration = dayS, chargingRateUnit: unit, chargingSchedulePeriod: told } = chargingSchedule
  const question = { place: evseId, duration: Math.max(1, duration), unit, voltage: nominalV }
  const { periods } = knownComposite(station, question, Date.parse(timeBase))
  return told.every(({ startPeriod, limit = 0 }, at) => {
    const endPeriod = told[at + 1]?.startPeriod ?? duration
    return periods
      .filter(
        (known, i) =>
          known.startPeriod < endPeriod &&
          (periods[i + 1]?.startPeriod ?? Number.POSITIVE_INFINITY) > startPeriod,
      )
      .every((known) => limit <= known.limit + toleranceW)
  })
}
