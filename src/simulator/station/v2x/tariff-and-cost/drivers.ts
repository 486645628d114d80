import type { Evse } from '../../evse.ts'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'
import { tariffs } from './tariffs.ts'

/** Drivers with tariffs of their own, until they are through [2.1 I08]. */
class Drivers {
  readonly #station: Station2x
  readonly #byEvse = new Map<Evse, string>()

  constructor(station: Station2x) {
    this.#station = station
  }

  came(evse: Evse, idToken: string): void {
    this.#byEvse.set(evse, idToken)
  }

  /**
   * His transaction is over, or he came for nothing. Where tokens charge from the cache, their tariffs
   * stay as long [2.1 I08.FR.05, FR.06].
   */
  left(evse: Evse): void {
    const { model } = this.#station
    const cached = model.flag('AuthCacheCtrlr.Enabled') && model.flag('AuthCtrlr.LocalPreAuthorize')
    const idToken = this.#byEvse.get(evse)
    this.#byEvse.delete(evse)
    if (idToken === undefined || cached) return
    const elsewhere = [...this.#byEvse.values()].includes(idToken)
    if (!elsewhere) tariffs.existing(this.#station)?.forget(idToken)
  }
}

/** Those of a station; most never have one. */
export const drivers = new StationPart((station) => new Drivers(station))
