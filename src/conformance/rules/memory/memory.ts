import { BoundedMap } from './bounded-map.ts'
import { MessageIds } from './message-ids.ts'
import { SeenPlaces } from './places.ts'
import { SeenTransactions } from './transactions.ts'

/** A charging profile that a station took over this connection. */
export interface SeenProfile {
  readonly id: number
  /** Purpose, stack level and place or transaction: no two may be alike. */
  readonly rank: string
  readonly fromMs: number
  readonly toMs: number
}

/** A report in several parts. */
export interface SeenReport {
  seqNo: number
  finished: boolean
}

const mostProfiles = 32
const mostReports = 8

/** What rules know of one connection. Bounded, and small until there is something to know. */
export class Memory {
  /** Of the peer. */
  readonly ids = new MessageIds()
  /** As the CSMS answered last on this connection. */
  registration: 'Accepted' | 'Pending' | 'Rejected' | undefined
  /** Whether the station may not be served yet: the CSMS said so on this connection. */
  turnedAway = false
  /** Monotonic milliseconds of this side, when a station that was turned away may ask again. */
  mayBootMs = 0
  /** Newest time that the CSMS told, milliseconds. */
  toldMs = Number.NEGATIVE_INFINITY
  /** Version of the local list that the station took last. */
  listVersion: number | undefined
  #places: SeenPlaces | undefined
  #transactions: SeenTransactions | undefined
  /** Actions that the CSMS made the station send. */
  #wanted: Set<string> | undefined
  #profiles: BoundedMap<number, SeenProfile> | undefined
  #reports: BoundedMap<string, SeenReport> | undefined

  want(action: string): void {
    this.#wanted ??= new Set()
    this.#wanted.add(action)
  }

  isWanted(action: string): boolean {
    return this.#wanted?.has(action) ?? false
  }

  get places(): SeenPlaces {
    this.#places ??= new SeenPlaces()
    return this.#places
  }

  get transactions(): SeenTransactions {
    this.#transactions ??= new SeenTransactions()
    return this.#transactions
  }

  get profiles(): BoundedMap<number, SeenProfile> {
    this.#profiles ??= new BoundedMap(mostProfiles)
    return this.#profiles
  }

  /** By kind and request id. */
  get reports(): BoundedMap<string, SeenReport> {
    this.#reports ??= new BoundedMap(mostReports)
    return this.#reports
  }

  /** The station begins anew: what it was doing is not known any more. */
  rebooted(): void {
    this.#transactions?.clear()
    this.#places?.clear()
    this.#reports?.clear()
    this.#wanted?.clear()
  }
}
