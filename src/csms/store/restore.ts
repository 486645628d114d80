import { newStation } from '../domain/station.ts'
import type { MemoryStore } from './memory-store.ts'
import { alone, type Numbering } from './numbering.ts'
import type { Snapshot } from './snapshot-file.ts'

/** Ids that a process without journal may have given out after its last snapshot are skipped. */
export const skippedIds = 10_000

/** Fills an empty store. Nothing is connected yet, whatever the snapshot saw. */
export function restore(
  store: MemoryStore,
  { lastTransactionId, durability = 'none', stations, tokens, transactions }: Snapshot,
  { processes }: Numbering = alone,
): void {
  for (const station of stations) {
    store.stations.restore({ ...newStation(station.id), ...station, connectedSince: undefined })
  }
  for (const token of tokens) store.tokens.restore(token)
  for (const transaction of transactions) store.transactions.restore(transaction)
  if (lastTransactionId === 0) return
  // Of several processes each gives out one id in so many.
  const skipped = durability === 'none' ? skippedIds * processes : 0
  store.transactions.resumeAfter(lastTransactionId + skipped)
}

/** What a store holds now, to be written down while it changes. */
export function contentOf(store: MemoryStore): Omit<Snapshot, 'journal' | 'durability'> {
  return {
    format: 1,
    lastTransactionId: store.transactions.lastTransactionId,
    stations: store.stations.list(),
    tokens: store.tokens.list(),
    transactions: firstOf(store.transactions.list(), store.transactions.count),
  }
}

/** What was there when the snapshot began: a list that grows while it is written has an end. */
function* firstOf<Item>(items: Iterable<Item>, count: number): Iterable<Item> {
  let left = count
  for (const item of items) {
    if (left === 0) return
    left -= 1
    yield item
  }
}
