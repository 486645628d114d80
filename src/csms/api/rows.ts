import type { StationRecord } from '../domain/station.ts'
import { isOpen, type TransactionRecord } from '../domain/transaction.ts'
import type { StationStore, TransactionStore } from '../store/store.ts'
import type { Page, StationQuery, TransactionQuery } from './operations.ts'

/** Items of a list in one piece of text: a few milliseconds of work. */
export const rowsPerPiece = 500

/** One piece of a list out of many. */
export function joinRows(rows: readonly string[]): string {
  return rows.join(',\n')
}

/** A list as pieces of JSON text. */
function* jsonRows(items: Iterable<object>): Generator<string> {
  let rows: string[] = []
  for (const item of items) {
    rows.push(JSON.stringify(item))
    if (rows.length < rowsPerPiece) continue
    yield joinRows(rows)
    rows = []
  }
  if (rows.length > 0) yield joinRows(rows)
}

/** The first items of a list, as they are shown; all where there is no limit. */
export function pageOf<Item, Key>(
  items: Iterable<Item>,
  limit: number | undefined,
  view: (item: Item) => object,
  keyOf: (item: Item) => Key,
): Page<Key> {
  if (limit === undefined) return { rows: jsonRows(viewed(items, view)), next: undefined }
  const taken: Item[] = []
  for (const item of items) {
    const last = taken.length === limit ? taken.at(-1) : undefined
    if (last !== undefined) return { rows: jsonRows(viewed(taken, view)), next: keyOf(last) }
    taken.push(item)
  }
  return { rows: jsonRows(viewed(taken, view)), next: undefined }
}

function* viewed<Item>(items: Iterable<Item>, view: (item: Item) => object): Generator<object> {
  for (const item of items) yield view(item)
}

/** The stations that a query means, without its limit. */
export function* stationsMeant(
  stations: StationStore,
  { after, connected }: Omit<StationQuery, 'limit'>,
): Generator<StationRecord> {
  for (const record of stations.sorted(after)) {
    const isConnected = record.connectedSince !== undefined
    if (connected === undefined || isConnected === connected) yield record
  }
}

/** The transactions that a query means, without its limit. */
export function* transactionsMeant(
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
