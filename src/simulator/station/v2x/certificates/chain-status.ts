import type {
  CertificateStatusRequestInfoType,
  GetCertificateChainStatusResponse,
} from 'typed-ocpp/dist/ocpp21/types.js'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'
import { ocspData } from './ocsp-data.ts'

/** The cache keeps a status for so long at most [2.1 M07.FR.09]. */
const weekMs = 7 * 86_400_000
const mostKnown = 200

interface KnownStatus {
  readonly revoked: boolean
  /** Wire ms. */
  readonly untilMs: number
}

/** Whether certificates of vehicles were revoked, as the CSMS finds out [2.1 M07]. */
class ChainStatus {
  readonly #station: Station2x
  /** By what names the certificate. */
  readonly #known = new Map<string, KnownStatus>()

  constructor(station: Station2x) {
    this.#station = station
  }

  /**
   * Asks for what is not in the cache [M07.FR.10, FR.11].
   * @param chainPem the leaf first
   * @returns whether one of them is revoked; what cannot be found out is not
   */
  async isRevoked(chainPem: string): Promise<boolean> {
    const wanted = ocspData(this.#station, chainPem).map(({ request }) => {
      const { responderURL, ...certificateHashData } = request
      return { certificateHashData, source: 'OCSP' as const, urls: [responderURL] }
    })
    const missing = wanted.filter((one) => !this.#isKnown(one))
    if (missing.length > 0) await this.#ask(missing)
    return wanted.some((one) => this.#known.get(nameOf(one))?.revoked)
  }

  async #ask(certificateStatusRequests: readonly CertificateStatusRequestInfoType[]) {
    const { services } = this.#station
    const payload = { certificateStatusRequests }
    const outcome = await services.request('GetCertificateChainStatus', payload)
    if (outcome.kind !== 'result') return
    const { certificateStatus } = outcome.payload as GetCertificateChainStatusResponse
    const latestMs = services.wireMs() + weekMs
    for (const one of certificateStatus) {
      if (one.status === 'Failed') continue
      const untilMs = Math.min(latestMs, Date.parse(one.nextUpdate))
      this.#keep(nameOf(one), { revoked: one.status === 'Revoked', untilMs })
    }
  }

  #keep(name: string, status: KnownStatus): void {
    this.#known.delete(name)
    this.#known.set(name, status)
    const [oldest] = this.#known.keys()
    if (this.#known.size > mostKnown && oldest !== undefined) this.#known.delete(oldest)
  }

  #isKnown(one: Pick<CertificateStatusRequestInfoType, 'certificateHashData'>): boolean {
    const known = this.#known.get(nameOf(one))
    return known !== undefined && known.untilMs > this.#station.services.wireMs()
  }
}

function nameOf({
  certificateHashData: { issuerKeyHash, serialNumber },
}: Pick<CertificateStatusRequestInfoType, 'certificateHashData'>): string {
  return `${issuerKeyHash} ${serialNumber}`.toLowerCase()
}

export const chainStatus = new StationPart((station) => new ChainStatus(station))
