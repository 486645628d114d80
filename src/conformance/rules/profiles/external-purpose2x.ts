import type { Rule } from '../rule.ts'
import { noon } from '../shown.ts'
import { set2x } from './shown.ts'

const absolute = { chargingProfileKind: 'Absolute', schedule: { startSchedule: noon }, evseId: 0 }

export const externalPurpose2x: Rule = {
  id: 'PROFILE_EXTERNAL',
  title: 'constraints from elsewhere are not set by a CSMS',
  clause: '2.0.1 K01.FR.22',
  judges: 'csms',
  in2x: {
    level: 'MUST',
    looks: {
      SetChargingProfile: {
        asked: ({ chargingProfile: { chargingProfilePurpose } }) =>
          chargingProfilePurpose === 'ChargingStationExternalConstraints'
            ? 'a ChargingStationExternalConstraints profile was set by the CSMS'
            : undefined,
      },
    },
    breaks: [set2x({ ...absolute, chargingProfilePurpose: 'ChargingStationExternalConstraints' })],
    nearly: [set2x({ ...absolute, chargingProfilePurpose: 'ChargingStationMaxProfile' })],
  },
}
