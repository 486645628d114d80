import type { Rule } from '../rule.ts'
import { set2x, set16 } from './shown.ts'

const ofTransaction = { chargingProfilePurpose: 'TxProfile' }

export const txPlace: Rule = {
  id: 'PROFILE_TX_PLACE',
  title: 'a profile of one transaction is set where it charges, above 0',
  clause: '1.6 5.16, 2.0.1 K01.FR.16',
  judges: 'csms',
  in16: {
    level: 'MUST',
    looks: {
      SetChargingProfile: {
        asked: ({ connectorId, csChargingProfiles: { chargingProfilePurpose } }) =>
          chargingProfilePurpose === 'TxProfile' && connectorId <= 0
            ? `a TxProfile was set at connector ${connectorId}`
            : undefined,
      },
    },
    breaks: [set16({ ...ofTransaction, transactionId: 7, connectorId: 0 })],
    nearly: [set16({ ...ofTransaction, transactionId: 7, connectorId: 2 })],
  },
  in2x: {
    level: 'MUST',
    looks: {
      SetChargingProfile: {
        asked: ({ evseId, chargingProfile: { chargingProfilePurpose } }) =>
          chargingProfilePurpose === 'TxProfile' && evseId <= 0
            ? `a TxProfile was set at EVSE ${evseId}`
            : undefined,
      },
    },
    breaks: [set2x({ ...ofTransaction, transactionId: 'T7', evseId: 0 })],
    nearly: [set2x({ ...ofTransaction, transactionId: 'T7', evseId: 2 })],
  },
}
