import type { RequestOf } from '../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../ocpp/v16/actions.ts'
import type { Station } from '../domain/station.ts'
import { isOpen, type TransactionRecord } from '../domain/transaction.ts'

/**
 * How far back a repeated message is looked for. A station sends its transaction messages in
 * order, so that a repeated one is among its last few transactions.
 */
const lookBack = 32

/** The latest of the last few that fits. */
function latest(
  { transactions }: Station,
  fits: (transaction: TransactionRecord) => boolean,
): TransactionRecord | undefined {
  const oldest = Math.max(0, transactions.length - lookBack)
  for (let at = transactions.length - 1; at >= oldest; at -= 1) {
    const known = transactions[at]
    if (known && fits(known)) return known
  }
  return undefined
}

/**
 * The transaction that this very StartTransaction opened before: a station that missed the answer
 * repeats it, under a message id of its choice. [1.6J errata 3.1] One that was stopped by its id
 * was not missed: a station may begin the next within the same millisecond.
 */
export function startedBefore(
  station: Station,
  start: RequestOf<Actions16, 'StartTransaction'>,
): TransactionRecord | undefined {
  return latest(
    station,
    (known) =>
      (isOpen(known) || !known.idConfirmed) &&
      known.startedAt === start.timestamp &&
      known.meterStartWh === start.meterStart &&
      known.connectorId === start.connectorId &&
      known.idToken === start.idTag,
  )
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
  return transactions.find((known) => isOpen(known) && !known.idConfirmed && fits(known))
}

/** The transaction without id that this very StopTransaction ended before. */
export function stoppedBefore(
  station: Station,
  { timestamp, meterStop }: RequestOf<Actions16, 'StopTransaction'>,
): TransactionRecord | undefined {
  return latest(
    station,
    (known) => known.stoppedAt === timestamp && known.meterStopWh === meterStop,
  )
}
