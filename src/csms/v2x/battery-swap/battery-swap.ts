import type { Handler } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import { isoTime } from '../../../shared/clock.ts'
import { noteSwap } from '../../domain/battery-swaps.ts'
import type { StationContext } from '../../domain/domain.ts'
import { acknowledge } from '../acknowledge.ts'

const acknowledged = acknowledge('BatterySwap')

/** Remembers which batteries came and went, and who is still owed one [2.1 S03]. */
export const notedBatterySwap: Handler<Actions21, 'BatterySwap', StationContext> = (
  request,
  context,
) => {
  const { requestId, idToken, eventType: event, batteryData } = request
  const { station, domain } = context
  const batteries = batteryData.map(({ evseId, serialNumber, soC, soH }) => ({
    evseId,
    serialNumber,
    soC,
    soH,
  }))
  const told = { requestId, idToken: idToken.idToken, event, batteries }
  noteSwap(station.record, told, isoTime(domain.clock.wallMs()))
  domain.stations.save(station.record)
  return acknowledged(request, context)
}
