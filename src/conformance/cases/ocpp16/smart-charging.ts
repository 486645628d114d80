import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { moment, sameMoment } from '../moments.ts'
import { absent, any, type Filled, now, optional, type ValueRef, value } from '../values.ts'
import { asked, case16 } from './moves16.ts'
import { alive, authorized, booted16, charging, started, status, stopped } from './states16.ts'

const group = 'SmartCharging'

type SetChargingProfile = RequestOf<Actions16, 'SetChargingProfile'>
type Profile = SetChargingProfile['csChargingProfiles']
type Purpose = Profile['chargingProfilePurpose']
type ClearChargingProfile = RequestOf<Actions16, 'ClearChargingProfile'>

/** 6 A, then 8 A: whole amperes, which every reader of numbers takes. */
const periods = [
  { startPeriod: 0, limit: 6, numberPhases: 3 },
  { startPeriod: 60, limit: 8, numberPhases: 3 },
]

const schedule = { duration: 300, chargingRateUnit: 'A' } as const

/** Of it, what has to arrive: three phases go without saying [1.6 7.14]. */
const scheduleExpected = {
  ...schedule,
  chargingSchedulePeriod: periods.map((period) => ({ ...period, numberPhases: optional(3) })),
} as const

const instants = { validFrom: -60, validTo: 3600, startSchedule: 0 }

/** An Absolute profile, with its instants. */
function profile(
  chargingProfilePurpose: Purpose,
  stackLevel: number,
  id: number,
): Exclude<Filled<Profile>, ValueRef> {
  return {
    chargingProfileId: id,
    stackLevel,
    chargingProfilePurpose,
    chargingProfileKind: 'Absolute',
    validFrom: value('validFrom'),
    validTo: value('validTo'),
    chargingSchedule: {
      ...schedule,
      chargingSchedulePeriod: periods,
      startSchedule: value('startSchedule'),
    },
  }
}

/** What must arrive as it was ordered; ids are the CSMS's own. */
function expected(chargingProfilePurpose: Purpose, stackLevel: number) {
  return {
    stackLevel,
    chargingProfilePurpose,
    chargingProfileKind: 'Absolute' as const,
    recurrencyKind: absent,
    validFrom: any,
    validTo: any,
    chargingSchedule: { ...scheduleExpected, startSchedule: any },
  }
}

/** @param id what it is known by afterwards, too: `profile56` */
function set(
  purpose: Purpose,
  { id, stackLevel = 0 }: { readonly id: number; readonly stackLevel?: number },
): readonly Move[] {
  const connectorId = 1
  const ofTransaction = purpose === 'TxProfile'
  const own = ofTransaction ? { transactionId: value('transactionId') } : {}
  const clause = ofTransaction ? '1.6 5.16.3' : '1.6 5.16'
  return [
    ...Object.entries(instants).map(([name, awaySeconds]) => moment(name, awaySeconds)),
    asked('SetChargingProfile', {
      order: { connectorId, csChargingProfiles: { ...profile(purpose, stackLevel, id), ...own } },
      expect: {
        connectorId,
        csChargingProfiles: {
          ...expected(purpose, stackLevel),
          transactionId: ofTransaction ? value('transactionId') : absent,
        },
      },
      save: {
        [`profile${id}`]: '$.csChargingProfiles.chargingProfileId',
        'validFrom sent': '$.csChargingProfiles.validFrom',
        'validTo sent': '$.csChargingProfiles.validTo',
        'startSchedule sent': '$.csChargingProfiles.chargingSchedule.startSchedule',
      },
      answer: { status: 'Accepted' },
      clause,
    }),
    ...Object.keys(instants).map((name) => sameMoment(`${name} sent`, name, clause)),
  ]
}

/** Only what is ordered is said: one criterion more, and other profiles go. */
function clear(order: Exclude<Filled<ClearChargingProfile>, ValueRef>): Move {
  const nothing = {
    id: absent,
    connectorId: absent,
    chargingProfilePurpose: absent,
    stackLevel: absent,
  }
  return asked('ClearChargingProfile', {
    order,
    expect: { ...nothing, ...order },
    answer: { status: 'Accepted' },
    clause: '1.6 5.5',
  })
}

const start = { connectorId: 1, idTag: value('token') }

/** It begins when its transaction does. */
const profileOfStart = {
  chargingProfileId: 59,
  stackLevel: 0,
  chargingProfilePurpose: 'TxProfile',
  chargingProfileKind: 'Relative',
  chargingSchedule: { ...schedule, chargingSchedulePeriod: periods },
} as const

/** Limits. */
export const smartCharging16: readonly ConformanceCase[] = [
  case16({
    id: '056',
    title: 'A default profile for transactions is set',
    group,
    moves: [...booted16, ...set('TxDefaultProfile', { id: 56 }), alive],
  }),
  case16({
    id: '057',
    title: 'A profile for the transaction is set',
    group,
    moves: [...charging, ...set('TxProfile', { id: 57 }), alive, ...stopped],
  }),
  case16({
    id: '059',
    title: 'A transaction is started from afar, with a profile',
    group,
    moves: [
      ...booted16,
      asked('RemoteStartTransaction', {
        order: { ...start, chargingProfile: profileOfStart },
        // There is no transaction yet [1.6 errata 3.41].
        expect: {
          ...start,
          chargingProfile: {
            ...profileOfStart,
            chargingProfileId: any,
            transactionId: absent,
            chargingSchedule: scheduleExpected,
          },
        },
        answer: { status: 'Accepted' },
        clause: '1.6 5.11, 5.16.2',
      }),
      authorized,
      status(1, 'Preparing'),
      started,
      status(1, 'Charging'),
      ...stopped,
    ],
  }),
  case16({
    id: '066',
    title: 'The composite schedule is asked for',
    group,
    moves: [
      ...booted16,
      asked('GetCompositeSchedule', {
        order: { connectorId: 1, duration: 300, chargingRateUnit: 'A' },
        answer: {
          status: 'Accepted',
          connectorId: 1,
          scheduleStart: now(),
          chargingSchedule: {
            duration: 300,
            chargingRateUnit: 'A',
            chargingSchedulePeriod: periods,
          },
        },
        clause: '1.6 5.7',
      }),
      alive,
    ],
  }),
  case16({
    id: '067',
    title: 'Profiles are cleared: by id, by criteria, all',
    group,
    moves: [
      ...booted16,
      ...set('TxDefaultProfile', { id: 56 }),
      ...set('TxDefaultProfile', { id: 67, stackLevel: 1 }),
      ...set('TxDefaultProfile', { id: 68, stackLevel: 2 }),
      clear({ id: value('profile56') }),
      clear({ connectorId: 1, chargingProfilePurpose: 'TxDefaultProfile', stackLevel: 1 }),
      clear({}),
      alive,
    ],
  }),
]
