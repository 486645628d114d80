import type { Block } from '../block.ts'
import { transactionTrigger } from './trigger.ts'

/** From the first event of a transaction to its last [2.0.1 E]. */
export const transactions: Block = {
  letter: 'E',
  triggers: { TransactionEvent: transactionTrigger },
}
