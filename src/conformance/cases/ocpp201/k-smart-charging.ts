import type { ConformanceCase } from '../case.ts'
import { sameMoment } from '../moments.ts'
import { transactionId } from '../transaction-events.ts'
import { absent, any, fresh, not, now, tokenOf, value } from '../values.ts'
import { type ProfileRow, profileMatching, profileOf, sets } from './charging-profiles.ts'
import { evCharging201 } from './k-ev-charging.ts'
import { anyCriteria, profileReports201 } from './k-profile-reports.ts'
import { asked, call, case201 } from './moves201.ts'
import { booted201, charging, event, status, stillThere, unplugged } from './states201.ts'

/**
 * The profiles of the cases. What shares purpose, EVSE and stack level shares its id: a CSMS may
 * remember what the last case left behind [2.0.1 K01.FR.06].
 */
export const ofEvse: ProfileRow = { id: 11, evseId: 1, purpose: 'TxDefaultProfile' }
const ofEvseAbove: ProfileRow = { ...ofEvse, id: 12, stackLevel: 1 }
export const ofEveryEvse: ProfileRow = { ...ofEvse, id: 10, evseId: 0, stackLevel: 2 }
export const ofStation: ProfileRow = {
  id: 20,
  evseId: 0,
  purpose: 'ChargingStationMaxProfile',
  limit: 8,
}
const ofTransaction: ProfileRow = {
  id: 31,
  evseId: 1,
  purpose: 'TxProfile',
  kind: 'Relative',
  limit: 7,
}

/** CSMSs have to know both kinds of recurrence. */
export const everyDay: ProfileRow = {
  ...ofEvse,
  kind: 'Recurring',
  later: [
    { startPeriod: 60, limit: 10 },
    { startPeriod: 120, limit: 8 },
  ],
}
export const everyWeek: ProfileRow = { ...everyDay, recurs: 'Weekly' }

const setting: readonly ConformanceCase[] = [
  case201({
    id: 'K_01',
    title: 'The CSMS gives one EVSE a default profile',
    profile: 'Smart Charging',
    moves: [
      ...booted201,
      ...sets(ofEvse, {
        save: {
          validFrom: '$.chargingProfile.validFrom',
          validTo: '$.chargingProfile.validTo',
          startSchedule: '$.chargingProfile.chargingSchedule[0].startSchedule',
        },
        clause: '2.0.1 K01.FR.31',
      }),
      sameMoment('validFrom', 'profileFrom', '2.0.1 K01.FR.36'),
      sameMoment('validTo', 'profileTo', '2.0.1 K01.FR.37'),
      sameMoment('startSchedule', 'profileFrom', '2.0.1 K01.FR.40'),
      stillThere,
    ],
  }),
  case201({
    id: 'K_02',
    title: 'A profile for a transaction that nobody knows is refused, and the CSMS goes on',
    profile: 'Optional',
    moves: [
      ...booted201,
      ...sets(
        { ...ofTransaction, id: 30, transactionId: fresh('nobody') },
        { answer: { status: 'Rejected' }, clause: '2.0.1 K01.FR.03' },
      ),
      stillThere,
    ],
  }),
  case201({
    id: 'K_03',
    title: 'The CSMS limits a whole station',
    profile: 'Smart Charging',
    moves: [...booted201, ...sets(ofStation, { clause: '2.0.1 K01.FR.38' }), stillThere],
  }),
  case201({
    id: 'K_04',
    title: 'The CSMS replaces a profile: the same id, another limit',
    profile: 'Smart Charging',
    moves: [
      ...booted201,
      ...sets({ ...ofEvse, limit: 8 }),
      ...sets(
        { ...ofEvse, id: value('profileId'), limit: 6 },
        { id: value('profileId'), clause: '2.0.1 K01.FR.05' },
      ),
      stillThere,
    ],
  }),
  case201({
    id: 'K_10',
    title: 'The CSMS gives every EVSE of a station a default profile',
    profile: 'Smart Charging',
    feature: 'C-SC-4 or ISO 15118',
    moves: [...booted201, ...sets(ofEveryEvse, { clause: '2.0.1 K01.FR.31' }), stillThere],
  }),
  case201({
    id: 'K_15',
    title: 'A station without smart charging answers NotSupported, and the CSMS goes on',
    profile: 'Smart Charging',
    moves: [...booted201, ...sets(ofEvse, { answer: 'NotSupported' }), stillThere],
  }),
  case201({
    id: 'K_19',
    title: 'The CSMS sends a profile for every day, its periods in order, then one for every week',
    profile: 'Smart Charging',
    moves: [
      ...booted201,
      ...sets(everyDay, { clause: '2.0.1 K01.FR.31, FR.35' }),
      ...sets(everyWeek, { clause: '2.0.1 K01.FR.31, FR.35' }),
      stillThere,
    ],
  }),
  case201({
    id: 'K_37',
    title: 'The CSMS starts a transaction, and sends its profile along',
    profile: 'Smart Charging',
    moves: [
      ...booted201,
      asked('RequestStartTransaction', {
        order: {
          evseId: 1,
          remoteStartId: 37,
          idToken: tokenOf('token'),
          chargingProfile: profileOf(ofTransaction),
        },
        expect: {
          evseId: 1,
          remoteStartId: any,
          idToken: tokenOf('token'),
          chargingProfile: profileMatching(ofTransaction),
        },
        answer: { status: 'Accepted' },
        save: { remoteStartId: '$.remoteStartId' },
        clause: '2.0.1 K05.FR.02, F01.FR.08',
      }),
      status(1, 'Occupied'),
      event('Started', 'RemoteStart', {
        idToken: tokenOf('token'),
        info: { chargingState: 'EVConnected', remoteStartId: value('remoteStartId') },
        expect: { idTokenInfo: { status: 'Accepted' } },
      }),
      ...unplugged,
    ],
  }),
  case201({
    id: 'K_60',
    title: 'The CSMS sends a profile for the transaction that goes on',
    profile: 'Smart Charging',
    moves: [
      ...charging,
      ...sets({ ...ofTransaction, transactionId: transactionId() }, { clause: '2.0.1 K01.FR.03' }),
      ...unplugged,
    ],
  }),
  case201({
    id: 'K_70',
    title: 'Two profiles one above the other: two ids, two stack levels',
    profile: 'Smart Charging',
    moves: [
      ...booted201,
      ...sets(ofEvse),
      ...sets(ofEvseAbove, { id: not(value('profileId')), clause: '2.0.1 K01.FR.06' }),
      stillThere,
    ],
  }),
]

