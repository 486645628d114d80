import { CallError } from '../../ocpp/rpc/error-codes.ts'
import type { Store } from '../store/store.ts'

/**
 * While nothing can be saved no transaction is even begun in memory: its station keeps the message
 * and sends it again later. [1.6 3.7.1] [2.0.1 E13]
 */
export function storeGate(
  action: string,
  { trouble }: Pick<Store, 'trouble'>,
): CallError | undefined {
  if (trouble === undefined || !transactionActions.has(action)) return undefined
  return new CallError('InternalError', 'Transactions cannot be saved at present')
}

const transactionActions: ReadonlySet<string> = new Set([
  'StartTransaction',
  'StopTransaction',
  'TransactionEvent',
])
