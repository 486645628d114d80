import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../../ocpp/v21/actions.ts'
import type { Station2x } from '../station-2x.ts'
import { energyTransfers, isBidirectional } from './energy-transfers.ts'

/** The EV asks anew for what it may have; one that cannot change its service may not [2.1 Q02]. */
export const notifyAllowedEnergyTransfer: Handler<
  Actions21,
  'NotifyAllowedEnergyTransfer',
  Station2x
> = ({ transactionId, allowedEnergyTransfer }, station) => {
  const evse = station.sessions.byTransaction(transactionId)?.evse
  if (!evse) return { status: 'Rejected', statusInfo: { reasonCode: 'TxNotFound' } }
  if (!isBidirectional(station, evse)) {
    return { status: 'Rejected', statusInfo: { reasonCode: 'UnsupportedRequest' } }
  }
  station.services.afterwards(() => energyTransfers.of(station).allow(evse, allowedEnergyTransfer))
  return { status: 'Accepted' }
}
