import type { SecurityProfile } from '../../ocpp/security-profile.ts'
import type { StationRecord } from './station.ts'

/** What the operator's API says of a station; it takes the place of the settings. */
export interface StationOrders {
  /** Its serial number, which its client certificate may carry in place of the identity. */
  readonly serial?: string | undefined
  /** The lowest security profile that it may use. */
  readonly securityProfile?: SecurityProfile | undefined
}

/** What the next connection of a station is judged by, where it differs from the settings. */
export interface StationAccess {
  /** `hashPassword` of the AuthorizationKey that the station accepted last. */
  readonly passwordHash?: string | undefined
  /** Of one that it was sent and has not answered: it may have taken it. */
  readonly nextPasswordHash?: string | undefined
  /** It was upgraded to this profile and connected with it: never lower again [1.6 SWP A05]. */
  readonly lowestProfile?: SecurityProfile | undefined
  /** Absent where the operator's API said nothing. */
  readonly orders?: StationOrders | undefined
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
  /** Common name of that certificate. */
  certificateName?: string | undefined
  /** RFC 3339, when the station accepted its password. */
  passwordChangedAt?: string
  /** It accepted to be upgraded to this profile and has not connected with it yet. */
  upgradeTo?: SecurityProfile | undefined
  passwordHash?: string | undefined
  nextPasswordHash?: string | undefined
  lowestProfile?: SecurityProfile | undefined
  orders?: StationOrders | undefined
}

/** What the operator may see of it. */
export interface SecurityView
  extends Omit<SecurityRecord, 'passwordHash' | 'nextPasswordHash' | 'orders'>,
    StationOrders {
  readonly hasPassword: boolean
}

export function securityView({ security }: StationRecord): SecurityView {
  const { passwordHash, nextPasswordHash, orders, ...shown } = security ?? {}
  const hasPassword = (passwordHash ?? nextPasswordHash) !== undefined
  return { ...shown, ...orders, hasPassword }
}

/** A change of what the operator says; what is absent stays, null takes it back. */
export interface AccessChange {
  /** `hashPassword` made it. */
  readonly passwordHash?: string | null | undefined
  readonly serial?: string | null | undefined
  readonly securityProfile?: SecurityProfile | null | undefined
}

/**
 * Does as the operator says. A profile that he sets counts for more than one that the station was
 * upgraded to: hardware is replaced, too.
 * @param at RFC 3339
 */
export function orderAccess(
  record: StationRecord,
  { passwordHash, serial, securityProfile }: AccessChange,
  at: string,
): void {
  record.security ??= {}
  const { security } = record
  if (passwordHash !== undefined) {
    security.passwordHash = passwordHash ?? undefined
    security.nextPasswordHash = undefined
    security.passwordChangedAt = at
  }
  if (securityProfile !== undefined) {
    security.lowestProfile = undefined
    security.upgradeTo = undefined
  }
  const { orders } = security
  const wanted = {
    serial: serial === undefined ? orders?.serial : (serial ?? undefined),
    securityProfile:
      securityProfile === undefined ? orders?.securityProfile : (securityProfile ?? undefined),
  }
  security.orders = (wanted.serial ?? wanted.securityProfile) === undefined ? undefined : wanted
}

/** Undefined where the settings alone say who may come in. */
export function accessOf({ security }: StationRecord): StationAccess | undefined {
  const { passwordHash, nextPasswordHash, lowestProfile, orders } = security ?? {}
  if ((passwordHash ?? nextPasswordHash ?? lowestProfile ?? orders) === undefined) return undefined
  return { passwordHash, nextPasswordHash, lowestProfile, orders }
}

/**
 * Hears of every change of what a station's next connection is judged by.
 * @param access undefined: the station is not known any more
 */
export type AccessChanged = (stationId: string, access: StationAccess | undefined) => void

/** What a connection established about the security of its station. */
export interface EstablishedSecurity {
  readonly profile: SecurityProfile
  readonly tlsVersion?: string | undefined
  readonly cipher?: string | undefined
  readonly certificateSerial?: string | undefined
  readonly certificateName?: string | undefined
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
  security.certificateName = established.certificateName
  const { upgradeTo } = security
  if (upgradeTo === undefined || profile < upgradeTo) return false
  security.lowestProfile = upgradeTo
  security.upgradeTo = undefined
  return true
}

/**
 * Why a station is not the one that its certificate names, one sentence; undefined: it may be. A
 * certificate that names the identity says nothing of a serial number [2.0.1 B01.FR.11].
 * @param serialNumber as the station says it
 */
export function objectionToSerialNumber(
  { id, security }: StationRecord,
  serialNumber: string | undefined,
): string | undefined {
  const { profile, certificateName } = security ?? {}
  if (profile !== 3 || certificateName === undefined || serialNumber === undefined) return undefined
  return certificateName === serialNumber || certificateName === id
    ? undefined
    : `The certificate is that of "${certificateName}", the serial number is "${serialNumber}".`
}
