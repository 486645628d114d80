import type { CancelTimer } from '../../../shared/clock.ts'
import type { Behaviour16 } from './behaviour16.ts'
import { signChargePointCertificate } from './sign-certificate.ts'

const dayMs = 86_400_000
/** How long before its end a certificate is renewed [1.6 SWP A03.FR.02]. */
const renewMs = 30 * dayMs

/**
 * Watches the certificate that a station presents: asks for a new one a month before it expires
 * [1.6 SWP A03], and reconnects when a new one begins to count [A02.FR.08].
 */
export class CertificateWatch {
  readonly #behaviour: Behaviour16
  #expiry: CancelTimer | undefined
  #switch: CancelTimer | undefined
  /** End of the certificate that a successor was asked for: never twice [1.6 SWP A03, 7]. */
  #askedFor: number | undefined

  constructor(behaviour: Behaviour16) {
    this.#behaviour = behaviour
  }

  /** The station is accepted. */
  start(): void {
    this.stop()
    const { station, settings } = this.#behaviour
    // Only who presents a certificate has one to watch; a store is not made for the others.
    if (settings.number('SecurityProfile') < 3) return
    const expiresMs = station.certificates?.expiresMs(station.wireMs())
    if (expiresMs === undefined || expiresMs === this.#askedFor) return
    const dueMs = expiresMs - renewMs - station.wireMs()
    if (dueMs > 0) {
      // Timers of a month do not exist.
      this.#expiry = station.clocks.simulated.after(Math.min(dueMs, dayMs), () => this.start())
    } else if (station.online && signChargePointCertificate(this.#behaviour)) {
      this.#askedFor = expiresMs
    }
  }

  /** @param fromMs wire ms since the epoch */
  switchAt(fromMs: number): void {
    const { station } = this.#behaviour
    const waitMs = fromMs - station.wireMs()
    this.#switch?.()
    this.#switch = undefined
    if (waitMs <= 0) station.reconnect()
    else this.#switch = station.clocks.simulated.after(waitMs, () => station.reconnect())
  }

  /** The power is gone or the run is over; the next boot presents what is valid then. */
  stop(): void {
    this.#expiry?.()
    this.#switch?.()
    this.#expiry = undefined
    this.#switch = undefined
  }
}
