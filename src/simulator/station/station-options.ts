import type { Dial } from '../../ocpp/dial.ts'
import type { FilePublisher } from '../../ocpp/file-publisher.ts'
import type { FileServerUrls, FileTransfer } from '../../ocpp/file-transfer.ts'
import type { StationCrypto } from '../../ocpp/station-crypto.ts'
import type { Clocks } from '../../shared/clock.ts'
import type { StationTemplate } from '../scenario/plan.ts'
import type { StationIdentity } from '../scenario/station-identity.ts'
import type { StationProtocol } from './behaviour.ts'
import type { FactoryCertificates } from './certificate-store.ts'
import type { FleetSecurity } from './fleet-security.ts'
import type { StationObserver } from './observer.ts'
import type { Station } from './station.ts'
import type { TraitsPlan } from './traits.ts'

/** What the stations of a fleet have in common: one object for all of them. */
export interface StationFleet {
  readonly name: string
  readonly protocol: StationProtocol
  readonly template: StationTemplate
  /** Undefined: every CALL is served as a good station does. */
  readonly traits?: TraitsPlan | undefined
  readonly clocks: Clocks
  /** Simulated seconds per real second. */
  readonly speed: number
  /** Subtracted from the CSMS's time: the wire clock of a fast run lies in the past. */
  readonly backdateMs: number
  readonly dial: Dial
  readonly observer: StationObserver<Station>
  readonly seed: number
  /** Unique to the run, at most 10 characters. */
  readonly runSalt: string
  /** Real ms until an upgrade must be complete. */
  readonly connectTimeoutMs: number
  /** Where the management system offers files; undefined: nobody said so. */
  readonly fileServer?: FileServerUrls | undefined
  /** Without it every download and upload fails. */
  readonly files?: FileTransfer | undefined
  /** Without it local controllers publish nothing. */
  readonly publisher?: FilePublisher | undefined
  /** Without it the stations keep no certificates. */
  readonly crypto?: StationCrypto | undefined
  /** What a station comes with. */
  factoryCertificates?(station: StationIdentity): FactoryCertificates
  /** Undefined: stations neither know TLS nor profiles. */
  readonly security?: FleetSecurity | undefined
  /** @param profile the security profile that the station uses now */
  urlOf(station: StationIdentity, profile: number): string
  /** Headers of the upgrade, Basic auth among them. */
  headersOf(station: StationIdentity, profile: number): Readonly<Record<string, string>>
}
