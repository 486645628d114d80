import type { Block } from '../block.ts'
import { requestStartTransaction } from './request-start-transaction.ts'
import { requestStopTransaction } from './request-stop-transaction.ts'
import { triggerMessage } from './trigger-message.ts'
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
}
