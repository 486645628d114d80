import type { Barrier } from '../../ocpp/rpc/barrier.ts'
import type { StationRecord } from '../domain/station.ts'
import type { Token } from '../domain/token.ts'
import {
  type NewTransaction,
  newTransaction,
  type TransactionRecord,
} from '../domain/transaction.ts'
import { type Changes, tokenKey } from './changes.ts'
import { alone, type Numbering, nextId, nextOrdinal } from './numbering.ts'
import type { StationStore, Store, TokenStore, TransactionStore } from './store.ts'

export interface MemoryStoreOptions {
  /** Hears of every change. */
  readonly changes?: Changes | undefined
  /** Default: this process is the only one. */
  readonly numbering?: Numbering | undefined
}

/** Remembers as long as the process lives. */
export class MemoryStore implements Store {
  readonly kind: 'memory' | 'lowdb' = 'memory'
  readonly stations: MemoryStations
  readonly tokens: MemoryTokens
  readonly transactions: MemoryTransactions

  constructor({ changes, numbering = alone }: MemoryStoreOptions = {}) {
    this.stations = new MemoryStations(changes)
    this.tokens = new MemoryTokens(changes)
    this.transactions = new MemoryTransactions(changes, numbering)
  }

  get barrier(): Barrier | undefined {
    return undefined
  }

  get trouble(): string | undefined {
    return undefined
  }

  async flush(): Promise<void> {}

  async [Symbol.asyncDispose](): Promise<void> {}
}

class MemoryStations implements StationStore {
  readonly #changes: Changes | undefined
  readonly #byId = new Map<string, StationRecord>()

  constructor(changes: Changes | undefined) {
    this.#changes = changes
  }

  get count(): number {
    return this.#byId.size
  }

  get(id: string): StationRecord | undefined {
    return this.#byId.get(id)
  }

  save(station: StationRecord): void {
    this.#byId.set(station.id, station)
    this.#changes?.station(station)
  }

  /** Puts back what an earlier process saved. */
  restore(station: StationRecord): void {
    this.#byId.set(station.id, station)
  }

  list(): Iterable<StationRecord> {
    return this.#byId.values()
  }
}

class MemoryTokens implements TokenStore {
  readonly #changes: Changes | undefined
  readonly #byId = new Map<string, Token>()

  constructor(changes: Changes | undefined) {
    this.#changes = changes
  }

  get count(): number {
    return this.#byId.size
  }

  get(idToken: string): Token | undefined {
    return this.#byId.get(tokenKey(idToken))
  }

  save(token: Token): void {
    const key = tokenKey(token.idToken)
    this.#byId.set(key, token)
    this.#changes?.token(key, token)
  }

  remove(idToken: string): boolean {
    const key = tokenKey(idToken)
    if (!this.#byId.delete(key)) return false
    this.#changes?.token(key, undefined)
    return true
  }

  /** Puts back what an earlier process saved. */
  restore(token: Token): void {
    this.#byId.set(tokenKey(token.idToken), token)
  }

  list(): Iterable<Token> {
    return this.#byId.values()
  }
}

class MemoryTransactions implements TransactionStore {
  readonly #changes: Changes | undefined
  readonly #numbering: Numbering
  /** Invariant: ordinals ascend. */
  readonly #all: TransactionRecord[] = []
  readonly #byStation = new Map<string, TransactionRecord[]>()
  #lastId = 0
  #lastOrdinal = 0

  constructor(changes: Changes | undefined, numbering: Numbering) {
    this.#changes = changes
    this.#numbering = numbering
  }

  get count(): number {
    return this.#all.length
  }

  /** The highest id given out. */
  get lastTransactionId(): number {
    return this.#lastId
  }

  get lastOrdinal(): number {
    return this.#lastOrdinal
  }

  nextTransactionId(): number {
    this.#lastId = nextId(this.#lastId, this.#numbering)
    return this.#lastId
  }

  add(known: NewTransaction): TransactionRecord {
    this.#lastOrdinal = nextOrdinal(this.#lastOrdinal, this.#numbering)
    const transaction = newTransaction(this.#lastOrdinal, known)
    this.#append(transaction)
    this.#changes?.transaction(transaction)
    return transaction
  }

  save(transaction: TransactionRecord): void {
    this.#changes?.transaction(transaction)
  }

  ofStation(stationId: string): readonly TransactionRecord[] {
    return this.#of(stationId)
  }

  list(afterOrdinal = 0): Iterable<TransactionRecord> {
    return afterOrdinal === 0 ? this.#all : this.#from(this.#placeAfter(afterOrdinal))
  }

  goOnAfter(ordinal: number): void {
    this.#lastOrdinal = Math.max(this.#lastOrdinal, ordinal)
  }

  /** Puts back what an earlier process gave an ordinal to; in the order of these. */
  restore(transaction: TransactionRecord): void {
    const { ordinal } = transaction
    this.#lastOrdinal = Math.max(this.#lastOrdinal + 1, Number.isInteger(ordinal) ? ordinal : 0)
    this.#append(newTransaction(this.#lastOrdinal, transaction))
  }

  /** Goes on after an id that an earlier process may have given out. */
  resumeAfter(transactionId: number): void {
    this.#lastId = transactionId
  }

  #append(transaction: TransactionRecord): void {
    this.#all.push(transaction)
    this.#of(transaction.stationId).push(transaction)
  }

  /** Index of the first transaction behind an ordinal. */
  #placeAfter(ordinal: number): number {
    let low = 0
    let high = this.#all.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#all[middle]?.ordinal ?? 0) <= ordinal) low = middle + 1
      else high = middle
    }
    return low
  }

  *#from(place: number): Iterable<TransactionRecord> {
    for (let at = place; at < this.#all.length; at += 1) {
      const transaction = this.#all[at]
      if (transaction) yield transaction
    }
  }

  #of(stationId: string): TransactionRecord[] {
    const known = this.#byStation.get(stationId)
    if (known) return known
    const fresh: TransactionRecord[] = []
    this.#byStation.set(stationId, fresh)
    return fresh
  }
}
