import type { DueSource } from './due-pump.ts'
import { RateCurve } from './rate-curve.ts'

/** Where what is due goes. */
export interface DueTarget {
  due(intendedMicros: number, dueMicros: number): void
}

/**
 * Deals what is due at a rate to stations: ordinal k goes to the station whose place in a seeded order
 * is k modulo the number of all stations, so that each has a steady beat of its own. A worker fires
 * only the ordinals of its own stations: who gets which when is the same whatever the number of
 * workers.
 */
export class DueTurns implements DueSource {
  /** This worker's stations in the order of their turns. */
  readonly #places: readonly number[]
  readonly #lanes: readonly DueTarget[]
  readonly #stations: number
  #curve = RateCurve.constant(0)
  #originMicros = 0
  #round = 0
  #at = 0
  nextMicros = Number.POSITIVE_INFINITY

  /**
   * @param places of all stations in the order of turns
   * @param stations that take turns: those of the first places, over all workers
   * @param lanes this worker's, by run-wide index
   */
  constructor(places: readonly number[], stations: number, lanes: ReadonlyMap<number, DueTarget>) {
    const turns = [...lanes].map(([index, lane]) => ({ place: places[index] ?? 0, lane }))
    turns.sort((a, b) => a.place - b.place)
    this.#places = turns.map(({ place }) => place)
    this.#lanes = turns.map(({ lane }) => lane)
    this.#stations = stations
  }

  /** Begins at ordinal 0, whatever came before. */
  begin(curve: RateCurve, originMicros: number): void {
    this.#curve = curve
    this.#originMicros = originMicros
    this.#round = 0
    this.#at = 0
    this.#look()
  }

  fireHead(nowMicros: number): void {
    const intended = this.nextMicros
    const lane = this.#lanes[this.#at]
    this.#at += 1
    if (this.#at >= this.#lanes.length) {
      this.#at = 0
      this.#round += 1
    }
    this.#look()
    lane?.due(intended, nowMicros)
  }

  #look(): void {
    const place = this.#places[this.#at]
    this.nextMicros =
      place === undefined
        ? Number.POSITIVE_INFINITY
        : this.#originMicros + this.#curve.instantOf(this.#round * this.#stations + place)
  }
}
