import type { Handler } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import { noteDerStartStop } from '../../domain/der-controls.ts'
import type { StationContext } from '../../domain/domain.ts'
import { acknowledge } from '../acknowledge.ts'

const acknowledged = acknowledge('NotifyDERStartStop')

/** Remembers which scheduled control runs; what is over the station forgot [2.1 R04.FR.20-FR.22]. */
export const notifyDerStartStop: Handler<Actions21, 'NotifyDERStartStop', StationContext> = (
  request,
  context,
) => {
  const { station, domain } = context
  noteDerStartStop(station.record, request, request.supersededIds ?? [])
  domain.stations.save(station.record)
  return acknowledged(request, context)
}
