import type { StationRecord } from '../domain/station.ts'
import type { Token } from '../domain/token.ts'
import type { TransactionRecord } from '../domain/transaction.ts'

/** What changed since the last commit, each record once, and who waits for it. */
export class JournalGroup {
  readonly stations = new Set<StationRecord>()
  /** Before `stations`: one may have come back since. */
  readonly removedStations = new Set<string>()
  readonly tokens = new Map<string, Token | undefined>()
  readonly transactions = new Set<TransactionRecord>()
  #safe: Promise<void> | undefined
  #resolve: () => void = () => undefined
  #reject: (error: Error) => void = () => undefined

  get isEmpty(): boolean {
    const { stations, removedStations, tokens, transactions } = this
    return stations.size + removedStations.size + tokens.size + transactions.size === 0
  }

  /** Made for the first who waits. */
  get safe(): Promise<void> {
    this.#safe ??= new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    return this.#safe
  }

  removeStation(record: StationRecord): void {
    this.stations.delete(record)
    this.removedStations.add(record.id)
  }

  /** Whoever waits goes on. */
  resolve(): void {
    this.#resolve()
  }

  /** Whoever waits is refused; the changes stay and may be committed later. */
  reject(error: Error): void {
    this.#reject(error)
    this.#safe = undefined
  }

  /** Takes over the changes of an older group, which could not be committed. */
  absorb(older: JournalGroup): void {
    for (const station of older.stations) {
      if (!this.removedStations.has(station.id)) this.stations.add(station)
    }
    for (const id of older.removedStations) this.removedStations.add(id)
    for (const [key, token] of older.tokens) {
      if (!this.tokens.has(key)) this.tokens.set(key, token)
    }
    for (const transaction of older.transactions) this.transactions.add(transaction)
  }

  /** One line for each record, as it stands now. */
  encode(lastTransactionId: number): string {
    let text = `{"lastTransactionId":${lastTransactionId}}\n`
    for (const id of this.removedStations) text += `{"removedStation":${JSON.stringify(id)}}\n`
    for (const station of this.stations) text += `{"station":${JSON.stringify(station)}}\n`
    for (const [key, token] of this.tokens) {
      text += token
        ? `{"token":${JSON.stringify(token)}}\n`
        : `{"removedToken":${JSON.stringify(key)}}\n`
    }
    for (const transaction of this.transactions) {
      text += `{"transaction":${JSON.stringify(transaction)}}\n`
    }
    return text
  }
}
