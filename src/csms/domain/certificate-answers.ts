import { plainSerial, readCertificate } from '../../platform/pki/read-certificates.ts'
import { settleSigned } from './certificates.ts'
import type { StationContext } from './domain.ts'

/** A station answered to CertificateSigned [1.6 SWP A02] [2.0.1 A02]. */
export function certificateAnswered(
  certificateChain: string,
  status: 'Accepted' | 'Rejected',
  { station, domain }: StationContext,
): void {
  const certificate = readCertificate(certificateChain)
  const serial = certificate && plainSerial(certificate.serialNumber)
  if (serial === undefined) return
  const state = status === 'Accepted' ? 'Installed' : 'Rejected'
  // The operator may send one that somebody else signed.
  if (settleSigned(station.record, serial, state)) domain.stations.save(station.record)
}
