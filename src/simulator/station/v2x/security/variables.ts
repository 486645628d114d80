import { live, row } from '../provisioning/device-model/rows.ts'
import type { VariableSpec } from '../provisioning/device-model/variable.ts'
import { profilesInUse } from '../provisioning/network-profiles.ts'
import type { Station2x } from '../station-2x.ts'

const password = {
  mutability: 'WriteOnly',
  min: 16,
  changed: (station: Station2x) => profilesInUse(station)?.passwordReplaced(),
} as const

/** Who the station is and how it proves it [2.1 Part 2 2.2 Security]. */
export const securityVariables: readonly VariableSpec[] = [
  live('SecurityCtrlr.Identity', 'string', (station) => profilesInUse(station)?.current?.route.id ?? station.services.id, { max: 48 }),
  row('SecurityCtrlr.BasicAuthPassword', 'string', '', { ...password, max: 40, only: 'ocpp2.0.1' }),
  row('SecurityCtrlr.BasicAuthPassword', 'string', '', { ...password, max: 64, only: 'ocpp2.1' }),
]
