/**
 * What a station keeps over a reboot. Everything is allocated when first needed: most of ten
 * thousand stations never change a setting.
 */
export class StationMemory {
  #values: Map<string, string> | undefined
  #authorizations: Map<string, CachedAuthorization> | undefined
  #inoperative: Set<string> | undefined

  /** A configuration key or variable that differs from the template's value. */
  value(name: string): string | undefined {
    return this.#values?.get(name)
  }

  setValue(name: string, value: string): void {
    this.#values ??= new Map()
    this.#values.set(name, value)
  }

  /** What the CSMS last said of a token. */
  cached(idToken: string): CachedAuthorization | undefined {
    return this.#authorizations?.get(idToken)
  }

  cache(idToken: string, authorization: CachedAuthorization): void {
    this.#authorizations ??= new Map()
    this.#authorizations.delete(idToken)
    this.#authorizations.set(idToken, authorization)
    if (this.#authorizations.size <= longestCache) return
    for (const oldest of this.#authorizations.keys()) {
      this.#authorizations.delete(oldest)
      return
    }
  }

  clearCache(): void {
    this.#authorizations = undefined
  }

  /** Availability as the CSMS set it: the station (0), an EVSE, or one connector of it. */
  setOperative(evse: number, connector: number, operative: boolean): void {
    const key = `${evse}.${connector}`
    if (operative) {
      this.#inoperative?.delete(key)
      return
    }
    this.#inoperative ??= new Set()
    this.#inoperative.add(key)
  }

  /** This very thing was not made inoperative; 0 = the whole station, the whole EVSE. */
  operative(evse: number, connector: number): boolean {
    return !this.#inoperative?.has(`${evse}.${connector}`)
  }

  /** A connector and everything above it is operative. */
  usable(evse: number, connector: number): boolean {
    return this.operative(0, 0) && this.operative(evse, 0) && this.operative(evse, connector)
  }
}

/** How many tokens the authorization cache of a station holds; the oldest goes first. */
const longestCache = 100

export interface CachedAuthorization {
  /** Status as the version spells it. */
  readonly status: string
  /** Wire ms after which it no longer counts. */
  readonly expiresMs: number | undefined
}
