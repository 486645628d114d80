import type { TrafficPlan } from '../scenario/plan.ts'
import { longestBacklog } from './traffic-lane.ts'

/** Something that was due and could not begin. Instants are real monotonic microseconds. */
export interface Waiting {
  /** The station whose turn it was, by its run-wide index. */
  readonly home: number
  readonly intendedMicros: number
  readonly dueMicros: number
}

/** So many that are gone may stand before those that wait. */
const longestHead = 256

/** Arrivals that wait for a station, the longest first, as many as the backlog policy lets wait. */
export class ArrivalLine {
  readonly #room: number
  #waiting: Waiting[] = []
  #head = 0

  /** @param stations that take from this line: what waits for a few must not grow with the run */
  constructor(policy: TrafficPlan['backlog'], stations: number) {
    const perStation = { queue: longestBacklog, coalesce: 1, skip: 0 }[policy]
    this.#room = perStation * stations
  }

  get length(): number {
    return this.#waiting.length - this.#head
  }

  /** @returns whether there was room */
  add(waiting: Waiting): boolean {
    if (this.length >= this.#room) return false
    this.#waiting.push(waiting)
    return true
  }

  get first(): Waiting | undefined {
    return this.#waiting[this.#head]
  }

  take(): Waiting | undefined {
    const first = this.#waiting[this.#head]
    if (!first) return undefined
    this.#head += 1
    if (this.#head >= longestHead || this.length === 0) {
      this.#waiting = this.#waiting.slice(this.#head)
      this.#head = 0
    }
    return first
  }

  /** All that wait, who then wait no longer. */
  clear(): readonly Waiting[] {
    const rest = this.#waiting.slice(this.#head)
    this.#waiting = []
    this.#head = 0
    return rest
  }
}
