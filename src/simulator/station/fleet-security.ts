import type { KeyPair } from '../../ocpp/dial.ts'
import type { SecurityProfile } from '../../ocpp/security-profile.ts'
import type { StationIdentity } from '../scenario/station-identity.ts'

/** What the stations of a fleet begin with, to be known to their CSMS and to know it. */
export interface FleetSecurity {
  /** The profile that stations use until their CSMS upgrades them [1.6 SWP 2.1]. */
  readonly profile: SecurityProfile
  /** PEM of the authorities that stations trust; undefined = those of the system. */
  readonly ca: string | undefined
  /** Any certificate of a server will do. */
  readonly trustsAnyone: boolean
  /** `clientOf` has a certificate for every station. */
  readonly hasClients: boolean
  /** The CSMS can be reached with this profile. */
  reaches(profile: SecurityProfile): boolean
  /** The client certificate of one station, the same each time; rejects where it cannot be had. */
  clientOf(station: StationIdentity): Promise<KeyPair | undefined>
}
