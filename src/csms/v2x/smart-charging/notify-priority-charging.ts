import type { Handler } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import type { StationContext } from '../../domain/domain.ts'
import { notePriority } from '../../domain/priority-charging.ts'
import { acknowledge } from '../acknowledge.ts'

/** A driver asked for priority at the station, or gave it up [2.1 K22]. */
export const notifyPriorityCharging: Handler<
  Actions21,
  'NotifyPriorityCharging',
  StationContext
> = (request, context) => {
  const { transactionId, activated } = request
  notePriority(context.domain, context.station, transactionId, activated)
  return acknowledge('NotifyPriorityCharging')(request, context)
}
