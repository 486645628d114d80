import type { Block } from '../block.ts'

/** Roots, contracts, and whether they still hold [2.0.1 M]. */
export const certificates: Block = {
  letter: 'M',
  handlers: {
    /** There is no certificate authority here [2.0.1 M01, M06]. */
    Get15118EVCertificate: () => ({ status: 'Failed', exiResponse: '' }),
    GetCertificateStatus: () => ({ status: 'Failed' }),
  },
}
