import type { Station2x } from './station-2x.ts'

/**
 * State of a station that one functional block owns. It is made when first asked for: most of fifty
 * thousand stations never need it.
 */
export class StationPart<Part extends object> {
  readonly #byStation = new WeakMap<Station2x, Part>()
  readonly #make: (station: Station2x) => Part

  constructor(make: (station: Station2x) => Part) {
    this.#make = make
  }

  of(station: Station2x): Part {
    const known = this.#byStation.get(station)
    if (known) return known
    const made = this.#make(station)
    this.#byStation.set(station, made)
    return made
  }

  /** Undefined where nobody asked for it yet. */
  existing(station: Station2x): Part | undefined {
    return this.#byStation.get(station)
  }
}
