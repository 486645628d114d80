import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import { CaseOver } from '../../play/stage.ts'
import type { CallMove, ConformanceCase, Move } from '../case.ts'
import { moment } from '../moments.ts'
import { does } from '../moves.ts'
import { transactionId } from '../transaction-events.ts'
import { any, now, oneOf, tokenOf, value } from '../values.ts'
import { asked, call, case21 } from './moves21.ts'
import { authorized, booted21, charges, event, status, unplugged } from './states21.ts'

type Needs = RequestOf<Actions21, 'NotifyEVChargingNeeds'>['chargingNeeds']
type Control = NonNullable<Needs['controlMode']>

/** Periods and prices that the EV of these cases can take. */
const maxScheduleTuples = 3

/** An EV waits a minute for its schedule, no longer [2.1 K18.FR.08, K19.FR.08]. */
const patienceMs = 60_000

/** Authorized and plugged in: who charges is known before what the EV needs [2.1 K18.FR.16, K19.FR.12]. */
const begun: readonly Move[] = [
  authorized,
  event('Started', 'Authorized', {
    idToken: tokenOf('token'),
    expect: { idTokenInfo: { status: 'Accepted' } },
    clause: '2.1 E03.FR.02',
  }),
  status(1, 'Occupied'),
  event('Updated', 'CablePluggedIn', { info: { chargingState: 'EVConnected' } }),
]

/** The same after a boot: EVSE 1, `transactionId()`. */
const ready: readonly Move[] = [...booted21, ...begun]

interface Wanting {
  /** Wh; default 2000. */
  readonly energy?: number
  /** Seconds from now; default two hours. */
  readonly departure?: number
  /** What the CSMS may say. */
  readonly status: readonly string[]
  readonly clause: string
}

/** The EV tells what it needs: little, so that no profile of another case stands in its way. */
function needs(
  controlMode: Control,
  { energy = 2000, departure = 7200, ...judged }: Wanting,
): CallMove {
  return call(
    'NotifyEVChargingNeeds',
    {
      evseId: 1,
      maxScheduleTuples,
      chargingNeeds: {
        requestedEnergyTransfer: 'DC',
        availableEnergyTransfer: ['DC'],
        controlMode,
        departureTime: now(departure),
        v2xChargingParameters: {
          minChargePower: 0,
          maxChargePower: 1380,
          evTargetEnergyRequest: energy,
          evMaxEnergyRequest: energy,
          evMinEnergyRequest: 0,
        },
      },
    },
    { expect: { status: oneOf(...judged.status) }, clause: judged.clause },
  )
}

/** A profile comes, now or in a while. */
const promised = ['Accepted', 'Processing'] as const

type Fields = Readonly<Record<string, unknown>>

const fieldsOf = (found: unknown): Fields =>
  typeof found === 'object' && found !== null ? (found as Fields) : {}

const listOf = (found: unknown): readonly unknown[] => (Array.isArray(found) ? found : [])

const periodsOf = (schedule: unknown) => listOf(fieldsOf(schedule)['chargingSchedulePeriod'])

/** The most that one list of a schedule has: periods, or prices. */
function longestOf(schedule: unknown): number {
  const { absolutePriceSchedule, priceLevelSchedule } = fieldsOf(schedule)
  const lists = [
    periodsOf(schedule),
    fieldsOf(absolutePriceSchedule)['priceRuleStacks'],
    fieldsOf(priceLevelSchedule)['priceLevelScheduleEntries'],
  ]
  return Math.max(...lists.map((one) => listOf(one).length))
}

/** What a period of a profile that only charges does not have [2.1 Q02.FR.02]. */
const ofDischarging = /^(dischargeLimit|setpoint|setpointReactive)(_L[23])?$/

