import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import type { ConformanceCase, Move, Saves } from '../case.ts'
import { moment, sameMoment } from '../moments.ts'
import { absent, any, type Filled, now, type ValueRef, value } from '../values.ts'
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

const instants = { validFrom: -60, validTo: 3600, startSchedule: 0 }

/** Makes the CSMS send a profile whose instants are in it as they were ordered. */
function timely(at: string, clause: string, sent: (saves: Saves) => Move): readonly Move[] {
  const paths = Object.keys(instants).map((name): readonly [string, string] => [
    `${name} sent`,
    `${at}.${name === 'startSchedule' ? 'chargingSchedule.startSchedule' : name}`,
  ])
  return [
    ...Object.entries(instants).map(([name, awaySeconds]) => moment(name, awaySeconds)),
    sent(Object.fromEntries(paths)),
    ...Object.keys(instants).map((name) => sameMoment(`${name} sent`, name, clause)),
  ]
}

/** What must arrive as it was ordered; ids are the CSMS's own. */
function shape(chargingProfilePurpose: Purpose, stackLevel: number) {
  return {
    stackLevel,
    chargingProfilePurpose,
    chargingProfileKind: 'Absolute' as const,
    chargingSchedule: {
      duration: 300,
      chargingRateUnit: 'A' as const,
      chargingSchedulePeriod: periods,
    },
  }
}

function profile(
  purpose: Purpose,
  stackLevel: number,
  id: number,
): Exclude<Filled<Profile>, ValueRef> {
  const { chargingSchedule, ...rest } = shape(purpose, stackLevel)
  return {
    ...rest,
    chargingProfileId: id,
    validFrom: value('validFrom'),
    validTo: value('validTo'),
    chargingSchedule: { ...chargingSchedule, startSchedule: value('startSchedule') },
  }
}

function expected(purpose: Purpose, stackLevel: number) {
  const { chargingSchedule, ...rest } = shape(purpose, stackLevel)
  return {
    ...rest,
    recurrencyKind: absent,
    validFrom: any,
    validTo: any,
    chargingSchedule: { ...chargingSchedule, startSchedule: any },
  }
}

/** @param id what it is known by afterwards, too: `profile56` */
function set(
  purpose: Purpose,
  {
    id,
    connectorId = 1,
    stackLevel = 0,
  }: { readonly id: number; readonly connectorId?: number; readonly stackLevel?: number },
): readonly Move[] {
  const ofTransaction = purpose === 'TxProfile'
  const own = ofTransaction ? { transactionId: value('transactionId') } : {}
  const clause = '1.6 5.16'
  return timely('$.csChargingProfiles', clause, (saves) =>
    asked('SetChargingProfile', {
      order: { connectorId, csChargingProfiles: { ...profile(purpose, stackLevel, id), ...own } },
      expect: {
        connectorId,
        csChargingProfiles: {
          ...expected(purpose, stackLevel),
          transactionId: ofTransaction ? value('transactionId') : absent,
        },
      },
      save: { ...saves, [`profile${id}`]: '$.csChargingProfiles.chargingProfileId' },
      answer: { status: 'Accepted' },
      clause,
    }),
  )
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
      status(1, 'Preparing'),
      ...timely('$.chargingProfile', '1.6 5.16.2', (save) =>
        asked('RemoteStartTransaction', {
          order: { ...start, chargingProfile: profile('TxProfile', 0, 59) },
          // There is no transaction yet [1.6 errata 3.41].
          expect: {
            ...start,
            chargingProfile: { ...expected('TxProfile', 0), transactionId: absent },
          },
          save,
          answer: { status: 'Accepted' },
          clause: '1.6 5.11, 5.16.2',
        }),
      ),
      authorized,
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
      ...set('TxDefaultProfile', { id: 66 }),
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
      ...charging,
      ...set('ChargePointMaxProfile', { id: 67, connectorId: 0 }),
      ...set('TxDefaultProfile', { id: 68, stackLevel: 1 }),
      ...set('TxProfile', { id: 69 }),
      clear({ id: value('profile67') }),
      clear({ connectorId: 1, chargingProfilePurpose: 'TxDefaultProfile', stackLevel: 1 }),
      clear({}),
      alive,
      ...stopped,
    ],
  }),
]
