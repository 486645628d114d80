import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import { BoundedMap } from './bounded-map.ts'

type Status16 = RequestOf<Actions16, 'StatusNotification'>['status']

/** A transaction as this connection has seen it. */
export interface SeenTransaction {
  readonly id: number | string
  /** Connector in 1.6, EVSE in 2.x; 0: not told yet. */
  place: number
  /** What began it, to tell a repetition from another that begins. */
  readonly beginning: string
  /** Milliseconds, by the station's clock. */
  readonly startedMs: number
  /** Milliseconds, by the station's clock; undefined: it goes on. */
  endedMs: number | undefined
  /** 2.x: of the newest event. */
  seqNo: number
  /** 2.x: by the station's clock, of the newest event. */
  eventMs: number
}

/** What a meter of a connector or EVSE showed last. */
export interface Reading {
  readonly wh: number
  readonly atMs: number
}

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

const mostTransactions = 64
const mostPlaces = 64
const mostProfiles = 32
const mostReports = 8
const mostIds = 4

/** What rules know of one connection. Bounded, and small until there is something to know. */
export class Memory {
  /** As the CSMS answered last on this connection. */
  registration: 'Accepted' | 'Pending' | 'Rejected' | undefined
  /** Monotonic milliseconds of this side, when a station that was turned away may ask again. */
  mayBootMs = 0
  /** Newest time that the CSMS told, milliseconds. */
  toldMs = Number.NEGATIVE_INFINITY
  /** Version of the local list that the station took last. */
  listVersion: number | undefined
  /** Actions that the CSMS made the station send. */
  #wanted: Set<string> | undefined
  #transactions: BoundedMap<number | string, SeenTransaction> | undefined
  #statuses: BoundedMap<number, Status16> | undefined
  #readings: BoundedMap<number, Reading> | undefined
  #profiles: BoundedMap<number, SeenProfile> | undefined
  #reports: BoundedMap<string, SeenReport> | undefined
  /** Message ids of the newest CALLs of the peer, and what each was used for. */
  readonly #ids: string[] = []
  readonly #usedFor: string[] = []
  #nextId = 0

  want(action: string): void {
    this.#wanted ??= new Set()
    this.#wanted.add(action)
  }

  isWanted(action: string): boolean {
    return this.#wanted?.has(action) ?? false
  }

  get transactions(): BoundedMap<number | string, SeenTransaction> {
    this.#transactions ??= new BoundedMap(mostTransactions)
    return this.#transactions
  }

  /** The transaction that goes on at a connector or EVSE. */
  openAt(place: number): SeenTransaction | undefined {
    if (!this.#transactions || place === 0) return undefined
    for (const one of this.#transactions.values()) {
      if (one.place === place && one.endedMs === undefined) return one
    }
    return undefined
  }

  /** 1.6: by connector. */
  get statuses(): BoundedMap<number, Status16> {
    this.#statuses ??= new BoundedMap(mostPlaces)
    return this.#statuses
  }

  /** Of the register for energy that was taken from the grid, by connector or EVSE. */
  get readings(): BoundedMap<number, Reading> {
    this.#readings ??= new BoundedMap(mostPlaces)
    return this.#readings
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

  /** What a message id was used for, among the newest; undefined: not seen. */
  actionOf(id: string): string | undefined {
    const at = this.#ids.indexOf(id)
    return at < 0 ? undefined : this.#usedFor[at]
  }

  used(id: string, action: string): void {
    this.#ids[this.#nextId] = id
    this.#usedFor[this.#nextId] = action
    this.#nextId = (this.#nextId + 1) % mostIds
  }

  /** The station begins anew: what it was doing is not known any more. */
  rebooted(): void {
    this.#transactions?.clear()
    this.#statuses?.clear()
    this.#readings?.clear()
    this.#reports?.clear()
    this.#wanted?.clear()
  }
}
