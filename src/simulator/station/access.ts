import type { KeyPair, StationTls, TlsHandshake } from '../../ocpp/dial.ts'
import { isSecurityProfile, type SecurityProfile } from '../../ocpp/security-profile.ts'
import type { Station } from './station.ts'

/** How often a station tries the profile that it was upgraded to before it falls back. */
const trialAttempts = 3

/** How one station gets in: its security profile, and what it shows of itself in the TLS handshake. */
export class StationAccess {
  readonly #station: Station
  /** The profile of the last connection that was made. */
  #proven: SecurityProfile | undefined
  /** Attempts with another profile that failed since. */
  #failures = 0
  /** Attempts with the same certificate that failed since. */
  #certificateFailures = 0

  constructor(station: Station) {
    this.#station = station
  }

  /** In use now, or on trial. */
  get profile(): SecurityProfile {
    const own = this.#station.settings.securityProfile
    if (own !== undefined && isSecurityProfile(own)) return own
    return this.fleetProfile
  }

  /** The profile that its fleet began with. */
  get fleetProfile(): SecurityProfile {
    return this.#station.fleet.security?.profile ?? 0
  }

  /** Where its fleet sends it, without its identity. */
  get csmsUrl(): string {
    const { fleet, identity } = this.#station
    return fleet.urlOf(identity, this.fleetProfile).replace(/\/[^/]*$/, '')
  }

  /**
   * Why a station cannot be upgraded to this profile, one clause without a full stop; undefined where
   * it can [1.6 SWP A05.FR.02 to A05.FR.04].
   */
  objectionTo(profile: SecurityProfile): string | undefined {
    const { security } = this.#station.fleet
    if (profile <= this.profile) return 'it is not higher than the one in use'
    if (!security?.reaches(profile)) return 'the CSMS has no address for it'
    return this.lackOf(profile)
  }

  /**
   * What it lacks to connect with this profile, one clause without a full stop [1.6 SWP A05.FR.02,
   * A05.FR.03] [2.0.1 A05.FR.02, A05.FR.03].
   * @param hasPassword one comes with the order
   */
  lackOf(profile: SecurityProfile, hasPassword = false): string | undefined {
    if (profile === 0) return undefined
    const passwordless = !hasPassword && this.#password === undefined
    if (profile < 3 && passwordless) return 'no AuthorizationKey is set'
    if (profile >= 2 && !this.#hasRoot) return 'no root certificate of the CSMS is installed'
    if (profile === 3 && !this.#hasClient) return 'no certificate of the station is installed'
    return undefined
  }

  connected(tls: TlsHandshake | undefined): void {
    this.#proven = this.profile
    this.#failures = 0
    this.#certificateFailures = 0
    const root = tls?.root()
    if (root !== undefined) this.#station.certificates?.trusted.connectedWith(root)
    if (this.profile !== 3 || !this.#station.behaviour.renewalLost) return
    const lost = this.#station.memory.certificates?.settle(this.#station.wireMs())
    if (lost) this.#station.behaviour.renewalLost?.()
  }

  /** A station that cannot connect as it was upgraded to falls back [1.6 SWP A05]. */
  failed(): void {
    this.#certificateFailed()
    if (this.#proven === undefined || this.profile === this.#proven) return
    this.#failures += 1
    if (this.#failures < trialAttempts) return
    this.#failures = 0
    this.#station.behaviour.fellBack?.(this.#proven)
  }

  /** A renewed certificate and the one before are tried by turns [2.0.1 A02.FR.28]. */
  #certificateFailed(): void {
    if (this.profile !== 3 || !this.#station.behaviour.renewalLost) return
    this.#certificateFailures += 1
    if (this.#certificateFailures < trialAttempts) return
    this.#certificateFailures = 0
    this.#station.memory.certificates?.alternate(this.#station.wireMs())
  }

  /** What the station brings to the next handshake. */
  async tls(): Promise<StationTls> {
    const roots = this.#station.certificates?.trusted.pems('csms') ?? []
    const ca = roots.length > 0 ? roots.join('\n') : this.#station.fleet.security?.ca
    return this.profile === 3 ? { ca, client: await this.#client() } : { ca }
  }

  /** What the CSMS signed counts for more than what the station came with. */
  async #client(): Promise<KeyPair | undefined> {
    const own = this.#station.certificates?.shown(this.#station.wireMs())
    if (own) return { cert: own.certificatePem, key: own.keyPem }
    const given = await this.#station.fleet.security?.clientOf(this.#station.identity)
    if (given) {
      const { cert: certificatePem, key: keyPem } = given
      this.#station.certificates?.adopt({ certificatePem, keyPem })
    }
    return given
  }

  get #password(): string | undefined {
    return this.#station.settings.password ?? this.#station.identity.password
  }

  get #hasRoot(): boolean {
    const { security } = this.#station.fleet
    const roots = this.#station.certificates?.trusted.pems('csms') ?? []
    return roots.length > 0 || security?.ca !== undefined || security?.trustsAnyone === true
  }

  get #hasClient(): boolean {
    if (this.#station.fleet.security?.hasClients) return true
    return this.#station.certificates?.client(this.#station.wireMs()) !== undefined
  }
}