/** The EV can take the schedules, and they are for charging alone [2.1 K18.FR.07, K19.FR.07]. */
function fits(controlMode: Control, clause: string): Move {
  return does('the EV can take the schedules', (scene) => {
    const schedules = listOf(scene.values.get('schedules'))
    const most = controlMode === 'DynamicControl' ? 1 : 3
    const longest = Math.max(0, ...schedules.map(longestOf))
    const few = schedules.length >= 1 && schedules.length <= most && longest <= maxScheduleTuples
    scene.check('as many as the EV takes', few, {
      detail: `${schedules.length} schedules, at most ${longest} entries; the EV takes ${most} and ${maxScheduleTuples}`,
      clause,
    })
    scene.check('one schedule', schedules.length <= 1, {
      detail: `${schedules.length} schedules: nobody knows which of them the EV takes`,
      clause: '2.1 K18.FR.18',
      level: 'SHOULD',
    })
    const periods = schedules.flatMap(periodsOf).map(fieldsOf)
    const wrong = periods.flatMap((period) =>
      Object.keys(period).filter((key) => ofDischarging.test(key)),
    )
    const modes = periods.map(({ operationMode = 'ChargingOnly' }) => String(operationMode))
    const charging = wrong.length === 0 && modes.every((mode) => mode === 'ChargingOnly')
    scene.check('for charging alone', charging, {
      detail: [...new Set(modes), ...wrong].join(', '),
      clause: '2.1 Q02.FR.01, FR.02',
    })
    if (schedules.length === 0) throw new CaseOver()
  })
}

const saved = {
  profileId: '$.chargingProfile.id',
  stackLevel: '$.chargingProfile.stackLevel',
  schedules: '$.chargingProfile.chargingSchedule',
  schedule: '$.chargingProfile.chargingSchedule[0]',
  scheduleId: '$.chargingProfile.chargingSchedule[0].id',
}

/** The CSMS sends a profile because of what the EV needs, and one that the EV can take. */
function profileComes(controlMode: Control, clause: string): readonly Move[] {
  return [
    asked('SetChargingProfile', {
      expect: {
        evseId: 1,
        chargingProfile: {
          chargingProfilePurpose: 'TxProfile',
          transactionId: transactionId(),
          chargingSchedule: any,
        },
      },
      answer: { status: 'Accepted' },
      withinMs: patienceMs,
      save: saved,
      clause,
    }),
    fits(controlMode, clause),
  ]
}

/** W; less than the EV may have so far. */
const lowered = [{ startPeriod: 0, limit: 500 }]

/** The CSMS sends another profile in the place of the one that is there: it was told to. */
const profileOrdered: readonly Move[] = [
  moment('profileFrom', 0),
  asked('SetChargingProfile', {
    order: { evseId: 1, chargingProfile: ordered(value('profileFrom'), 1) },
    expect: { evseId: 1, chargingProfile: ordered(any, any) },
    answer: { status: 'Accepted' },
    save: saved,
    clause: '2.1 K16, K01.FR.03, FR.39',
  }),
]

function ordered<Start, Id>(startSchedule: Start, id: Id) {
  return {
    id: value('profileId'),
    stackLevel: value('stackLevel'),
    chargingProfilePurpose: 'TxProfile',
    chargingProfileKind: 'Absolute',
    transactionId: transactionId(),
    chargingSchedule: [
      { id, startSchedule, chargingRateUnit: 'W', chargingSchedulePeriod: lowered },
    ],
  } as const
}

/** How the EV will charge: by the schedule that it got. */
function plan(judged: {
  readonly expect?: { readonly status: 'Accepted' }
  readonly prefer?: { readonly status: 'Accepted' }
  readonly clause: string
}): Move {
  return call(
    'NotifyEVChargingSchedule',
    {
      evseId: 1,
      timeBase: now(),
      chargingSchedule: value('schedule'),
      selectedChargingScheduleId: value('scheduleId'),
    },
    judged,
  )
}

/** The EV chose it [2.1 K18.FR.10]. */
const followed = (clause: string): Move => plan({ expect: { status: 'Accepted' }, clause })

/** The EV does as it is told: the station passes on what the CSMS wants of it [2.1 K19.FR.10]. */
const controlled: Move = plan({ prefer: { status: 'Accepted' }, clause: '2.1 K19.FR.10' })

const rateChanged: Move = event('Updated', 'ChargingRateChanged', {
  info: { chargingState: 'Charging' },
})

