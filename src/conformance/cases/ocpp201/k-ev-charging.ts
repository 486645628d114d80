import { CaseOver } from '../../play/stage.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { does } from '../moves.ts'
import { transactionId } from '../transaction-events.ts'
import { any, now, oneOf, tokenOf, value } from '../values.ts'
import { profileTimes } from './charging-profiles.ts'
import { asked, call, case201 } from './moves201.ts'
import { authorized, booted201, charges, event, status, unplugged } from './states201.ts'

/** Schedules per profile and periods per schedule that the EV of these cases can take. */
const maxScheduleTuples = 3

/** What it wants is little: no profile of another case stands in its way. */
const needsOfEv = {
  requestedEnergyTransfer: 'AC_single_phase',
  acChargingParameters: {
    energyAmount: 10_000,
    evMinCurrent: 6,
    evMaxCurrent: 6,
    evMaxVoltage: 230,
  },
} as const

/** Authorized and plugged in; who is to charge is known before what the EV needs [2.0.1 K15.FR.16]. */
const ready: readonly Move[] = [
  ...booted201,
  authorized,
  event('Started', 'Authorized', {
    idToken: tokenOf('token'),
    expect: { idTokenInfo: { status: 'Accepted' } },
    clause: '2.0.1 E03.FR.02',
  }),
  status(1, 'Occupied'),
  event('Updated', 'CablePluggedIn', { info: { chargingState: 'EVConnected' } }),
]

function needs(clause: string): Move {
  return call(
    'NotifyEVChargingNeeds',
    { evseId: 1, maxScheduleTuples, chargingNeeds: needsOfEv },
    { expect: { status: oneOf('Accepted', 'Processing') }, clause },
  )
}

/** What a profile for the transaction of the case has to have. */
const forTransaction = {
  evseId: 1,
  chargingProfile: {
    chargingProfilePurpose: 'TxProfile',
    transactionId: transactionId(),
    chargingSchedule: any,
  },
} as const

const profileSaves = {
  profileId: '$.chargingProfile.id',
  stackLevel: '$.chargingProfile.stackLevel',
  schedules: '$.chargingProfile.chargingSchedule',
  schedule: '$.chargingProfile.chargingSchedule[0]',
}

/** An EV waits a minute for its schedule, no longer [2.0.1 K15.FR.08]. */
const patienceMs = 60_000

/** The CSMS sends a profile because of what the EV needs, and one that the EV can take. */
function profileComes(clause: string): readonly Move[] {
  return [
    asked('SetChargingProfile', {
      expect: forTransaction,
      answer: { status: 'Accepted' },
      withinMs: patienceMs,
      save: profileSaves,
      clause,
    }),
    does('the EV can take the schedules', (scene) => {
      const schedules = schedulesIn(scene.values.get('schedules'))
      const most = Math.max(0, ...schedules.map((one) => one.chargingSchedulePeriod.length))
      const few = schedules.length >= 1 && schedules.length <= 3 && most <= maxScheduleTuples
      scene.check('as many as the EV takes', few, {
        detail: `${schedules.length} schedules, at most ${most} periods; the EV takes 3 and ${maxScheduleTuples}`,
        clause,
      })
      scene.check('one schedule', schedules.length <= 1, {
        detail: `${schedules.length} schedules: nobody knows which of them the EV takes`,
        clause: '2.0.1 K15.FR.18',
        level: 'SHOULD',
      })
      if (schedules.length === 0) throw new CaseOver()
    }),
  ]
}

/** The CSMS sends a profile because it was told to, in place of the one that is there. */
const profileOrdered: readonly Move[] = [
  ...profileTimes,
  asked('SetChargingProfile', {
    order: {
      evseId: 1,
      chargingProfile: {
        id: value('profileId'),
        stackLevel: value('stackLevel'),
        chargingProfilePurpose: 'TxProfile',
        chargingProfileKind: 'Absolute',
        transactionId: transactionId(),
        chargingSchedule: [
          {
            id: 1,
            startSchedule: value('profileFrom'),
            chargingRateUnit: 'W',
            chargingSchedulePeriod: [{ startPeriod: 0, limit: 1380 }],
          },
        ],
      },
    },
    expect: {
      evseId: 1,
      chargingProfile: {
        id: value('profileId'),
        stackLevel: value('stackLevel'),
        chargingProfilePurpose: 'TxProfile',
        chargingProfileKind: 'Absolute',
        transactionId: transactionId(),
        chargingSchedule: [
          {
            startSchedule: any,
            chargingRateUnit: 'W',
            chargingSchedulePeriod: [{ startPeriod: 0, limit: 1380 }],
          },
        ],
      },
    },
    answer: { status: 'Accepted' },
    save: profileSaves,
    clause: '2.0.1 K16, K01.FR.03, FR.39',
  }),
]

