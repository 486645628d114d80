import type { Rule } from '../rule.ts'
import { noon } from '../shown.ts'
import { set2x, set16 } from './shown.ts'

const absolute = { chargingProfileKind: 'Absolute', schedule: { startSchedule: noon } }

export const stationMax: Rule = {
  id: 'PROFILE_STATION_MAX_PLACE',
  title: 'a limit of the whole station is set at 0, where the station is',
  clause: '1.6 3.13.1, 2.0.1 K01',
  judges: 'csms',
  in16: {
    level: 'MUST',
    looks: {
      SetChargingProfile: {
        asked: ({ connectorId, csChargingProfiles: { chargingProfilePurpose } }) =>
          chargingProfilePurpose === 'ChargePointMaxProfile' && connectorId !== 0
            ? `a ChargePointMaxProfile was set at connector ${connectorId}`
            : undefined,
      },
    },
    breaks: [set16({ ...absolute, chargingProfilePurpose: 'ChargePointMaxProfile' })],
    nearly: [
      set16({ ...absolute, chargingProfilePurpose: 'ChargePointMaxProfile', connectorId: 0 }),
    ],
  },
  in2x: {
    level: 'MUST',
    looks: {
      SetChargingProfile: {
        asked: ({ evseId, chargingProfile: { chargingProfilePurpose } }) =>
          chargingProfilePurpose === 'ChargingStationMaxProfile' && evseId !== 0
            ? `a ChargingStationMaxProfile was set at EVSE ${evseId}`
            : undefined,
      },
    },
    breaks: [set2x({ ...absolute, chargingProfilePurpose: 'ChargingStationMaxProfile' })],
    nearly: [
      set2x({ ...absolute, chargingProfilePurpose: 'ChargingStationMaxProfile', evseId: 0 }),
    ],
  },
}
