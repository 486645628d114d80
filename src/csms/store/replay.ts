import type { StationRecord } from '../domain/station.ts'
import type { Token } from '../domain/token.ts'
import type { TransactionRecord } from '../domain/transaction.ts'
import { tokenKey } from './changes.ts'
import type { Snapshot } from './snapshot-file.ts'

/** One line of a journal. Records are whole: the latest of each counts, in whatever order. */
interface Line {
  readonly lastTransactionId?: number
  readonly station?: StationRecord
  readonly removedStation?: string
  readonly token?: Token
  readonly removedToken?: string
  readonly transaction?: TransactionRecord
}

/** A snapshot with what was written down after it. */
export function applied(snapshot: Snapshot | null, payloads: Iterable<string>): Snapshot {
  let lastTransactionId = snapshot?.lastTransactionId ?? 0
  const stations = new Map<string, StationRecord>()
  for (const station of snapshot?.stations ?? []) stations.set(station.id, station)
  const tokens = new Map<string, Token>()
  for (const token of snapshot?.tokens ?? []) tokens.set(tokenKey(token.idToken), token)
  const transactions = new Map<number, TransactionRecord>()
  for (const payload of payloads) {
    for (const text of payload.split('\n')) {
      if (text === '') continue
      const line = JSON.parse(text) as Line
      if (line.transaction) transactions.set(line.transaction.ordinal, line.transaction)
      else if (line.station) stations.set(line.station.id, line.station)
      else if (line.token) tokens.set(tokenKey(line.token.idToken), line.token)
      else if (line.removedStation !== undefined) stations.delete(line.removedStation)
      else if (line.removedToken !== undefined) tokens.delete(line.removedToken)
      else if (line.lastTransactionId !== undefined) lastTransactionId = line.lastTransactionId
    }
  }
  return {
    format: 1,
    ...(snapshot?.journal !== undefined && { journal: snapshot.journal }),
    // A journal knows every id that was given out.
    durability: 'batch',
    lastTransactionId,
    stations: stations.values(),
    tokens: tokens.values(),
    transactions: inOrder(snapshot?.transactions ?? [], transactions),
  }
}

/** @param changed by ordinal */
function inOrder(
  known: Iterable<TransactionRecord>,
  changed: Map<number, TransactionRecord>,
): TransactionRecord[] {
  const all = Array.from(known, (transaction) => {
    const latest = changed.get(transaction.ordinal)
    if (latest) changed.delete(transaction.ordinal)
    return latest ?? transaction
  })
  for (const transaction of changed.values()) all.push(transaction)
  return all.sort((one, other) => one.ordinal - other.ordinal)
}
