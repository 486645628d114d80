import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../../ocpp/v21/actions.ts'
import type { Station2x } from '../station-2x.ts'
import { chargingProfiles } from './charging-profiles.ts'
import { evCharging } from './ev-charging.ts'
import { demandSmartCharging } from './smart-charging-gate.ts'

/** The PriorityCharging profile counts for a transaction, or no longer [2.1 K21]. */
export const usePriorityCharging: Handler<Actions21, 'UsePriorityCharging', Station2x> = (
  { transactionId, activate },
  station,
) => {
  demandSmartCharging(station)
  const session = station.sessions.byTransaction(transactionId)
  if (!session) return { status: 'Rejected', statusInfo: { reasonCode: 'TxNotFound' } }
  const profiles = chargingProfiles.of(station)
  if (activate && !profiles.canPrioritise(session.evse)) return { status: 'NoProfile' }
  if (profiles.prioritise(transactionId, activate)) {
    station.services.afterwards(() => evCharging.existing(station)?.scheduleChanged())
  }
  return { status: 'Accepted' }
}
