import type { Block } from '../block.ts'
import { transactionEffects } from './effects.ts'
import { transactionEvent, transactionEvent21 } from './transaction-event.ts'

/** From the first event of a transaction to its last [2.0.1 E]. */
export const transactions: Block = {
  letter: 'E',
  handlers: { TransactionEvent: transactionEvent },
  handlers21: { TransactionEvent: transactionEvent21 },
  effects: transactionEffects,
}
