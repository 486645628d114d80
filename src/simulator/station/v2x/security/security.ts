import type { Occurrence, PowerCause } from '../../behaviour.ts'
import { type SecurityFailure, securityFailure } from '../../connect-failures.ts'
import { SecurityEvents } from '../../security-events.ts'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'
import { CertificateRequests } from './certificate-requests.ts'
import { CertificateWatch } from './certificate-watch.ts'
import { leaveLowerProfiles } from './profile-upgrade.ts'
import { isPushed, type SecurityEvent2x } from './security-event-types.ts'

const failureEvents: Readonly<Record<SecurityFailure, SecurityEvent2x>> = {
  tlsVersion: 'InvalidTLSVersion',
  cipherSuite: 'InvalidTLSCipherSuite',
  csmsCertificate: 'InvalidCsmsCertificate',
  stationRefused: 'FailedToAuthenticateAtCsms',
}

/** What a station does for its security besides serving CALLs: events, and its certificates. */
class Security {
  readonly requests: CertificateRequests
  readonly #watch: CertificateWatch
  readonly #events: SecurityEvents
  readonly #station: Station2x
  /** Why it comes up, until that was told. */
  #startup: SecurityEvent2x | undefined = 'StartupOfTheDevice'
  /** What the last attempts to connect ended with: told once, however often they do. */
  #failure: SecurityEvent2x | undefined
  /** The profile that it was accepted with last. */
  #profile: number | undefined

  constructor(station: Station2x) {
    this.#station = station
    this.requests = new CertificateRequests(station)
    this.#watch = new CertificateWatch(station, this.requests)
    const secured = () => station.services.access.profile >= 2
    this.#events = new SecurityEvents(station.services, (type) =>
      isPushed(type as SecurityEvent2x, secured()),
    )
  }

  /** @param techInfo never a secret */
  report(type: SecurityEvent2x, techInfo?: string): void {
    this.#events.report(type, techInfo)
  }

  /** @param first not a boot that was only repeated */
  registered(first: boolean): void {
    this.#failure = undefined
    if (first && this.#startup) {
      this.report(this.#startup)
      this.#startup = undefined
    }
    this.#judgeProfile()
    this.#events.resume()
    this.#watch.start()
  }

  reconnected(): void {
    this.#failure = undefined
    this.#judgeProfile()
    this.#events.resume()
    this.#watch.start()
  }

  powerRestored(cause: PowerCause): void {
    this.#startup = cause === 'reset' ? 'ResetOrReboot' : 'StartupOfTheDevice'
  }

  stop(): void {
    this.#watch.stop()
    this.requests.stop()
  }

  noticed(occurrence: Occurrence | { readonly kind: 'renewalLost' }): void {
    switch (occurrence.kind) {
      case 'clockSet':
        this.#clockSet(occurrence.byMs)
        break
      case 'connectFailed': {
        const failure = securityFailure(occurrence)
        const type = failure && failureEvents[failure]
        if (type && type !== this.#failure) this.report(type, occurrence.detail)
        this.#failure = type
        break
      }
      case 'invalidMessage':
        this.report('InvalidMessages', occurrence.rule)
        break
      case 'renewalLost':
        // 2.0.1 has no event for it: the CSMS sees the old certificate in the handshake.
        if (this.#station.version === 'ocpp2.1') this.report('DiscardedRenewedClientCertificate')
    }
  }

  /** Begins to present a certificate that was signed, by reconnecting [2.0.1 A02.FR.08]. */
  present(forCsms: boolean): void {
    this.report('ReconfigurationOfSecurityParameters', 'a new certificate of its own')
    const { services } = this.#station
    if (forCsms && services.access.profile === 3) services.reconnect()
    else this.#watch.start()
  }

  #clockSet(byMs: number): void {
    const threshold = this.#station.model.integer('ClockCtrlr.TimeAdjustmentReportingThreshold')
    if (Math.abs(byMs) <= threshold * 1000) return
    this.report('SettingSystemTime', `by ${Math.round(byMs / 1000)} s`)
  }

  /** It got in with another profile than last time [2.0.1 A05.FR.06]. */
  #judgeProfile(): void {
    const before = this.#profile
    const { profile } = this.#station.services.access
    this.#profile = profile
    if (before === undefined || before === profile) return
    this.report('ReconfigurationOfSecurityParameters', `security profile ${profile}`)
    if (profile > before) leaveLowerProfiles(this.#station, profile)
  }
}

export const security = new StationPart((station) => new Security(station))
