import { settable } from '../provisioning/device-model/rows.ts'
import type { VariableSpec } from '../provisioning/device-model/variable.ts'

/**
 * How the station tells of its connectors: the specification allows both, prefers NotifyEvent since
 * 2.1 and names no variable for the choice [2.1 G01].
 */
export const availabilityVariables: readonly VariableSpec[] = [
  settable('ChargingStation.AvailabilityReport', 'OptionList', 'StatusNotification', {
    values: ['StatusNotification', 'NotifyEvent'],
  }),
]
