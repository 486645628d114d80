/** A transaction as this connection has seen it. */
export interface SeenTransaction {
  readonly id: number | string
  /** Connector in 1.6, EVSE in 2.x; 0: not told yet. */
  place: number
  /**
   * With place and time, what tells a repetition from another that begins: what the meter showed in 1.6,
   * the seqNo of the event in 2.x; -1: it was not seen to begin.
   */
  readonly beginning: number
  /** Milliseconds, by the station's clock. */
  readonly startedMs: number
  /** Milliseconds, by the station's clock; undefined: it goes on. */
  endedMs: number | undefined
  /** 2.x: of the newest event. */
  seqNo: number
  /** By the station's clock, of the newest event, in 1.6 of its newest meter values. */
  eventMs: number
}

/** Those that go on. */
const most = 64
/** From here on an ended one makes room for each that begins. */
const roomy = 4

/** What was sought last: the rules of one message seek the same transaction. */
let soughtIn: SeenTransactions | undefined
let soughtId: number | string = 0
let sought: SeenTransaction | undefined

function keep(
  where: SeenTransactions,
  id: number | string,
  found: SeenTransaction | undefined,
): void {
  soughtIn = where
  soughtId = id
  sought = found
}

/** The newest transactions of a connection: all that go on, and a few that ended. */
export class SeenTransactions {
  /** Nearly always the one that is sought: no list is read, which would be far away in memory. */
  #newest: SeenTransaction | undefined
  /** All but the newest; oldest first. */
  #older: SeenTransaction[] | undefined

  get(id: number | string): SeenTransaction | undefined {
    if (soughtIn === this && soughtId === id) return sought
    const found = this.#newest?.id === id ? this.#newest : this.#older?.find((one) => one.id === id)
    keep(this, id, found)
    return found
  }

  /** The one that goes on at a connector or EVSE. */
  openAt(place: number): SeenTransaction | undefined {
    const isOpen = (one: SeenTransaction) => one.place === place && one.endedMs === undefined
    return this.#newest && isOpen(this.#newest) ? this.#newest : this.#older?.find(isOpen)
  }

  /** One with the same id is forgotten. */
  add(transaction: SeenTransaction): void {
    soughtIn = undefined
    if (this.#newest && this.#newest.id !== transaction.id) {
      this.#older ??= []
      this.#older.push(this.#newest)
      this.#makeRoom(this.#older, transaction.id)
    }
    this.#newest = transaction
  }

  clear(): void {
    soughtIn = undefined
    this.#newest = undefined
    this.#older = undefined
  }

  #makeRoom(older: SeenTransaction[], id: number | string): void {
    const same = older.findIndex((one) => one.id === id)
    if (same >= 0) {
      older.splice(same, 1)
      return
    }
    if (older.length < roomy) return
    const ended = older.findIndex(({ endedMs }) => endedMs !== undefined)
    if (ended >= 0) older.splice(ended, 1)
    else if (older.length >= most) older.shift()
  }
}