/** Which profiles the CSMS wants gone, and of the rest nothing [2.0.1 K10.FR.02]. */
const oneStackLevel = {
  chargingProfilePurpose: 'TxDefaultProfile',
  stackLevel: 0,
  evseId: 1,
} as const

const clearing: readonly ConformanceCase[] = [
  case201({
    id: 'K_05',
    title: 'The CSMS clears a profile by the id that the station reported',
    profile: 'Smart Charging',
    moves: [
      ...booted201,
      asked('GetChargingProfiles', {
        order: {
          requestId: 5,
          evseId: 0,
          chargingProfile: { chargingProfilePurpose: 'ChargingStationMaxProfile' },
        },
        expect: { requestId: any, evseId: 0, chargingProfile: anyCriteria },
        answer: { status: 'Accepted' },
        save: { requestId: '$.requestId' },
        clause: '2.0.1 K09.FR.03',
      }),
      call('ReportChargingProfiles', {
        requestId: value('requestId'),
        chargingLimitSource: 'CSO',
        evseId: 0,
        chargingProfile: [
          {
            id: 20,
            stackLevel: 0,
            chargingProfilePurpose: 'ChargingStationMaxProfile',
            chargingProfileKind: 'Absolute',
            chargingSchedule: [
              {
                id: 1,
                startSchedule: now(),
                chargingRateUnit: 'A',
                chargingSchedulePeriod: [{ startPeriod: 0, limit: 8 }],
              },
            ],
          },
        ],
      }),
      asked('ClearChargingProfile', {
        order: { chargingProfileId: 20 },
        expect: { chargingProfileId: 20, chargingProfileCriteria: absent },
        answer: { status: 'Accepted' },
        clause: '2.0.1 K10.FR.02',
      }),
      stillThere,
    ],
  }),
  ...(['Accepted', 'Unknown'] as const).map((is) =>
    case201({
      id: is === 'Accepted' ? 'K_06' : 'K_08',
      title:
        is === 'Accepted'
          ? 'The CSMS clears what has a purpose and a stack level at an EVSE'
          : 'Where there is nothing to clear the station says so, and the CSMS goes on',
      profile: 'Smart Charging',
      moves: [
        ...booted201,
        asked('ClearChargingProfile', {
          order: { chargingProfileCriteria: oneStackLevel },
          expect: { chargingProfileId: absent, chargingProfileCriteria: oneStackLevel },
          answer: { status: is },
          clause: '2.0.1 K10.FR.02',
        }),
        stillThere,
      ],
    }),
  ),
]

/** K. Smart charging. */
export const smartCharging201: readonly ConformanceCase[] = [
  ...setting,
  ...clearing,
  ...profileReports201,
  ...evCharging201,
].sort((one, other) => one.id.localeCompare(other.id))
