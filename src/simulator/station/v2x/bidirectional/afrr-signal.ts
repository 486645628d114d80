import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../../ocpp/v21/actions.ts'
import type { Station2x } from '../station-2x.ts'
import { gridServices } from './grid-services.ts'

/** Setpoints follow the signal by the curve of the schedule in force [2.1 Q08.FR.10, FR.11]. */
export const afrrSignal: Handler<Actions21, 'AFRRSignal', Station2x> = (
  { timestamp, signal },
  station,
) => {
  const { services } = station
  for (const evse of services.evses) evse.advance()
  const followed = services.evses.some(({ order }) => (order?.signalCurve.length ?? 0) > 0)
  if (!followed) return { status: 'Rejected', statusInfo: { reasonCode: 'NoSignalWattCurve' } }
  services.afterwards(() => gridServices.of(station).signal(signal, Date.parse(timestamp)))
  return { status: 'Accepted' }
}
