import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import type { Move, Saves } from '../case.ts'
import { moment } from '../moments.ts'
import {
  absent,
  any,
  type Filled,
  type Matching,
  optional,
  type ValueRef,
  value,
} from '../values.ts'
import { asked } from './moves201.ts'

export type Profile = RequestOf<Actions201, 'SetChargingProfile'>['chargingProfile']

/** What cases tell apart about a profile; everything else is the same for all of them. */
export interface ProfileRow {
  readonly id: number | ValueRef
  readonly evseId: number
  readonly purpose: Profile['chargingProfilePurpose']
  readonly kind?: 'Absolute' | 'Relative' | 'Recurring'
  /** Of a Recurring one; default Daily. */
  readonly recurs?: 'Daily' | 'Weekly'
  readonly stackLevel?: number
  /** A; default 6. */
  readonly limit?: number
  readonly transactionId?: ValueRef
  /** Periods after the first, seconds and A. */
  readonly later?: readonly { readonly startPeriod: number; readonly limit: number }[]
}

/**
 * How long the schedules of all of them are, seconds; they are valid no longer. What a case leaves behind
 * at the CSMS is over soon, and needs no CALL that this CSMS may not be able to send.
 */
const duration = 300

/** The times that profiles are ordered with. */
export const profileTimes: readonly Move[] = [
  moment('profileFrom', 0),
  moment('profileTo', duration),
]

/**
 * A profile as it is ordered. A Relative one begins with its transaction: it has neither a
 * validity nor a start [2.0.1 K01.FR.40, FR.41].
 */
export function profileOf(row: ProfileRow): Filled<Profile> {
  const { id, purpose, kind = 'Absolute', recurs = 'Daily', stackLevel = 0, transactionId } = row
  const dated = kind !== 'Relative'
  return {
    id,
    stackLevel,
    chargingProfilePurpose: purpose,
    chargingProfileKind: kind,
    ...(kind === 'Recurring' && { recurrencyKind: recurs }),
    ...(dated && { validFrom: value('profileFrom'), validTo: value('profileTo') }),
    ...(transactionId && { transactionId }),
    chargingSchedule: [
      {
        id: 1,
        ...(dated && { startSchedule: value('profileFrom') }),
        duration,
        chargingRateUnit: 'A',
        chargingSchedulePeriod: periodsOf(row).map((period) => ({ ...period, numberPhases: 3 })),
      },
    ],
  }
}

/** From when and until when it holds. */
const validity = { validFrom: any, validTo: any } as const

/**
 * What every CSMS has to send for it; ids are its own, and three phases go without saying.
 *
 * @param holds what it has to say of its validity, unless it is Relative
 */
export function profileMatching(row: ProfileRow, holds: object = validity): Matching<Profile> {
  const { purpose, kind = 'Absolute', recurs = 'Daily', stackLevel = 0, transactionId } = row
  const dated = kind === 'Relative' ? absent : any
  return {
    id: any,
    stackLevel,
    chargingProfilePurpose: purpose,
    chargingProfileKind: kind,
    recurrencyKind: kind === 'Recurring' ? recurs : absent,
    ...(kind !== 'Relative' && holds),
    transactionId: transactionId ?? absent,
    chargingSchedule: [
      {
        startSchedule: dated,
        duration,
        chargingRateUnit: 'A',
        chargingSchedulePeriod: periodsOf(row).map((period) => ({
          ...period,
          numberPhases: optional(3),
          phaseToUse: absent,
        })),
      },
    ],
  }
}

function periodsOf({ limit = 6, later = [] }: ProfileRow) {
  return [{ startPeriod: 0, limit }, ...later]
}

interface Setting {
  readonly clause?: string
  readonly id?: Matching<number>
  readonly save?: Saves
  readonly answer?: { readonly status: 'Accepted' | 'Rejected' } | 'NotSupported'
  /** A profile that says nothing of its validity is a warning; default: it is wrong. */
  readonly validity?: 'preferred'
}

/** The CSMS sends a profile, whole, for the right EVSE. */
export function sets(row: ProfileRow, setting: Setting = {}): readonly Move[] {
  const { clause = '2.0.1 K01', id = any, save = {}, answer = { status: 'Accepted' } } = setting
  const mayHoldForEver = setting.validity === 'preferred'
  const matching = profileMatching(row, mayHoldForEver ? {} : validity)
  return [
    ...profileTimes,
    asked('SetChargingProfile', {
      order: { evseId: row.evseId, chargingProfile: profileOf(row) },
      expect: {
        evseId: row.evseId,
        chargingProfile: { ...(matching as object), id },
      },
      ...(mayHoldForEver && { prefer: { chargingProfile: validity } }),
      answer: answer === 'NotSupported' ? { callError: answer } : answer,
      save: { profileId: '$.chargingProfile.id', ...save },
      clause,
    }),
  ]
}
