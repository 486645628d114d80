import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import type { Station2x } from '../station-2x.ts'
import { TransactionEventMessage } from './transaction-event.ts'

/**
 * Whether a transaction goes on and whether messages of it still wait; without an id, whether any
 * wait at all [2.0.1 E14]. What the station never heard of is over.
 */
export const getTransactionStatus: Handler<Actions201, 'GetTransactionStatus', Station2x> = (
  { transactionId },
  { services, sessions },
) => {
  if (transactionId === undefined) return { messagesInQueue: services.queue.length > 0 }
  return {
    ongoingIndicator: sessions.byTransaction(transactionId) !== undefined,
    messagesInQueue: services.queue.some(
      (message) =>
        message instanceof TransactionEventMessage && message.transactionId === transactionId,
    ),
  }
}
