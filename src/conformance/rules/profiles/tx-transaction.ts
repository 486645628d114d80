import type { Rule } from '../rule.ts'
import { set2x, set16 } from './shown.ts'

export const txTransaction: Rule = {
  id: 'PROFILE_TX_TRANSACTION',
  title: 'a profile of one transaction names it, no other names one',
  clause: '1.6 7.8, 2.0.1 K01.FR.03, Part 2 2.10',
  judges: 'csms',
  in16: {
    level: 'MUST',
    looks: {
      SetChargingProfile: {
        // That a TxProfile names its transaction is optional here.
        asked: ({ csChargingProfiles: { chargingProfilePurpose, transactionId } }) =>
          chargingProfilePurpose !== 'TxProfile' && transactionId !== undefined
            ? `a ${chargingProfilePurpose} names transaction ${transactionId}`
            : undefined,
      },
    },
    breaks: [set16({ transactionId: 7 })],
    nearly: [set16({ chargingProfilePurpose: 'TxProfile' })],
  },
  in2x: {
    level: 'MUST',
    looks: {
      SetChargingProfile: {
        asked: ({ chargingProfile: { chargingProfilePurpose, transactionId } }) => {
          const ofTransaction = chargingProfilePurpose === 'TxProfile'
          if (ofTransaction === (transactionId !== undefined)) return undefined
          return ofTransaction
            ? 'a TxProfile names no transaction'
            : `a ${chargingProfilePurpose} names transaction ${transactionId}`
        },
      },
    },
    breaks: [set2x({ chargingProfilePurpose: 'TxProfile' })],
    nearly: [set2x({ chargingProfilePurpose: 'TxProfile', transactionId: 'T7' })],
  },
}
