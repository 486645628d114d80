import type { StationRecord } from '../domain/station.ts'
import type { Token } from '../domain/token.ts'
import {
  type NewTransaction,
  newTransaction,
  type TransactionRecord,
} from '../domain/transaction.ts'
import type { StationStore, Store, TokenStore, TransactionStore } from './store.ts'

/** 1.6 transaction ids are 32-bit signed on small stations. */
const highestTransactionId = 2 ** 31 - 1

/** Remembers as long as the process lives. `changed` is called after every write. */
export class MemoryStore implements Store {
  readonly kind: 'memory' | 'lowdb' = 'memory'
  readonly stations: MemoryStations
  readonly tokens: MemoryTokens
  readonly transactions: MemoryTransactions

  constructor(changed: () => void = () => {}) {
    this.stations = new MemoryStations(changed)
    this.tokens = new MemoryTokens(changed)
    this.transactions = new MemoryTransactions(changed)
  }

  async flush(): Promise<void> {}

  async [Symbol.asyncDispose](): Promise<void> {}
}

class MemoryStations implements StationStore {
  readonly #changed: () => void
  readonly #byId = new Map<string, StationRecord>()

  constructor(changed: () => void) {
    this.#changed = changed
  }

  get count(): number {
    return this.#byId.size
  }

  get(id: string): StationRecord | undefined {
    return this.#byId.get(id)
  }

  save(station: StationRecord): void {
    this.#byId.set(station.id, station)
    this.#changed()
  }

  list(): Iterable<StationRecord> {
    return this.#byId.values()
  }
}

class MemoryTokens implements TokenStore {
  readonly #changed: () => void
  readonly #byId = new Map<string, Token>()

  constructor(changed: () => void) {
    this.#changed = changed
  }

  get count(): number {
    return this.#byId.size
  }

  get(idToken: string): Token | undefined {
    return this.#byId.get(idToken.toLowerCase())
  }

  save(token: Token): void {
    this.#byId.set(token.idToken.toLowerCase(), token)
    this.#changed()
  }

  list(): Iterable<Token> {
    return this.#byId.values()
  }
}

class MemoryTransactions implements TransactionStore {
  readonly #changed: () => void
  /** Invariant: `#all[n].ordinal === n + 1`. */
  readonly #all: TransactionRecord[] = []
  readonly #byStation = new Map<string, TransactionRecord[]>()
  #lastId = 0

  constructor(changed: () => void) {
    this.#changed = changed
  }

  get count(): number {
    return this.#all.length
  }

  /** The highest id given out. */
  get lastTransactionId(): number {
    return this.#lastId
  }

  nextTransactionId(): number {
    this.#lastId = this.#lastId < highestTransactionId ? this.#lastId + 1 : 1
    return this.#lastId
  }

  add(known: NewTransaction): TransactionRecord {
    const transaction = newTransaction(this.#all.length + 1, known)
    this.#all.push(transaction)
    this.#of(known.stationId).push(transaction)
    this.#changed()
    return transaction
  }

  save(_transaction: TransactionRecord): void {
    this.#changed()
  }

  ofStation(stationId: string): readonly TransactionRecord[] {
    return this.#of(stationId)
  }

  list(afterOrdinal = 0): Iterable<TransactionRecord> {
    return afterOrdinal === 0 ? this.#all : this.#from(afterOrdinal)
  }

  /** Goes on after an id that an earlier process may have given out. */
  resumeAfter(transactionId: number): void {
    this.#lastId = transactionId
  }

  *#from(afterOrdinal: number): Iterable<TransactionRecord> {
    for (let at = afterOrdinal; at < this.#all.length; at += 1) {
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
