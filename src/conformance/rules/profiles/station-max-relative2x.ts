import type { Rule } from '../rule.ts'
import { noon } from '../shown.ts'
import { set2x } from './shown.ts'

const ofStation = { chargingProfilePurpose: 'ChargingStationMaxProfile', evseId: 0 }

export const stationMaxRelative2x: Rule = {
  id: 'PROFILE_STATION_MAX_RELATIVE',
  title: 'a limit of the whole station does not wait for a transaction',
  clause: '2.0.1 K01.FR.38',
  judges: 'csms',
  in2x: {
    level: 'MUST',
    looks: {
      SetChargingProfile: {
        asked: ({ chargingProfile: { chargingProfilePurpose, chargingProfileKind } }) =>
          chargingProfilePurpose === 'ChargingStationMaxProfile' &&
          chargingProfileKind === 'Relative'
            ? 'a ChargingStationMaxProfile is Relative'
            : undefined,
      },
    },
    breaks: [set2x(ofStation)],
    nearly: [
      set2x({
        ...ofStation,
        chargingProfileKind: 'Absolute',
        schedule: { startSchedule: noon },
      }),
    ],
  },
}
