import type { Block } from '../block.ts'
import { requestStartTransaction } from './request-start-transaction.ts'
import { requestStopTransaction } from './request-stop-transaction.ts'
import { triggerMessage, triggerMessage21 } from './trigger-message.ts'
import { unlockConnector } from './unlock-connector.ts'

/** What an operator does from afar [2.0.1 F]. */
export const remoteControl: Block = {
  letter: 'F',
  handlers: {
    RequestStartTransaction: requestStartTransaction,
    RequestStopTransaction: requestStopTransaction,
    TriggerMessage: triggerMessage,
    UnlockConnector: unlockConnector,
  },
  handlers21: { TriggerMessage: triggerMessage21 },
  /** The first event after a remote start says so, whatever set it off [2.0.1 F01.FR.19, F02.FR.21]. */
  transactionEvent(_station, _evse, event) {
    if (event.transactionInfo.remoteStartId !== undefined) event.triggerReason = 'RemoteStart'
  },
}
