import type { Block } from '../block.ts'
import { clearedChargingLimit } from './cleared-charging-limit.ts'
import { smartChargingEffects, smartChargingEffects21 } from './effects.ts'
import { notifyChargingLimit } from './notify-charging-limit.ts'
import { notifyEvChargingNeeds, notifyEvChargingNeeds21 } from './notify-ev-charging-needs.ts'
import { notifyEvChargingSchedule } from './notify-ev-charging-schedule.ts'
import { notifyPriorityCharging } from './notify-priority-charging.ts'
import { pullDynamicScheduleUpdate } from './pull-dynamic-schedule-update.ts'
import { reportChargingProfiles } from './report-charging-profiles.ts'

/** How much power, and when [2.0.1 K]. */
export const smartCharging: Block = {
  letter: 'K',
  handlers: {
    ClearedChargingLimit: clearedChargingLimit,
    NotifyChargingLimit: notifyChargingLimit,
    NotifyEVChargingNeeds: notifyEvChargingNeeds,
    NotifyEVChargingSchedule: notifyEvChargingSchedule,
    ReportChargingProfiles: reportChargingProfiles,
  },
  handlers21: {
    NotifyEVChargingNeeds: notifyEvChargingNeeds21,
    NotifyPriorityCharging: notifyPriorityCharging,
    PullDynamicScheduleUpdate: pullDynamicScheduleUpdate,
  },
  effects: smartChargingEffects,
  effects21: smartChargingEffects21,
}
