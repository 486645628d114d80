import type { StationRecord } from '../domain/station.ts'
import type { Token } from '../domain/token.ts'
import {
  type NewTransaction,
  newTransaction,
  type TransactionRecord,
} from '../domain/transaction.ts'
import { alone, type Numbering, nextId, nextOrdinal } from './numbering.ts'
import type { StationStore, Store, TokenStore, TransactionStore } from './store.ts'

/** Remembers as long as the process lives. `changed` is called after every write. */
export class MemoryStore implements Store {
  readonly kind: 'memory' | 'lowdb' = 'memory'
  readonly stations: MemoryStations
  readonly tokens: MemoryTokens
  readonly transactions: MemoryTransactions

  constructor(changed: () => void = () => {}, numbering: Numbering = alone) {
    this.stations = new MemoryStations(changed)
    this.tokens = new MemoryTokens(changed)
    this.transactions = new MemoryTransactions(changed, numbering)
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
  readonly #numbering: Numbering
  /** Invariant: ordinals ascend. */
  readonly #all: TransactionRecord[] = []
  readonly #byStation = new Map<string, TransactionRecord[]>()
  #lastId = 0
  #lastOrdinal = 0

  constructor(changed: () => void, numbering: Numbering) {
    this.#changed = changed
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
    return this.#append(newTransaction(this.#lastOrdinal, known))
  }

  save(_transaction: TransactionRecord): void {
    this.#changed()
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

  #append(transaction: TransactionRecord): TransactionRecord {
    this.#all.push(transaction)
    this.#of(transaction.stationId).push(transaction)
    this.#changed()
    return transaction
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
