import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import type { Station2x } from '../station-2x.ts'

/** Stops the transaction by its id; unknown ids and Pending are Rejected [2.0.1 F03, B02.FR.05]. */
export const requestStopTransaction: Handler<Actions201, 'RequestStopTransaction', Station2x> = (
  { transactionId },
  { services, sessions },
) => {
  if (services.registration !== 'accepted') {
    return { status: 'Rejected', statusInfo: { reasonCode: 'CSNotAccepted' } }
  }
  const session = sessions.byTransaction(transactionId)
  if (!session) return { status: 'Rejected', statusInfo: { reasonCode: 'TxNotFound' } }
  services.afterwards(() =>
    services.unattended(services.stopEnergy(session.evse, { cause: 'remote' })),
  )
  return { status: 'Accepted' }
}
