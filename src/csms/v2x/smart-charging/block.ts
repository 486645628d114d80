import { acknowledge } from '../acknowledge.ts'
import type { Block } from '../block.ts'

/** How much power, and when [2.0.1 K]. */
export const smartCharging: Block = {
  letter: 'K',
  handlers: {
    ClearedChargingLimit: acknowledge('ClearedChargingLimit'),
    NotifyChargingLimit: acknowledge('NotifyChargingLimit'),
    /** No schedules are made here [2.0.1 K15]. */
    NotifyEVChargingNeeds: () => ({ status: 'Rejected' }),
    /** The vehicle's plan is within what it was offered: nothing to object [2.0.1 K17]. */
    NotifyEVChargingSchedule: () => ({ status: 'Accepted' }),
    ReportChargingProfiles: acknowledge('ReportChargingProfiles'),
  },
}
