import { acknowledge } from '../acknowledge.ts'
import type { Block } from '../block.ts'

/** Keys, certificates of stations, and what they notice [2.0.1 A]. */
export const security: Block = {
  letter: 'A',
  handlers: {
    SecurityEventNotification: acknowledge('SecurityEventNotification'),
    /** There is no certificate authority here [2.0.1 A02]. */
    SignCertificate: () => ({ status: 'Rejected' }),
  },
}
