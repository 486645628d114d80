import type { Objection, Rule } from '../rule.ts'
import { csms } from '../sequence.ts'
import { profile2x } from './shown.ts'

interface Profile {
  readonly chargingProfilePurpose: string
  readonly transactionId?: number | string
}

function objection(profile: Profile | undefined): Objection {
  if (!profile) return undefined
  const { chargingProfilePurpose: purpose, transactionId } = profile
  if (purpose !== 'TxProfile') return `a remote start comes with a ${purpose}`
  return transactionId === undefined
    ? undefined
    : `a remote start comes with a profile of transaction ${transactionId}`
}

const start16 = (more: object) =>
  csms(
    'RemoteStartTransaction',
    {
      idTag: 'TAG',
      connectorId: 1,
      chargingProfile: {
        chargingProfileId: 1,
        stackLevel: 0,
        chargingProfilePurpose: 'TxProfile',
        chargingProfileKind: 'Relative',
        chargingSchedule: {
          chargingRateUnit: 'A',
          chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }],
        },
        ...more,
      },
    },
    { status: 'Accepted' },
  )

const start2x = (more: Readonly<Record<string, unknown>>) =>
  csms(
    'RequestStartTransaction',
    {
      idToken: { idToken: 'TAG', type: 'ISO14443' },
      remoteStartId: 1,
      evseId: 1,
      chargingProfile: profile2x(more),
    },
    { status: 'Accepted' },
  )

export const remoteStartProfile: Rule = {
  id: 'PROFILE_OF_REMOTE_START',
  title:
    'the profile of a remote start is for the transaction that is to begin, which has no id yet',
  clause: '1.6 5.11, errata 3.41, 2.0.1 F01.FR.09, F01.FR.11',
  judges: 'csms',
  in16: {
    level: 'MUST',
    looks: {
      RemoteStartTransaction: { asked: ({ chargingProfile }) => objection(chargingProfile) },
    },
    breaks: [start16({ chargingProfilePurpose: 'TxDefaultProfile' })],
    nearly: [start16({})],
  },
  in2x: {
    level: 'MUST',
    looks: {
      RequestStartTransaction: { asked: ({ chargingProfile }) => objection(chargingProfile) },
    },
    breaks: [start2x({ chargingProfilePurpose: 'TxProfile', transactionId: 'T7' })],
    nearly: [start2x({ chargingProfilePurpose: 'TxProfile' })],
  },
}
