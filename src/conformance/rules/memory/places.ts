import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../../ocpp/v16/actions.ts'

type Status16 = RequestOf<Actions16, 'StatusNotification'>['status']

/** A connector in 1.6, an EVSE in 2.x, as this connection has seen it. */
interface SeenPlace {
  readonly id: number
  /** 1.6: as the station said last. */
  status: Status16 | undefined
  /** What the register for energy from the grid showed last; NaN: nothing yet. */
  wh: number
  /** Milliseconds, when it did, by the station's clock. */
  whAtMs: number
}

const most = 64

/** The places of a station, found one after the other: hardly any has more than four. */
export class SeenPlaces {
  /** The one that was sought last. */
  #near: SeenPlace | undefined
  readonly #list: SeenPlace[] = []

  get(id: number): SeenPlace | undefined {
    if (this.#near?.id === id) return this.#near
    for (const place of this.#list) {
      if (place.id === id) {
        this.#near = place
        return place
      }
    }
    return undefined
  }

  /** One that was not known is, from now on; the oldest is forgotten before there are too many. */
  at(id: number): SeenPlace {
    const known = this.get(id)
    if (known) return known
    if (this.#list.length >= most) this.#list.shift()
    const place: SeenPlace = { id, status: undefined, wh: Number.NaN, whAtMs: Number.NaN }
    this.#list.push(place)
    this.#near = place
    return place
  }

  clear(): void {
    this.#near = undefined
    this.#list.length = 0
  }
}
