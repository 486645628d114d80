import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import type { Station2x } from '../station-2x.ts'
import { costs } from './costs.ts'

/** What a transaction costs so far, to be shown to its driver [2.0.1 I02]. */
export const costUpdated: Handler<Actions201, 'CostUpdated', Station2x> = (
  { transactionId, totalCost },
  station,
) => {
  const session = station.sessions.byTransaction(transactionId)
  if (session) station.services.afterwards(() => costs.of(station).told(session.evse, totalCost))
  return {}
}
