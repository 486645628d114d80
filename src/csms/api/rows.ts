import type { StationRecord } from '../domain/station.ts'
import { isOpen, type TransactionRecord } from '../domain/transaction.ts'
import type { TransactionStore } from '../store/store.ts'
import { type StationView, stationView } from '../views.ts'
import type { TransactionQuery } from './operations.ts'

/** Items of a list in one piece of text: a few milliseconds of work. */
export const rowsPerPiece = 500

/** One piece of a list out of many. */
export function joinRows(rows: readonly string[]): string {
  return rows.join(',\n')
}

/** A list as pieces of JSON text. */
export function* jsonRows(items: Iterable<object>): Generator<string> {
  let rows: string[] = []
  for (const item of items) {
    rows.push(JSON.stringify(item))
    if (rows.length < rowsPerPiece) continue
    yield joinRows(rows)
    rows = []
  }
  if (rows.length > 0) yield joinRows(rows)
}

export function* stationViews(
  records: Iterable<StationRecord>,
  connected: boolean | undefined,
): Generator<StationView> {
  for (const record of records) {
    const view = stationView(record)
    if (connected === undefined || view.connected === connected) yield view
  }
}

/** The transactions that a query means, without its limit. */
export function* matching(
  transactions: TransactionStore,
  { after, open, stationId }: Omit<TransactionQuery, 'limit'>,
): Generator<TransactionRecord> {
  const candidates =
    stationId === undefined ? transactions.list(after) : transactions.everyOf(stationId)
  for (const transaction of candidates) {
    if (transaction.ordinal <= after) continue
    if (open === undefined || isOpen(transaction) === open) yield transaction
  }
}
