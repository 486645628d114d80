import type { RequestOf } from '../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../ocpp/v16/actions.ts'
import type { Station } from '../domain/station.ts'
import { isOpen, type TransactionRecord } from '../domain/transaction.ts'

/**
 * How far back a repeated message is looked for. A station sends its transaction messages in
 * order, so that a repeated one is among its last few transactions.
 */
const lookBack = 32

/**
 * The transaction that this very StartTransaction opened before: a station that missed the answer
 * repeats it, under a message id of its choice. [1.6 errata 2025-04] One that was stopped by its id
 * was not missed: a station may begin the next within the same millisecond.
 */
export function startedBefore(
  { transactions }: Station,
  start: RequestOf<Actions16, 'StartTransaction'>,
): TransactionRecord | undefined {
  const oldest = Math.max(0, transactions.length - lookBack)
  for (let at = transactions.length - 1; at >= oldest; at -= 1) {
    const known = transactions[at]
    if (
      known &&
      (isOpen(known) || !known.idConfirmed) &&
      known.startedAt === start.timestamp &&
      known.meterStartWh === start.meterStart &&
      known.connectorId === start.connectorId &&
      known.idToken === start.idTag
    ) {
      return known
    }
  }
  return undefined
}

/** An id that no CSMS gives out: the station never got one, or has none [1.6 errata 3.18, 3.54]. */
export function isNoId(transactionId: number): boolean {
  return transactionId <= 0
}

/**
 * The open transaction whose id the station may have missed. One whose id it has used since is
 * not meant.
 */
export function openWithoutId(
  { transactions }: Station,
  fits: (transaction: TransactionRecord) => boolean,
): TransactionRecord | undefined {
  for (const transaction of transactions) {
    if (isOpen(transaction) && !transaction.idConfirmed && fits(transaction)) return transaction
  }
  return undefined
}

/** The transaction without id that this very StopTransaction ended before. */
export function stoppedBefore(
  { transactions }: Station,
  stop: RequestOf<Actions16, 'StopTransaction'>,
): TransactionRecord | undefined {
  const oldest = Math.max(0, transactions.length - lookBack)
  for (let at = transactions.length - 1; at >= oldest; at -= 1) {
    const known = transactions[at]
    if (known?.stoppedAt === stop.timestamp && known.meterStopWh === stop.meterStop) return known
  }
  return undefined
}
