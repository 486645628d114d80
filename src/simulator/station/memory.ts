import {
  AuthorizationCache,
  type CachedAuthorization,
  type CachePolicy,
} from './authorization-cache.ts'
import type { CertificateStore } from './certificate-store.ts'
import type { ChargingProfileStore } from './charging-profile-store.ts'
import type { Reservation } from './reservation.ts'
import type { SecurityLogEntry } from './security-events.ts'
import type { LocalList } from './v16/local-list.ts'

/**
 * What a station keeps over a reboot. Everything is allocated when first needed: most of ten
 * thousand stations never change a setting.
 */
export class StationMemory {
  #values: Map<string, string> | undefined
  #postponed: Map<string, string> | undefined
  #authorizations: AuthorizationCache | undefined
  #inoperative: Set<string> | undefined
  #resting: Set<number> | undefined
  /** Made when first needed; `station.certificates` makes it. */
  certificates: CertificateStore | undefined
  /** The latest security events, oldest first. */
  securityLog: SecurityLogEntry[] | undefined
  /** After an update; undefined: the template's. */
  firmwareVersion: string | undefined
  /** 1.6: connector 0 was not made inoperative; the others have states of their own [1.6 4.9]. */
  controllerOperative = true
  /** New firmware waits for its turn or is being installed: whoever comes now does not charge. */
  maintenance = false
  /** Made by the first charging profile. */
  chargingProfiles: ChargingProfileStore | undefined
  /** 1.6: made by the first SendLocalList. */
  localList: LocalList | undefined
  /** Those that stand, by id; made by the first ReserveNow. */
  reservations: Map<number, Reservation> | undefined

  /** A configuration key or variable that differs from the template's value. */
  value(name: string): string | undefined {
    return this.#values?.get(name)
  }

  setValue(name: string, value: string): void {
    this.#values ??= new Map()
    this.#values.set(name, value)
  }

  /** A value that waits for the next boot. */
  postponed(name: string): string | undefined {
    return this.#postponed?.get(name)
  }

  postpone(name: string, value: string): void {
    this.#postponed ??= new Map()
    this.#postponed.set(name, value)
  }

  /** The station boots: what waited holds now. */
  applyPostponed(): void {
    for (const [name, value] of this.#postponed ?? []) this.setValue(name, value)
    this.#postponed = undefined
  }

  /** What the CSMS last said of a token. */
  cached(idToken: string): CachedAuthorization | undefined {
    return this.#authorizations?.get(idToken)
  }

  /** @param nowMs wire ms; @param policy what goes when there is no room */
  cache(
    idToken: string,
    authorization: CachedAuthorization,
    nowMs: number,
    policy?: CachePolicy,
  ): void {
    this.#authorizations ??= new AuthorizationCache()
    this.#authorizations.set(idToken, authorization, nowMs, policy)
  }

  /** Somebody charges by what is cached of this token. */
  cacheUsed(idToken: string): void {
    this.#authorizations?.used(idToken)
  }

  /** A customer is to be forgotten [2.0.1 N10]. */
  forgetCached(idToken: string): void {
    this.#authorizations?.forget(idToken)
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

  /** 2.x: an EVSE, or the station (0), is about to be reset or is: nobody begins to charge there. */
  rest(evse: number, on: boolean): void {
    this.#resting ??= new Set()
    if (on) this.#resting.add(evse)
    else this.#resting.delete(evse)
  }

  /** A connector and everything above it is operative. */
  usable(evse: number, connector: number): boolean {
    return (
      !this.maintenance &&
      !this.#resting?.has(0) &&
      !this.#resting?.has(evse) &&
      this.operative(0, 0) &&
      this.operative(evse, 0) &&
      this.operative(evse, connector)
    )
  }
}
