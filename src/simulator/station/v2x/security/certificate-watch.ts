import type { CancelTimer } from '../../../../shared/clock.ts'
import type { OwnUse } from '../../certificate-store.ts'
import type { Station2x } from '../station-2x.ts'
import type { CertificateRequests, RequestKind } from './certificate-requests.ts'

const dayMs = 86_400_000
/** How long before its end a certificate is renewed [2.0.1 A03.FR.02]. */
const renewMs = 30 * dayMs

const kindOf: Readonly<Record<OwnUse, RequestKind>> = {
  csms: 'ChargingStationCertificate',
  v2g: 'V2GCertificate',
  v2g20: 'V2G20Certificate',
}

/**
 * Watches the certificates that a station presents: asks for a new one a month before one expires
 * [2.0.1 A03]; for an expired one too, where the CSMS lets it in with that [A00.FR.430].
 */
export class CertificateWatch {
  readonly #station: Station2x
  readonly #requests: CertificateRequests
  #expiry: CancelTimer | undefined
  /** Ends of the certificates that a successor was asked for: never twice. */
  readonly #askedFor = new Set<string>()

  constructor(station: Station2x, requests: CertificateRequests) {
    this.#station = station
    this.#requests = requests
  }

  /** The station is accepted. */
  start(): void {
    this.stop()
    const waits = this.#watched.flatMap((use) => this.#judge(use))
    if (waits.length === 0) return
    // Timers of a month do not exist.
    const waitMs = Math.min(dayMs, ...waits)
    this.#expiry = this.#station.services.clocks.simulated.after(waitMs, () => this.start())
  }

  /** The power is gone or the run is over; the next boot presents what is valid then. */
  stop(): void {
    this.#expiry?.()
    this.#expiry = undefined
  }

  /** Only who presents a certificate has one to watch; a store is not made for the others. */
  get #watched(): readonly OwnUse[] {
    const { access, memory } = this.#station.services
    const vehicles: readonly OwnUse[] = memory.certificates ? ['v2g', 'v2g20'] : []
    return access.profile === 3 ? ['csms', ...vehicles] : vehicles
  }

  /** Simulated ms until a successor is due; none where it is due now, or nothing is presented. */
  #judge(use: OwnUse): readonly number[] {
    const { services } = this.#station
    const expiresMs = services.certificates?.expiresMs(services.wireMs(), use)
    if (expiresMs === undefined) return []
    const dueMs = expiresMs - renewMs - services.wireMs()
    if (dueMs > 0) return [dueMs]
    const asked = `${use} ${expiresMs}`
    const kind = kindOf[use]
    if (this.#askedFor.has(asked) || !services.online || !this.#requests.canAsk(kind)) return []
    this.#askedFor.add(asked)
    services.unattended(this.#requests.ask(kind))
    return []
  }
}