interface Schedule {
  readonly chargingSchedulePeriod: readonly { readonly limit: number }[]
}

/** Those that can be read. */
function schedulesIn(found: unknown): readonly Schedule[] {
  const list: readonly unknown[] = Array.isArray(found) ? found : []
  return list.filter((one): one is Schedule => {
    const { chargingSchedulePeriod: periods } = (one ?? {}) as Partial<Schedule>
    return Array.isArray(periods) && periods.every((period) => typeof period?.limit === 'number')
  })
}

/** The EV tells how it will charge: as it was told to. */
function followed(clause: string): Move {
  return call(
    'NotifyEVChargingSchedule',
    { evseId: 1, timeBase: now(), chargingSchedule: value('schedule') },
    { expect: { status: 'Accepted' }, clause },
  )
}

/** The EV wants ten times of what it was given. */
const exceeded: readonly Move[] = [
  does('the EV wants more', ({ values }) => {
    const [schedule] = schedulesIn([values.get('schedule')])
    if (!schedule) throw new CaseOver()
    values.set('tooMuch', {
      ...schedule,
      chargingSchedulePeriod: schedule.chargingSchedulePeriod.map((period) => ({
        ...period,
        limit: period.limit * 10,
      })),
    })
  }),
  call(
    'NotifyEVChargingSchedule',
    { evseId: 1, timeBase: now(), chargingSchedule: value('tooMuch') },
    { expect: { status: 'Rejected' }, clause: '2.0.1 K15.FR.12, K16.FR.07, K17.FR.12' },
  ),
]

const rateChanged: Move = event('Updated', 'ChargingRateChanged', {
  info: { chargingState: 'Charging' },
})

/** The EV tells what it needs, gets its schedule, follows it and charges. */
const levelled: readonly Move[] = [
  needs('2.0.1 K15.FR.03, FR.05'),
  ...profileComes('2.0.1 K15.FR.07'),
  followed('2.0.1 K15.FR.11'),
  charges('Charging'),
]

/** An EV that was plugged in charges by its schedule. */
export const planned: readonly Move[] = [...ready, ...levelled]

/** Charging over ISO 15118 [2.0.1 K15-K17]. */
export const evCharging201: readonly ConformanceCase[] = [
  case201({
    id: 'K_53',
    title: 'An EV tells what it needs, and the CSMS makes it a schedule',
    profile: 'ISO 15118',
    moves: [...planned, ...unplugged],
  }),
  case201({
    id: 'K_55',
    title: 'An EV that wants more than its schedule is refused, and gets a schedule once more',
    profile: 'ISO 15118',
    moves: [
      ...ready,
      needs('2.0.1 K15.FR.03, FR.05'),
      ...profileComes('2.0.1 K15.FR.07'),
      ...exceeded,
      charges('Charging'),
      ...profileComes('2.0.1 K15.FR.13, K16.FR.08, K17.FR.13'),
      followed('2.0.1 K16.FR.06'),
      rateChanged,
      ...unplugged,
    ],
  }),
  case201({
    id: 'K_57',
    title: 'An EV that needs something else gets a new schedule',
    profile: 'ISO 15118',
    moves: [
      ...planned,
      needs('2.0.1 K17.FR.03, FR.05'),
      rateChanged,
      ...profileComes('2.0.1 K17.FR.07'),
      followed('2.0.1 K17.FR.11'),
      rateChanged,
      ...unplugged,
    ],
  }),
  case201({
    id: 'K_58',
    title: 'The CSMS gives a charging EV another schedule',
    profile: 'ISO 15118',
    moves: [...planned, ...profileOrdered, followed('2.0.1 K16.FR.06'), rateChanged, ...unplugged],
  }),
  case201({
    id: 'K_59',
    title: 'An EV that answers a new schedule with its needs gets a schedule for them',
    profile: 'ISO 15118',
    moves: [
      ...planned,
      ...profileOrdered,
      needs('2.0.1 K16.FR.12'),
      ...profileComes('2.0.1 K16.FR.12'),
      followed('2.0.1 K16.FR.06'),
      rateChanged,
      ...unplugged,
    ],
  }),
]
