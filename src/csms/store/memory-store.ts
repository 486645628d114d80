import type { Barrier } from '../../ocpp/rpc/barrier.ts'
import type { StationRecord } from '../domain/station.ts'
import type { Token } from '../domain/token.ts'
import { type Changes, tokenKey } from './changes.ts'
import { MemoryTransactions } from './memory-transactions.ts'
import { alone, type Numbering } from './numbering.ts'
import { SortedKeys } from './sorted-keys.ts'
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

  get journalBytes(): number {
    return 0
  }

  async flush(): Promise<void> {}

  async [Symbol.asyncDispose](): Promise<void> {}
}

class MemoryStations implements StationStore {
  readonly #changes: Changes | undefined
  readonly #byId = new Map<string, StationRecord>()
  readonly #ids = new SortedKeys(this.#byId)
  /** Whoever still holds one of these cannot bring it back. Undefined before the first: saves are frequent. */
  #removed: WeakSet<StationRecord> | undefined

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
    if (this.#removed?.has(station)) return
    this.#put(station)
    this.#changes?.station(station)
  }

  remove(id: string): boolean {
    const station = this.#byId.get(id)
    if (!station) return false
    this.#removed ??= new WeakSet()
    this.#removed.add(station)
    this.#byId.delete(id)
    this.#ids.changed()
    this.#changes?.stationRemoved(station)
    return true
  }

  /** Puts back what an earlier process saved. */
  restore(station: StationRecord): void {
    this.#put(station)
  }

  list(): Iterable<StationRecord> {
    return this.#byId.values()
  }

  *sorted(after = ''): Generator<StationRecord> {
    for (const id of this.#ids.after(after)) {
      const station = this.#byId.get(id)
      if (station) yield station
    }
  }

  #put(station: StationRecord): void {
    const before = this.#byId.size
    this.#byId.set(station.id, station)
    if (this.#byId.size !== before) this.#ids.changed()
  }
}

class MemoryTokens implements TokenStore {
  readonly #changes: Changes | undefined
  readonly #byId = new Map<string, Token>()
  readonly #keys = new SortedKeys(this.#byId)

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
    this.#put(key, token)
    this.#changes?.token(key, token)
  }

  remove(idToken: string): boolean {
    const key = tokenKey(idToken)
    if (!this.#byId.delete(key)) return false
    this.#keys.changed()
    this.#changes?.token(key, undefined)
    return true
  }

  /** Puts back what an earlier process saved. */
  restore(token: Token): void {
    this.#put(tokenKey(token.idToken), token)
  }

  list(): Iterable<Token> {
    return this.#byId.values()
  }

  *sorted(after = ''): Generator<Token> {
    for (const key of this.#keys.after(tokenKey(after))) {
      const token = this.#byId.get(key)
      if (token) yield token
    }
  }

  #put(key: string, token: Token): void {
    const before = this.#byId.size
    this.#byId.set(key, token)
    if (this.#byId.size !== before) this.#keys.changed()
  }
}
