import type { SecurityProfile } from '../../ocpp/security-profile.ts'
import type { StationRecord } from './station.ts'

/** What the next connection of a station is judged by, where it differs from the settings. */
export interface StationAccess {
  /** `hashPassword` of the AuthorizationKey that the station accepted last. */
  readonly passwordHash?: string | undefined
  /** Of one that it was sent and has not answered: it may have taken it. */
  readonly nextPasswordHash?: string | undefined
  /** It was upgraded to this profile and connected with it: never lower again [1.6 SWP A05]. */
  readonly lowestProfile?: SecurityProfile | undefined
}

/** What is known of a station's security. Hashes leave the store for admission only. */
export interface SecurityRecord extends StationAccess {
  /** Of its last connection. */
  profile?: SecurityProfile
  /** Of its last connection, where it was encrypted: `TLSv1.3`. */
  tlsVersion?: string | undefined
  cipher?: string | undefined
  /** Serial number of the client certificate of its last connection. */
  certificateSerial?: string | undefined
  /** RFC 3339, when the station accepted its password. */
  passwordChangedAt?: string
  /** It accepted to be upgraded to this profile and has not connected with it yet. */
  upgradeTo?: SecurityProfile | undefined
  passwordHash?: string | undefined
  nextPasswordHash?: string | undefined
  lowestProfile?: SecurityProfile | undefined
}

/** What the operator may see of it. */
export type SecurityView = Omit<SecurityRecord, 'passwordHash' | 'nextPasswordHash'>

export function securityView({ security }: StationRecord): SecurityView {
  const { passwordHash: _hash, nextPasswordHash: _next, ...shown } = security ?? {}
  return shown
}

/** Undefined where the settings alone say who may come in. */
export function accessOf({ security }: StationRecord): StationAccess | undefined {
  const { passwordHash, nextPasswordHash, lowestProfile } = security ?? {}
  if ((passwordHash ?? nextPasswordHash ?? lowestProfile) === undefined) return undefined
  return { passwordHash, nextPasswordHash, lowestProfile }
}

/** Hears of every change of what a station's next connection is judged by. */
export type AccessChanged = (stationId: string, access: StationAccess) => void

/** What a connection established about the security of its station. */
export interface EstablishedSecurity {
  readonly profile: SecurityProfile
  readonly tlsVersion?: string | undefined
  readonly cipher?: string | undefined
  readonly certificateSerial?: string | undefined
}

/** A station connected: an upgrade that it now uses can no more be taken back. */
export function connectedWith(record: StationRecord, established: EstablishedSecurity): boolean {
  record.security ??= {}
  const { security } = record
  const { profile } = established
  security.profile = profile
  security.tlsVersion = established.tlsVersion
  security.cipher = established.cipher
  security.certificateSerial = established.certificateSerial
  const { upgradeTo } = security
  if (upgradeTo === undefined || profile < upgradeTo) return false
  security.lowestProfile = upgradeTo
  security.upgradeTo = undefined
  return true
}
