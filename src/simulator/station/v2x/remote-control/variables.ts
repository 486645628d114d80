import { fixed } from '../provisioning/device-model/rows.ts'
import type { VariableSpec } from '../provisioning/device-model/variable.ts'

const customTriggers = ['AvailabilityState', 'HealthReport']

/** What the CSMS may ask for besides the standard's messages [2.1 CustomTriggers]. */
export const remoteControlVariables: readonly VariableSpec[] = [
  fixed('CustomizationCtrlr.CustomTriggers', 'MemberList', customTriggers.join(','), {
    only: 'ocpp2.1',
    values: customTriggers,
  }),
]
