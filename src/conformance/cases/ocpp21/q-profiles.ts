import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import type { Move } from '../case.ts'
import {
  absent,
  any,
  inAnyOrder,
  type Matching,
  type Operator,
  optional,
  type ValueRef,
  value,
} from '../values.ts'
import { asked, call } from './moves21.ts'

type Profile = RequestOf<Actions21, 'SetChargingProfile'>['chargingProfile']
type Period = Profile['chargingSchedule'][0]['chargingSchedulePeriod'][0]
type Mode = NonNullable<Period['operationMode']>

/** What a period of some mode is ordered with, beside its start. */
type Ordered = Omit<Period, 'startPeriod'> & { readonly operationMode: Mode }

/** Profiles of these cases are for the first EVSE. */
export const evseId = 1

/** Limits and setpoints of a period, those of single phases too. */
const powers = ['limit', 'dischargeLimit', 'setpoint', 'setpointReactive'].flatMap((name) => [
  name,
  `${name}_L2`,
  `${name}_L3`,
])

/** What else belongs to some modes only. */
const ofSomeModes = [...powers, 'v2xBaseline', 'v2xFreqWattCurve', 'v2xSignalWattCurve']

/** What the other side sets: a CSMS may leave it out, or name a value to begin with [2.1 Q05]. */
const setElsewhere: { readonly [M in Mode]?: readonly string[] } = {
  ExternalSetpoint: ['setpoint', 'setpoint_L2', 'setpoint_L3'],
  ExternalLimits: powers.filter((name) => /limit/i.test(name)),
}

/** Of a period: as it was ordered, and nothing that its mode does not have. */
function periodMatching({ operationMode, ...told }: Ordered): Matching<Period> {
  const free = setElsewhere[operationMode] ?? []
  const nothingElse = Object.fromEntries(
    ofSomeModes.filter((name) => !free.includes(name)).map((name) => [name, absent]),
  )
  const { v2xFreqWattCurve: frequencies, v2xSignalWattCurve: signals, evseSleep } = told
  return {
    startPeriod: 0,
    operationMode,
    ...nothingElse,
    evseSleep: optional(false),
    preconditioningRequest: optional(false),
    ...(told as Matching<Period> & object),
    ...(frequencies && { v2xFreqWattCurve: inAnyOrder(frequencies) }),
    ...(signals && { v2xSignalWattCurve: inAnyOrder(signals) }),
    // False goes without saying.
    ...(evseSleep === false && { evseSleep: optional(false) }),
  }
}

interface V2xProfile {
  readonly kind: 'Relative' | 'Dynamic'
  readonly period: Ordered
  readonly clause: string
  /** The TxProfile of this transaction in the place of the one it has; default: a TxDefaultProfile. */
  readonly transactionId?: ValueRef
  /** Seconds after which the station asks for other values. */
  readonly dynUpdateInterval?: number
}

/** The CSMS sets a profile of one period, whose mode says what is in it; W. Its id is `profileId`. */
export function setsMode(row: V2xProfile): Move {
  const { kind, period, clause, transactionId, dynUpdateInterval } = row
  const which = {
    chargingProfilePurpose: transactionId ? 'TxProfile' : 'TxDefaultProfile',
    chargingProfileKind: kind,
    ...(transactionId && { transactionId }),
    ...(dynUpdateInterval !== undefined && { dynUpdateInterval }),
  } as const
  const replaced = { id: value('profileId'), stackLevel: value('stackLevel') }
  return asked('SetChargingProfile', {
    order: {
      evseId,
      chargingProfile: {
        ...(transactionId ? replaced : { id: 721, stackLevel: 0 }),
        ...which,
        chargingSchedule: [
          { id: 1, chargingRateUnit: 'W', chargingSchedulePeriod: [{ startPeriod: 0, ...period }] },
        ],
      },
    },
    expect: {
      evseId,
      chargingProfile: {
        transactionId: absent,
        ...which,
        ...(transactionId ? replaced : { id: any, stackLevel: 0 }),
        // Of Dynamic ones alone [2.1 K01.FR.122].
        ...(kind === 'Relative' && { dynUpdateInterval: absent, dynUpdateTime: absent }),
        chargingSchedule: [
          {
            ...(kind === 'Relative' && { startSchedule: absent }),
            chargingRateUnit: 'W',
            chargingSchedulePeriod: [periodMatching(period)],
          },
        ],
      },
    },
    save: { profileId: '$.chargingProfile.id', stackLevel: '$.chargingProfile.stackLevel' },
    answer: { status: 'Accepted' },
    clause: kind === 'Dynamic' ? `${clause}, 2.1 K28.FR.01, FR.02` : clause,
  })
}

/** The CSMS gives the Dynamic profile another setpoint, W; negative: the EV gives. */
export function setpointUpdated(setpoint: number): Move {
  const scheduleUpdate = { setpoint }
  return asked('UpdateDynamicSchedule', {
    order: { chargingProfileId: value('profileId'), scheduleUpdate },
    answer: { status: 'Accepted' },
    clause: '2.1 Q04, Q07, K28',
  })
}

/** The CSMS takes the profile of the case back [2.1 K10]. */
export const profileCleared: Move = asked('ClearChargingProfile', {
  order: { chargingProfileId: value('profileId') },
  expect: { chargingProfileId: value('profileId'), chargingProfileCriteria: absent },
  answer: { status: 'Accepted' },
  clause: '2.1 K10.FR.02',
})

/**
 * The station asks which values of a Dynamic profile hold now [2.1 K28.FR.10]; they are saved as
 * `pulled`.
 */
export function pulled(
  chargingProfileId: number | ValueRef,
  status: 'Accepted' | 'Rejected',
  scheduleUpdate: Operator | { readonly limit: Operator } = any,
): Move {
  const accepted = status === 'Accepted'
  return call(
    'PullDynamicScheduleUpdate',
    { chargingProfileId },
    {
      expect: accepted ? { status, scheduleUpdate } : { status },
      save: { pulled: '$.scheduleUpdate' },
      clause: accepted ? '2.1 K28.FR.07' : '2.1 K28.FR.12',
    },
  )
}
