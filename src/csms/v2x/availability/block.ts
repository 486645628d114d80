import type { Block } from '../block.ts'
import { availabilityEffects } from './effects.ts'
import { heartbeat } from './heartbeat.ts'
import { statusNotification } from './status-notification.ts'

/** What can be used, and that the station is there [2.0.1 G]. */
export const availability: Block = {
  letter: 'G',
  handlers: { Heartbeat: heartbeat, StatusNotification: statusNotification },
  effects: availabilityEffects,
}
