import type { Barrier } from '../../ocpp/rpc/barrier.ts'
import type { StationRecord } from '../domain/station.ts'
import type { Token } from '../domain/token.ts'
import type { NewTransaction, TransactionRecord } from '../domain/transaction.ts'

/*
 * Small synchronous interfaces: the working set is always in memory, so that the hot path neither
 * waits nor allocates. Records are handed out live, written in place, and `save` says so.
 */

export interface StationStore {
  readonly count: number
  get(id: string): StationRecord | undefined
  /** What became of a record that was removed is not kept. */
  save(station: StationRecord): void
  /** @returns whether it was known */
  remove(id: string): boolean
  list(): Iterable<StationRecord>
  /** By id, in the order of UTF-16, from the one behind `after`. */
  sorted(after?: string): Iterable<StationRecord>
}

export interface TokenStore {
  readonly count: number
  /** Finds without regard to case. */
  get(idToken: string): Token | undefined
  save(token: Token): void
  /** @returns whether it was known */
  remove(idToken: string): boolean
  list(): Iterable<Token>
  /** By `tokenKey`, in the order of UTF-16, from the one behind the token `after`. */
  sorted(after?: string): Iterable<Token>
}

export interface TransactionStore {
  readonly count: number
  /** A positive number that no transaction of this store ever had [1.6 errata 3.54]. */
  nextTransactionId(): number
  /** Appends a transaction and gives it its ordinal. */
  add(transaction: NewTransaction): TransactionRecord
  save(transaction: TransactionRecord): void
  /** A station's open transactions and its latest ones, oldest first: one live list per station. */
  ofStation(stationId: string): readonly TransactionRecord[]
  /**
   * The latest transaction of this id that is in the list of `ofStation` no more. A copy: whoever
   * changes it must `save` it.
   */
  older(stationId: string, transactionId: number | string): TransactionRecord | undefined
  /** All of a station, oldest first; to be read only. */
  everyOf(stationId: string): readonly TransactionRecord[]
  /** In order of arrival, from the one after the ordinal; to be read only. */
  list(afterOrdinal?: number): Iterable<TransactionRecord>
  /** The highest ordinal given out. */
  readonly lastOrdinal: number
  /** Gives out no ordinal up to this one any more: a list that ended with it is complete. */
  goOnAfter(ordinal: number): void
}

/** Everything the management system remembers. */
export interface Store extends AsyncDisposable {
  readonly kind: 'memory' | 'lowdb'
  readonly stations: StationStore
  readonly tokens: TokenStore
  readonly transactions: TransactionStore
  /** What answers to changes wait for; undefined where nothing is promised of them. */
  readonly barrier: Barrier | undefined
  /** Why nothing can be saved at present; undefined while it can. */
  readonly trouble: string | undefined
  /** Written to a journal since it was opened; 0 where there is none. */
  readonly journalBytes: number
  /** Resolves when everything saved so far would survive the process; rejects where it cannot. */
  flush(): Promise<void>
}
