import type { Barrier } from '../../ocpp/rpc/barrier.ts'
import type { StationRecord } from '../domain/station.ts'
import type { Token } from '../domain/token.ts'
import { type Changes, tokenKey } from './changes.ts'
import { MemoryTransactions } from './memory-transactions.ts'
import { alone, type Numbering } from './numbering.ts'
import type { StationStore, Store, TokenStore } from './store.ts'

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
