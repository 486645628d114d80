import { BoundedMap } from './bounded-map.ts'
import { MessageIds } from './message-ids.ts'
import { SeenPlaces } from './places.ts'
import { SeenTransactions } from './transactions.ts'

/** A charging profile that a station took over this connection. */
interface SeenProfile {
  readonly id: number
  /** Purpose, stack level and place or transaction: no two may be alike. */
  readonly rank: string
  readonly fromMs: number
  readonly toMs: number
}

/** A report in several parts. */
interface SeenReport {
  seqNo: number
  finished: boolean
  /** The station answered that there will be none. */
  refused: boolean
}

/** A periodic event stream of 2.1. */
interface SeenStream {
  /** Undefined: the CSMS has not answered yet. */
  open: boolean | undefined
  /** How many values a message may have at most; 0: any number. */
  mostValues: number
}

/** How far a station says it has come with what it was told to do. */
interface SeenProgress {
  readonly requestId: number | undefined
  readonly status: string
}

const mostProfiles = 32
const mostReports = 8
const mostStreams = 16
const mostLimits = 16

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
  #streams: BoundedMap<number, SeenStream> | undefined
  #limits: BoundedMap<string, number> | undefined
  /** By action: until when the station has what it promised to send; monotonic milliseconds. */
  #owed: Map<string, number> | undefined
  /** By action. */
  #progress: Map<string, SeenProgress> | undefined
  /** What the seqNo of the next NotifyEvent has to be; undefined: not known. */
  eventSeqNo: number | undefined

  want(action: string): void {
    this.#wanted ??= new Set()
    this.#wanted.add(action)
  }

  /** A custom trigger may mean any of them [2.1 F06.FR.18]. */
  isWanted(action: string): boolean {
    const wanted = this.#wanted
    return wanted !== undefined && (wanted.has(action) || wanted.has('CustomTrigger'))
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

  get streams(): BoundedMap<number, SeenStream> {
    this.#streams ??= new BoundedMap(mostStreams)
    return this.#streams
  }

  /** What the station said that it can take, by the name of a configuration key or variable. */
  get limits(): BoundedMap<string, number> {
    this.#limits ??= new BoundedMap(mostLimits)
    return this.#limits
  }

  /** Whether the station promised to send something that has not come yet. */
  get owes(): boolean {
    return this.#owed !== undefined && this.#owed.size > 0
  }

  /** The station promised to send this; once is enough for several promises. */
  promised(action: string, untilMs: number): void {
    this.#owed ??= new Map()
    this.#owed.set(action, untilMs)
  }

  kept(action: string): void {
    this.#owed?.delete(action)
  }

  /** A promise whose time is over; it is told once. */
  takeBroken(nowMs: number): string | undefined {
    for (const [action, untilMs] of this.#owed ?? []) {
      if (nowMs <= untilMs) continue
      this.#owed?.delete(action)
      return action
    }
    return undefined
  }

  progressOf(action: string): SeenProgress | undefined {
    return this.#progress?.get(action)
  }

  /** Undefined: it begins anew. */
  progressed(action: string, progress: SeenProgress | undefined): void {
    this.#progress ??= new Map()
    if (progress) this.#progress.set(action, progress)
    else this.#progress.delete(action)
  }

  /** The station begins anew: what it was doing is not known any more. */
  rebooted(): void {
    this.#transactions?.clear()
    this.#places?.clear()
    this.#reports?.clear()
    this.#wanted?.clear()
    this.#owed?.clear()
    this.#progress?.clear()
    this.eventSeqNo = undefined
  }
}
