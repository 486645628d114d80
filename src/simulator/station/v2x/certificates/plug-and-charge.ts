import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'

const enabled = 'ISO15118Ctrlr.PnCEnabled'

/** Plug and charge, which a station without a certificate for vehicles cannot offer [2.0.1 A02.FR.21]. */
class PlugAndCharge {
  readonly #station: Station2x
  #suspended = false

  constructor(station: Station2x) {
    this.#station = station
  }

  /** Until there is a certificate, or the next boot. What the CSMS switched off stays off then. */
  suspend(): void {
    if (!this.#station.model.flag(enabled)) return
    this.#suspended = true
    this.#station.model.set(enabled, 'false')
  }

  resume(): void {
    if (this.#suspended) this.#station.model.set(enabled, 'true')
    this.#suspended = false
  }
}

export const plugAndCharge = new StationPart((station) => new PlugAndCharge(station))
