import type { Block } from '../block.ts'
import { changeAvailability } from './change-availability.ts'
import { availabilityTrigger, heartbeatTrigger, statusTrigger } from './triggers.ts'

/** What can be used, and that the station is there [2.0.1 G]. */
export const availability: Block = {
  letter: 'G',
  handlers: { ChangeAvailability: changeAvailability },
  triggers: {
    AvailabilityState: availabilityTrigger,
    Heartbeat: heartbeatTrigger,
    StatusNotification: statusTrigger,
  },
}
