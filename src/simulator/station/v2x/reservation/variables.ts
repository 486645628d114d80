import { fixed, settable } from '../provisioning/device-model/rows.ts'
import type { VariableSpec } from '../provisioning/device-model/variable.ts'

/** Who may come at what time [2.1 Part 2 2.10 Reservation]. */
export const reservationVariables: readonly VariableSpec[] = [
  fixed('ReservationCtrlr.Available', 'boolean', 'true'),
  settable('ReservationCtrlr.Enabled', 'boolean', 'true'),
  fixed('ReservationCtrlr.NonEvseSpecific', 'boolean', 'true'),
]
