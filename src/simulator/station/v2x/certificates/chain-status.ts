import type {
  CertificateStatusRequestInfoType,
  GetCertificateChainStatusResponse,
} from 'typed-ocpp/dist/ocpp21/types.js'
import { certificatesIn } from '../../certificate-store.ts'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'

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
    const wanted = this.#wanted(chainPem)
    const missing = wanted.filter((one) => !this.#isKnown(one))
    if (missing.length > 0) await this.#ask(missing)
    return wanted.some((one) => this.#known.get(nameOf(one))?.revoked)
  }

  /** What says where it can be found out, by a source that the station uses. */
  #wanted(chainPem: string): CertificateStatusRequestInfoType[] {
    const { services, model } = this.#station
    const { crypto, certificates } = services
    if (!crypto || !certificates) return []
    const used = model.list('ISO15118Ctrlr.CertificateStatusSource')
    const urlOf = {
      OCSP: (pem: string) => crypto.responderUrl(pem),
      CRL: (pem: string) => crypto.revocationUrl(pem),
    } as const
    return certificatesIn(chainPem).flatMap((pem) => {
      const certificateHashData = certificates.hashIn(pem, chainPem)
      for (const source of ['OCSP', 'CRL'] as const) {
        const url = used.includes(source) ? urlOf[source](pem) : undefined
        if (certificateHashData && url !== undefined) {
          return [{ certificateHashData, source, urls: [url] }]
        }
      }
      return []
    })
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
