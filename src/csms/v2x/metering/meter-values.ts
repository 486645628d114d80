import type { Handler } from '../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import type { StationContext } from '../../domain/domain.ts'
import { nothing } from '../../domain/nothing.ts'

/** Values outside of transactions; evseId 0 is the station's main meter [2.0.1 J01]. */
export const meterValues: Handler<Actions201, 'MeterValues', StationContext> = (
  { evseId, meterValue },
  { station },
) => {
  const latest = meterValue[meterValue.length - 1]
  if (latest) station.meterValues.add(evseId, undefined, latest)
  return nothing
}
