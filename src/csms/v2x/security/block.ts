import type { Block } from '../block.ts'
import { securityEffects, securityEffects21 } from './effects.ts'
import { securityEventNotification } from './security-event-notification.ts'
import { signCertificate, signCertificate21 } from './sign-certificate.ts'

/** Keys, certificates of stations, and what they notice [2.0.1 A]. */
export const security: Block = {
  letter: 'A',
  handlers: {
    SecurityEventNotification: securityEventNotification,
    SignCertificate: signCertificate,
  },
  handlers21: { SignCertificate: signCertificate21 },
  effects: securityEffects,
  effects21: securityEffects21,
}
