import type { Handler16 } from './handler16.ts'
import { storeOf } from './installed-certificates.ts'

/**
 * [1.6 SWP A02.FR.06-09] A certificate that is not valid is discarded, and the CSMS hears why; with
 * security profile 3 a good one is used from the moment it is valid.
 */
export const certificateSigned: Handler16<'CertificateSigned'> = (request, behaviour) => {
  const { station, settings, security } = behaviour
  const { certificateChain } = request
  const taken =
    certificateChain.length > settings.number('CertificateSignedMaxChainSize')
      ? 'it is longer than CertificateSignedMaxChainSize'
      : storeOf(behaviour).takeSigned(certificateChain, station.wireMs(), { mayBeginLater: true })
  if (typeof taken === 'string') {
    station.afterwards(() => security.report('InvalidChargePointCertificate', taken))
    return { status: 'Rejected' }
  }
  station.afterwards(() => security.present(taken))
  return { status: 'Accepted' }
}
