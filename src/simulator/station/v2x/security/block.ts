import type { Block, Trigger } from '../block.ts'
import type { RequestKind } from './certificate-requests.ts'
import { certificateSigned, certificateSigned21 } from './certificate-signed.ts'
import { security as part } from './security.ts'

/** Rejected where the station lacks what the request needs [2.0.1 A02 prerequisites]. */
const request =
  (kind: RequestKind): Trigger =>
  (station) => {
    const { requests } = part.of(station)
    if (!requests.canAsk(kind)) return undefined
    return () => station.services.unattended(requests.ask(kind))
  }

/** Security profiles, certificates of the station's own, security events [2.0.1 A]. */
export const security: Block = {
  letter: 'A',
  handlers: { CertificateSigned: certificateSigned },
  handlers21: { CertificateSigned: certificateSigned21 },
  triggers: {
    SignChargingStationCertificate: request('ChargingStationCertificate'),
    SignCombinedCertificate: request('Combined'),
    SignV2GCertificate: request('V2GCertificate'),
    SignV2G20Certificate: request('V2G20Certificate'),
  },
  registered: (station, first) => part.of(station).registered(first),
  reconnected: (station) => part.existing(station)?.reconnected(),
  noticed: (station, occurrence) => part.of(station).noticed(occurrence),
  powerLost: (station) => part.existing(station)?.stop(),
  powerRestored: (station, cause) => part.existing(station)?.powerRestored(cause),
  stopped: (station) => part.existing(station)?.stop(),
}
