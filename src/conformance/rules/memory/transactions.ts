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
  /** 2.x: by the station's clock, of the newest event. */
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

/** The newest transactions of a connection: all that go on, and a few that ended. */
export class SeenTransactions {
  /** Oldest first. */
  readonly #list: SeenTransaction[] = []

  get(id: number | string): SeenTransaction | undefined {
    if (soughtIn === this && soughtId === id) return sought
    soughtIn = this
    soughtId = id
    sought = this.#find(id)
    return sought
  }

  /** The one that goes on at a connector or EVSE. */
  openAt(place: number): SeenTransaction | undefined {
    return this.#list.find((one) => one.place === place && one.endedMs === undefined)
  }

  /** One with the same id is forgotten. */
  add(transaction: SeenTransaction): void {
    soughtIn = undefined
    const same = this.#list.findIndex(({ id }) => id === transaction.id)
    if (same >= 0) this.#list.splice(same, 1)
    else if (this.#list.length >= roomy) this.#makeRoom()
    this.#list.push(transaction)
  }

  clear(): void {
    soughtIn = undefined
    this.#list.length = 0
  }

  #find(id: number | string): SeenTransaction | undefined {
    for (let at = this.#list.length - 1; at >= 0; at -= 1) {
      const one = this.#list[at]
      if (one?.id === id) return one
    }
    return undefined
  }

  #makeRoom(): void {
    const ended = this.#list.findIndex(({ endedMs }) => endedMs !== undefined)
    if (ended >= 0) this.#list.splice(ended, 1)
    else if (this.#list.length >= most) this.#list.shift()
  }
}
