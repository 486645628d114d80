import type { CertificateHashDataChainType } from 'typed-ocpp/dist/ocpp21/types.js'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import { certificateHash } from '../../../platform/pki/certificate-hash.ts'
import { readCertificate } from '../../../platform/pki/read-certificates.ts'
import {
  addRoot,
  type RootRecord,
  removeRoot,
  replaceInstalled,
} from '../../domain/certificates.ts'
import type { StationContext } from '../../domain/domain.ts'
import type { CommandEffects } from '../../gateway/command-effects.ts'

/** What stations answer to CALLs about their certificates [2.0.1 M03, M04, M05]. */
export const certificateEffects: CommandEffects<Actions201> = {
  InstallCertificate({ certificateType, certificate }, { status }, context) {
    if (status === 'Accepted') installed(certificateType, certificate, context)
  },
  DeleteCertificate({ certificateHashData }, { status }, { station, domain }) {
    // What is not there is as good as deleted.
    if (status === 'Failed') return
    removeRoot(station.record, certificateHashData)
    domain.stations.save(station.record)
  },
  GetInstalledCertificateIds({ certificateType }, { certificateHashDataChain }, context) {
    listed(certificateType, certificateHashDataChain, context)
  },
}

/** 2.1 has roots of vehicle makers, too. */
export const certificateEffects21: CommandEffects<Actions21> = {
  InstallCertificate({ certificateType, certificate }, { status }, context) {
    if (status === 'Accepted') installed(certificateType, certificate, context)
  },
  GetInstalledCertificateIds({ certificateType }, { certificateHashDataChain }, context) {
    listed(certificateType, certificateHashDataChain, context)
  },
}

function installed(certificateType: string, pem: string, { station, domain }: StationContext) {
  const certificate = readCertificate(pem)
  if (!certificate) return
  const hash = certificateHash(certificate, certificate, 'SHA256')
  addRoot(station.record, { certificateType, hash })
  domain.stations.save(station.record)
}

function listed(
  types: readonly string[] | undefined,
  chains: readonly CertificateHashDataChainType[] = [],
  { station, domain }: StationContext,
): void {
  const roots = chains.map(
    ({ certificateType, certificateHashData, childCertificateHashData }): RootRecord => ({
      certificateType,
      hash: certificateHashData,
      ...(childCertificateHashData && { children: childCertificateHashData }),
    }),
  )
  replaceInstalled(station.record, types, roots)
  domain.stations.save(station.record)
}
