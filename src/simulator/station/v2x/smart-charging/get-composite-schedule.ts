import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import { isoTime } from '../../../../shared/clock.ts'
import type { Station2x } from '../station-2x.ts'
import { compositeOf, wireComposite } from './composite.ts'
import { demandSmartCharging } from './smart-charging-gate.ts'

/** What may be drawn from now on [2.0.1 K08]. */
export const getCompositeSchedule: Handler<Actions201, 'GetCompositeSchedule', Station2x> = (
  { evseId, duration: seconds, chargingRateUnit },
  station,
) => {
  demandSmartCharging(station)
  const { model, services } = station
  const evse = services.evse(evseId)
  if (evseId !== 0 && !evse) return rejected('UnknownEvse')
  if (seconds <= 0) return rejected('InvalidValue')
  const units = model.list('SmartChargingCtrlr.RateUnit')
  const unit = chargingRateUnit ?? (units.includes('A') ? 'A' : 'W')
  if (!units.includes(unit)) return rejected('UnsupportedRateUnit')
  const fromMs = Math.floor(services.wireMs() / 1000) * 1000
  const composite = compositeOf(station, evse, { unit, fromMs, seconds })
  return { status: 'Accepted', schedule: wireComposite(evse, unit, isoTime(fromMs), composite) }
}

function rejected(reasonCode: string) {
  return { status: 'Rejected', statusInfo: { reasonCode } } as const
}
