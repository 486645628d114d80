import type { Random } from '../../shared/random.ts'
import type { Due } from './due-heap.ts'
import type { TrafficLane } from './traffic-lane.ts'

/** `every`: one station's own beat; ordinal k is due at origin + k x period. */
export class PeriodicArrivals implements Due {
  readonly #lane: TrafficLane
  readonly #originMicros: number
  readonly #periodMicros: number
  #ordinal = 0

  constructor(lane: TrafficLane, originMicros: number, periodMicros: number) {
    this.#lane = lane
    this.#originMicros = originMicros
    this.#periodMicros = periodMicros
  }

  get nextMicros(): number {
    return this.#originMicros + this.#ordinal * this.#periodMicros
  }

  fire(nowMicros: number): void {
    const intended = this.nextMicros
    this.#ordinal += 1
    this.#lane.due(intended, nowMicros)
  }
}

/** A station of a fleet that this worker plays, by its place in the fleet's turn. */
export interface Turn {
  readonly place: number
  readonly lane: TrafficLane
}

/**
 * `rate`: CALLs of a whole fleet; ordinal k is due at origin + k / rate and belongs to the station
 * whose turn it is. A worker fires only the ordinals of its own stations, so the instants are the
 * same whatever the number of workers.
 */
export class SharedArrivals implements Due {
  readonly #turns: readonly Turn[]
  readonly #fleetSize: number
  readonly #originMicros: number
  readonly #gapMicros: number
  #round = 0
  #at = 0

  /** @param turns in the order of their places; not empty */
  constructor(
    turns: readonly Turn[],
    fleetSize: number,
    originMicros: number,
    ratePerSecond: number,
  ) {
    this.#turns = turns
    this.#fleetSize = fleetSize
    this.#originMicros = originMicros
    this.#gapMicros = 1e6 / ratePerSecond
  }

  get nextMicros(): number {
    const ordinal = this.#round * this.#fleetSize + (this.#turns[this.#at]?.place ?? 0)
    return this.#originMicros + ordinal * this.#gapMicros
  }

  fire(nowMicros: number): void {
    const intended = this.nextMicros
    const lane = this.#turns[this.#at]?.lane
    this.#at += 1
    if (this.#at >= this.#turns.length) {
      this.#at = 0
      this.#round += 1
    }
    lane?.due(intended, nowMicros)
  }
}

/** The order in which the stations of a fleet take their turns: station i has place `places[i]`. */
export function shuffledPlaces(count: number, random: Random): readonly number[] {
  const places = Array.from({ length: count }, (_, i) => i)
  for (let i = count - 1; i > 0; i -= 1) {
    const other = random.int(0, i)
    const place = places[i] ?? 0
    places[i] = places[other] ?? 0
    places[other] = place
  }
  return places
}
