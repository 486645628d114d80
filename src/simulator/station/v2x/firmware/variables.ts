import { fixed, settable } from '../provisioning/device-model/rows.ts'
import type { VariableSpec } from '../provisioning/device-model/variable.ts'

/** What has to do with new firmware [2.1 Part 2 2.1.2]. */
export const firmwareVariables: readonly VariableSpec[] = [
  settable('ChargingStation.AllowNewSessionsPendingFirmwareUpdate', 'boolean', 'false'),
  fixed('LocalController.Available', 'boolean', 'false'),
]
