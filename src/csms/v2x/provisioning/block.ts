import type { Block } from '../block.ts'
import { bootNotification } from './boot-notification.ts'
import { provisioningEffects, provisioningEffects21 } from './effects.ts'
import { notifyReport } from './notify-report.ts'

/** Booting, the device model and resets [2.0.1 B]. */
export const provisioning: Block = {
  letter: 'B',
  handlers: { BootNotification: bootNotification, NotifyReport: notifyReport },
  effects: provisioningEffects,
  effects21: provisioningEffects21,
}
