import type { Handler } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import { noteDerAlarm } from '../../domain/der-controls.ts'
import type { StationContext } from '../../domain/domain.ts'
import { acknowledge } from '../acknowledge.ts'

const acknowledged = acknowledge('NotifyDERAlarm')

/** Remembers what the grid made an inverter do, and since when [2.1 R05]. */
export const notifyDerAlarm: Handler<Actions21, 'NotifyDERAlarm', StationContext> = (
  request,
  context,
) => {
  const { controlType, gridEventFault, alarmEnded, timestamp } = request
  const { station, domain } = context
  noteDerAlarm(station.record, { controlType, gridEventFault }, timestamp, alarmEnded ?? false)
  domain.stations.save(station.record)
  return acknowledged(request, context)
}
