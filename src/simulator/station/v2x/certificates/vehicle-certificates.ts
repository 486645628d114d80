import type { CancelTimer } from '../../../../shared/clock.ts'
import type { OwnUse } from '../../certificate-store.ts'
import type { RequestKind } from '../security/certificate-requests.ts'
import { security } from '../security/security.ts'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'
import { askStatus } from './certificate-status.ts'
import { type AskedCertificate, ocspData } from './ocsp-data.ts'
import { plugAndCharge } from './plug-and-charge.ts'

/** How long OCSP data is kept at most [2.0.1 M06.FR.10]. */
const weekMs = 7 * 86_400_000

const kinds: readonly (readonly [OwnUse, RequestKind])[] = [
  ['v2g', 'V2GCertificate'],
  ['v2g20', 'V2G20Certificate'],
]

/**
 * What a station presents to vehicles, and the OCSP data that goes with it: asked for when a
 * certificate is new and once a week [2.0.1 M06]. A revoked one is presented no more.
 */
class VehicleCertificates {
  readonly #station: Station2x
  /** Until when what the CSMS said of a certificate may be shown to vehicles, wire ms. */
  readonly #freshUntilMs = new Map<string, number>()
  #timer: CancelTimer | undefined
  #asking = false

  constructor(station: Station2x) {
    this.#station = station
  }

  /** A new certificate came: its data and that of what signed it is asked for anew [M06.FR.07]. */
  renewed(): void {
    this.#freshUntilMs.clear()
    plugAndCharge.existing(this.#station)?.resume()
    this.refresh()
  }

  /** Asks for what is missing or old, one certificate after the other. */
  refresh(): void {
    if (this.#asking || !this.#station.services.online) return
    this.#asking = true
    this.#station.services.unattended(
      this.#ask().finally(() => {
        this.#asking = false
      }),
    )
  }

  stop(): void {
    this.#timer?.()
    this.#timer = undefined
  }

  async #ask(): Promise<void> {
    const { services } = this.#station
    this.stop()
    for (const [use, kind] of kinds) {
      const presented = services.certificates?.client(services.wireMs(), use)
      if (!presented) continue
      const chain = ocspData(this.#station, presented.certificatePem)
      for (const asked of chain) {
        if (this.#isFresh(asked)) continue
        if (await this.#isRevoked(asked)) {
          this.#discard(presented.certificatePem, kind)
          break
        }
      }
      if (chain.length > 0) this.#again()
    }
  }

  #isFresh({ pem }: AskedCertificate): boolean {
    return (this.#freshUntilMs.get(pem) ?? 0) > this.#station.services.wireMs()
  }

  /** Not known counts as not revoked: the CSMS says whether it could find out, and no more [M06]. */
  async #isRevoked(asked: AskedCertificate): Promise<boolean> {
    const verdict = await askStatus(this.#station, asked)
    if (!verdict) return false
    const latestMs = this.#station.services.wireMs() + weekMs
    this.#freshUntilMs.set(asked.pem, Math.min(latestMs, verdict.nextUpdateMs ?? latestMs))
    return verdict.status === 'revoked'
  }

  /** Without a certificate there is no plug and charge; another one is asked for at once. */
  #discard(certificatePem: string, kind: RequestKind): void {
    const { services } = this.#station
    const part = security.of(this.#station)
    services.certificates?.discard(certificatePem)
    plugAndCharge.of(this.#station).suspend()
    part.report('ReconfigurationOfSecurityParameters', `a revoked ${kind} was discarded`)
    if (part.requests.canAsk(kind)) services.unattended(part.requests.ask(kind))
  }

  #again(): void {
    this.stop()
    const { clocks } = this.#station.services
    this.#timer = clocks.simulated.after(weekMs, () => this.refresh())
  }
}

export const vehicleCertificates = new StationPart((station) => new VehicleCertificates(station))
