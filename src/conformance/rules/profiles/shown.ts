import { csms, type Passage } from '../sequence.ts'

type Fields = Readonly<Record<string, unknown>>

const periods = [{ startPeriod: 0, limit: 16 }]

/** 1.6: sets profile 1, for every transaction at connector 1. */
export function set16({ connectorId = 1, schedule = {}, ...profile }: Fields = {}): Passage {
  const csChargingProfiles = {
    chargingProfileId: 1,
    stackLevel: 0,
    chargingProfilePurpose: 'TxDefaultProfile',
    chargingProfileKind: 'Relative',
    chargingSchedule: {
      chargingRateUnit: 'A',
      chargingSchedulePeriod: periods,
      ...(schedule as object),
    },
    ...profile,
  }
  return csms('SetChargingProfile', { connectorId, csChargingProfiles }, { status: 'Accepted' })
}

/** 2.x: a profile, for every transaction. */
export function profile2x({ schedule = {}, ...profile }: Fields = {}): object {
  return {
    id: 1,
    stackLevel: 0,
    chargingProfilePurpose: 'TxDefaultProfile',
    chargingProfileKind: 'Relative',
    chargingSchedule: [
      {
        id: 1,
        chargingRateUnit: 'A',
        chargingSchedulePeriod: periods,
        ...(schedule as object),
      },
    ],
    ...profile,
  }
}

/** 2.x: sets it at EVSE 1. */
export function set2x({ evseId = 1, ...fields }: Fields = {}): Passage {
  return csms(
    'SetChargingProfile',
    { evseId, chargingProfile: profile2x(fields) },
    { status: 'Accepted' },
  )
}
