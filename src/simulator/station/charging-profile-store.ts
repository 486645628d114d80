import type { ChargingProfile } from '../../ocpp/smart-charging/charging-profile.ts'
import {
  type ClearCriteria,
  clears,
  type InstalledProfile,
  replaces,
} from '../../ocpp/smart-charging/installed-profiles.ts'
import type { ChargingProfile2x } from '../../ocpp/smart-charging/profile2x.ts'

/** A charging profile as a station keeps it. */
export interface StoredProfile extends InstalledProfile<ChargingProfile> {
  /** TxProfile: the transaction it is for, which it does not outlive. */
  readonly session?: object | undefined
  /** 2.x: as it stood on the wire, for reports. */
  readonly wire?: ChargingProfile2x
  /** 2.x: who set it; ChargingLimitSourceEnumStringType. */
  readonly source?: string
}

/** The charging profiles of one station; they survive its reboots [1.6 errata 3.37]. */
export class ChargingProfileStore {
  readonly #replaces: typeof replaces
  #profiles: readonly StoredProfile[] = []

  /** @param takesThePlaceOf which of the profiles that are there a new one replaces */
  constructor(takesThePlaceOf: typeof replaces = replaces) {
    this.#replaces = takesThePlaceOf
  }

  get all(): readonly StoredProfile[] {
    return this.#profiles
  }

  /** How many would be left if this one came. */
  countWith(fresh: StoredProfile): number {
    return this.#without(fresh).length + 1
  }

  install(fresh: StoredProfile): void {
    this.#profiles = [...this.#without(fresh), fresh]
  }

  /** Each is read anew, in its place. */
  reread(read: (known: StoredProfile) => StoredProfile): void {
    this.#profiles = this.#profiles.map(read)
  }

  /** @returns whether there was any [1.6 5.5] */
  clear(criteria: ClearCriteria): boolean {
    const before = this.#profiles.length
    this.#profiles = this.#profiles.filter((known) => !clears(criteria, known))
    return this.#profiles.length < before
  }

  /** @returns whether there was any */
  remove(unwanted: (known: StoredProfile) => boolean): boolean {
    const before = this.#profiles.length
    if (this.#profiles.some(unwanted)) {
      this.#profiles = this.#profiles.filter((known) => !unwanted(known))
    }
    return this.#profiles.length < before
  }

  /** Forgets the TxProfiles of transactions that are over [1.6 3.13.1]. */
  keepOnly(goesOn: (session: object) => boolean): void {
    const over = ({ session }: StoredProfile) => session !== undefined && !goesOn(session)
    if (this.#profiles.some(over)) this.#profiles = this.#profiles.filter((known) => !over(known))
  }

  #without(fresh: StoredProfile): readonly StoredProfile[] {
    return this.#profiles.filter((known) => !this.#replaces(fresh, known))
  }
}