/** The EV plans by itself, within what the CSMS gives it [2.1 K18]. */
const scheduled: readonly Move[] = [
  needs('ScheduledControl', { status: promised, clause: '2.1 K18.FR.03, FR.05' }),
  ...profileComes('ScheduledControl', '2.1 K18.FR.07'),
  followed('2.1 K18.FR.11'),
  charges('Charging'),
]

/** The EV leaves it to the CSMS [2.1 K19]. */
const dynamic: readonly Move[] = [
  needs('DynamicControl', { status: promised, clause: '2.1 K19.FR.03, FR.05' }),
  ...profileComes('DynamicControl', '2.1 K19.FR.07'),
  controlled,
  charges('Charging'),
]

/** It departs at another time, or needs another energy [2.1 K20]. */
const adjusted = (wanting: Pick<Wanting, 'departure' | 'energy'>): readonly Move[] => [
  needs('DynamicControl', {
    ...wanting,
    status: promised,
    clause: '2.1 K17.FR.03, FR.05, K20.FR.03',
  }),
  ...profileComes('DynamicControl', '2.1 K20.FR.03, K17.FR.19'),
  controlled,
]

/** What the CSMS promises before there is a transaction it keeps; nothing is what it may promise. */
const promiseKept: Move = does(
  'what was promised comes',
  async (scene) => {
    const said = String(scene.values.get('promise'))
    if (!promised.some((word) => word === said)) return
    const incoming = await scene.probe.arrivals.next('SetChargingProfile', patienceMs)
    if (incoming) scene.probe.result(incoming, { status: 'Accepted' })
    scene.check('what was promised', incoming !== undefined, {
      detail: `${said}, and ${incoming ? 'a' : 'no'} SetChargingProfile came`,
      clause: '2.1 K19.FR.07',
      frame: incoming?.frame,
    })
  },
  [],
  ['SetChargingProfile'],
)

const iso = { profile: 'ISO 15118' } as const

/** Charging over ISO 15118-20 [2.1 K16 to K20]. */
export const iso15118p20: readonly ConformanceCase[] = [
  case21({
    id: 'K_113',
    title: 'The CSMS gives an EV that plans by itself another schedule',
    ...iso,
    moves: [
      ...ready,
      ...scheduled,
      ...profileOrdered,
      followed('2.1 K16.FR.06'),
      rateChanged,
      ...unplugged,
    ],
  }),
  case21({
    id: 'K_114',
    title: 'An EV that plans by itself needs something else, and gets a new schedule',
    ...iso,
    moves: [
      ...ready,
      ...scheduled,
      needs('ScheduledControl', {
        energy: 1000,
        departure: 3600,
        status: promised,
        clause: '2.1 K17.FR.03, FR.05, K20.FR.02',
      }),
      ...profileComes('ScheduledControl', '2.1 K17.FR.07, K20.FR.02'),
      followed('2.1 K17.FR.11'),
      rateChanged,
      ...unplugged,
    ],
  }),
  case21({
    id: 'K_115',
    title: 'An EV leaves its plan to the CSMS, which sends one schedule',
    ...iso,
    moves: [...ready, ...dynamic, ...unplugged],
  }),
  case21({
    id: 'K_117',
    title: 'An EV that leaves its plan to the CSMS departs earlier, then needs less: new schedules',
    ...iso,
    moves: [
      ...ready,
      ...dynamic,
      ...adjusted({ departure: 3600 }),
      ...adjusted({ departure: 3600, energy: 1000 }),
      rateChanged,
      ...unplugged,
    ],
  }),
  case21({
    id: 'K_126',
    title: 'An EV leaves its plan to the CSMS, which has none: that is said in the word of 2.1',
    ...iso,
    moves: [
      ...booted21,
      status(1, 'Occupied'),
      // Of no transaction: what a profile would be for is not there yet.
      {
        ...needs('DynamicControl', {
          status: ['NoChargingProfile', ...promised],
          clause: '2.1 K19.FR.04',
        }),
        save: { promise: '$.status' },
      },
      ...begun,
      promiseKept,
      ...unplugged,
    ],
  }),
]
