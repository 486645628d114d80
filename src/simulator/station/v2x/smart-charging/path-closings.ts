import type { Evse } from '../../evse.ts'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'

/** When the contactors of a station closed: Relative schedules count from there. */
export const pathClosings = new StationPart((station) => new PathClosings(station))

class PathClosings {
  readonly #station: Station2x
  readonly #wireMs = new Map<number, number>()

  constructor(station: Station2x) {
    this.#station = station
  }

  closed({ id }: Evse): void {
    this.#wireMs.set(id, this.#station.services.wireMs())
  }

  /** Wire ms; undefined: it is open. */
  of({ id, energized }: Evse): number | undefined {
    return energized ? this.#wireMs.get(id) : undefined
  }
}
