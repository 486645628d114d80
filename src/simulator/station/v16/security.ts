import type { Occurrence, PowerCause } from '../behaviour.ts'
import { SecurityEvents } from '../security-events.ts'
import type { Behaviour16 } from './behaviour16.ts'
import { CertificateWatch } from './certificate-watch.ts'
import { eventOfFailure } from './connect-failures.ts'
import { isPushed, type SecurityEvent16 } from './security-event-types.ts'

/** What a 1.6 station does for its security besides serving CALLs: events, and its certificate. */
export class Security {
  readonly certificates: CertificateWatch
  readonly #events: SecurityEvents
  readonly #behaviour: Behaviour16
  /** Why it comes up, until that was told. */
  #startup: SecurityEvent16 | undefined = 'StartupOfTheDevice'
  /** What the last attempts to connect ended with: told once, however often they do. */
  #failure: SecurityEvent16 | undefined

  constructor(behaviour: Behaviour16) {
    this.#behaviour = behaviour
    this.certificates = new CertificateWatch(behaviour)
    const secured = () => behaviour.settings.number('SecurityProfile') >= 2
    this.#events = new SecurityEvents(behaviour.station, (type) =>
      isPushed(type as SecurityEvent16, secured()),
    )
  }

  /** @param techInfo never a secret */
  report(type: SecurityEvent16, techInfo?: string): void {
    this.#events.report(type, techInfo)
  }

  /** @param first not a boot that was only repeated */
  booted(first: boolean): void {
    this.#failure = undefined
    if (first && this.#startup) {
      this.report(this.#startup)
      this.#startup = undefined
    }
    this.#events.resume()
    this.certificates.start()
  }

  reconnected(): void {
    this.#failure = undefined
    this.#events.resume()
    this.certificates.start()
  }

  powerRestored(cause: PowerCause): void {
    this.#startup = cause === 'reset' ? 'ResetOrReboot' : 'StartupOfTheDevice'
  }

  stop(): void {
    this.certificates.stop()
  }

  noticed(occurrence: Occurrence): void {
    switch (occurrence.kind) {
      case 'clockSet':
        this.report('SettingSystemTime', `by ${Math.round(occurrence.byMs / 1000)} s`)
        break
      case 'connectFailed': {
        const type = eventOfFailure(occurrence)
        if (type && type !== this.#failure) this.report(type, occurrence.detail)
        this.#failure = type
        break
      }
      case 'invalidMessage':
        this.report('InvalidMessages', occurrence.rule)
    }
  }

  /** Begins to present a certificate that was signed, where one is presented at all. */
  present(fromMs: number): void {
    const { settings } = this.#behaviour
    this.report('ReconfigurationOfSecurityParameters', 'a new certificate of its own')
    if (settings.number('SecurityProfile') === 3) this.certificates.switchAt(fromMs)
    else this.certificates.start()
  }
}
