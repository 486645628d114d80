import type { Actions16 } from '../../ocpp/v16/actions.ts'
import { certificateHash } from '../../platform/pki/certificate-hash.ts'
import { readCertificate } from '../../platform/pki/read-certificates.ts'
import { certificateAnswered } from '../domain/certificate-answers.ts'
import { addRoot, removeRoot, replaceRoots } from '../domain/certificates.ts'
import type { CommandEffects } from '../gateway/command-effects.ts'

/** What stations answer to CALLs about their certificates [1.6 SWP A02, M03, M04, M05]. */
export const certificateEffects: Pick<
  CommandEffects<Actions16>,
  'CertificateSigned' | 'InstallCertificate' | 'DeleteCertificate' | 'GetInstalledCertificateIds'
> = {
  CertificateSigned({ certificateChain }, { status }, context) {
    certificateAnswered(certificateChain, status, context)
  },
  InstallCertificate({ certificateType, certificate: pem }, { status }, { station, domain }) {
    const certificate = status === 'Accepted' ? readCertificate(pem) : undefined
    if (!certificate) return
    const hash = certificateHash(certificate, certificate, 'SHA256')
    addRoot(station.record, { certificateType, hash })
    domain.stations.save(station.record)
  },
  DeleteCertificate({ certificateHashData }, { status }, { station, domain }) {
    // What is not there is as good as deleted.
    if (status === 'Failed') return
    removeRoot(station.record, certificateHashData)
    domain.stations.save(station.record)
  },
  GetInstalledCertificateIds({ certificateType }, response, { station, domain }) {
    replaceRoots(station.record, certificateType, response.certificateHashData ?? [])
    domain.stations.save(station.record)
  },
}
