import type { Block } from '../block.ts'
import { certificateEffects, certificateEffects21 } from './effects.ts'
import { get15118EVCertificate, get15118EVCertificate21 } from './get-15118-ev-certificate.ts'
import { getCertificateChainStatus } from './get-certificate-chain-status.ts'
import { getCertificateStatus } from './get-certificate-status.ts'

/** Roots, contracts, and whether they still hold [2.0.1 M]. */
export const certificates: Block = {
  letter: 'M',
  handlers: {
    Get15118EVCertificate: get15118EVCertificate,
    GetCertificateStatus: getCertificateStatus,
  },
  handlers21: {
    Get15118EVCertificate: get15118EVCertificate21,
    GetCertificateChainStatus: getCertificateChainStatus,
  },
  effects: certificateEffects,
  effects21: certificateEffects21,
}
