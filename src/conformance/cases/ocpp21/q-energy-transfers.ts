import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import { CaseOver } from '../../play/stage.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { does } from '../moves.ts'
import { transactionId } from '../transaction-events.ts'
import { any, inAnyOrder, oneOf, tokenOf } from '../values.ts'
import { reports } from './device-model21.ts'
import { asked, call, case21 } from './moves21.ts'
import { evseId } from './q-profiles.ts'
import { authorized, booted21, event, status, unplugged } from './states21.ts'

type Needs = RequestOf<Actions21, 'NotifyEVChargingNeeds'>['chargingNeeds']
type Transfer = Needs['requestedEnergyTransfer']

/** What the EV of these cases can do. */
const available: readonly Transfer[] = ['AC_single_phase', 'AC_three_phase', 'AC_BPT']

/** Booted, and it said that it charges over ISO 15118, in both directions, and in which modes. */
export const bidirectionalStation: readonly Move[] = [
  ...booted21,
  ...reports({
    'ISO15118Ctrlr@1.Enabled': true,
    'V2XChargingCtrlr@1.Enabled': true,
    'V2XChargingCtrlr@1.SupportedEnergyTransferModes': available,
    'V2XChargingCtrlr@1.SupportedOperationModes': [
      'ChargingOnly',
      'CentralSetpoint',
      'CentralFrequency',
      'ExternalSetpoint',
      'ExternalLimits',
      'LocalFrequency',
      'LocalLoadBalancing',
      'Idle',
    ],
    'SmartChargingCtrlr.SupportsFeature[DynamicProfiles]': true,
    'SmartChargingCtrlr.SupportsFeature[EvseSleep]': true,
  }),
]

/** A transaction over ISO 15118-20 tells which EV it is [2.1 Q01.FR.02]. */
const started: Move = event('Started', 'Authorized', {
  idToken: {
    ...tokenOf('token'),
    additionalInfo: [{ additionalIdToken: 'WMIV1234567890ABCDEX', type: 'EVCCID' }],
  },
  expect: { idTokenInfo: { status: 'Accepted' } },
  clause: '2.1 E03.FR.02, Q01.FR.02',
})

const connected: readonly Move[] = [
  started,
  status(1, 'Occupied'),
  event('Updated', 'CablePluggedIn', { info: { chargingState: 'EVConnected' } }),
]

/** Its EV is authorized and plugged in at EVSE 1, over ISO 15118-20: `transactionId()`. */
export const bidirectionalEv: readonly Move[] = [...bidirectionalStation, authorized, ...connected]

/** The EV tells what it would like: all that it can, some of its power back. */
function needs(
  requestedEnergyTransfer: Transfer,
  controlMode: NonNullable<Needs['controlMode']>,
  judged: { readonly status: readonly string[]; readonly clause: string },
): Move {
  return call(
    'NotifyEVChargingNeeds',
    {
      evseId,
      maxScheduleTuples: 3,
      chargingNeeds: {
        requestedEnergyTransfer,
        availableEnergyTransfer: [...available],
        controlMode,
        v2xChargingParameters: {
          minChargePower: 0,
          maxChargePower: 11_000,
          minDischargePower: 0,
          maxDischargePower: 7000,
        },
      },
    },
    { expect: { status: oneOf(...judged.status) }, clause: judged.clause },
  )
}

/** How long a CSMS may take to make a schedule of needs, ms [2.1 K18.FR.08, K19.FR.08]. */
const patienceMs = 60_000

/** The CSMS sends a TxProfile because of what the EV needs. */
const profileComes: Move = asked('SetChargingProfile', {
  expect: {
    evseId,
    chargingProfile: {
      chargingProfilePurpose: 'TxProfile',
      transactionId: transactionId(),
      chargingSchedule: any,
    },
  },
  answer: { status: 'Accepted' },
  withinMs: patienceMs,
  save: {
    profileId: '$.chargingProfile.id',
    stackLevel: '$.chargingProfile.stackLevel',
    schedules: '$.chargingProfile.chargingSchedule',
  },
  clause: '2.1 K18.FR.07, K19.FR.07',
})

/** Both directions are fine with the CSMS, and it says with which limits. */
export function agreed(controlMode: NonNullable<Needs['controlMode']>): readonly Move[] {
  const accepted = { status: ['Accepted', 'Processing'], clause: '2.1 Q01.FR.07' }
  return [needs('AC_BPT', controlMode, accepted), profileComes]
}

/** What a period may not have while its EV only charges [2.1 Q02.FR.02]. */
const ofDischarging = /^(dischargeLimit|setpoint|setpointReactive)(_L[23])?$/

/** Every period of the profile is for charging only [2.1 Q02.FR.01, FR.02]. */
const chargingOnly = does('the profile is for charging only', (scene) => {
  const { periods, readable } = periodsIn(scene.values.get('schedules'))
  const modes = periods.map(({ operationMode = 'ChargingOnly' }) => String(operationMode))
  const others = modes.filter((mode) => mode !== 'ChargingOnly')
  scene.check('operationMode', readable && others.length === 0, {
    detail: readable ? `operationMode ${modes.join(', ')}` : 'a schedule that cannot be read',
    clause: '2.1 Q02.FR.01',
  })
  const wrong = periods.flatMap((period) => {
    return Object.keys(period).filter((field) => ofDischarging.test(field))
  })
  scene.check('nothing of discharging', wrong.length === 0, {
    detail: wrong.join(', ') || 'limits alone',
    clause: '2.1 Q02.FR.02',
  })
  if (!readable) throw new CaseOver()
})

type Fields = Readonly<Record<string, unknown>>

function periodsIn(schedules: unknown): {
  readonly periods: readonly Fields[]
  readonly readable: boolean
} {
  const list: readonly unknown[] = Array.isArray(schedules) ? schedules : []
  const lists = list.map((one) => (one as Partial<Fields> | null)?.['chargingSchedulePeriod'])
  const periods = lists.flatMap((one): readonly Fields[] => (Array.isArray(one) ? one : []))
  return { periods, readable: periods.length > 0 && lists.every(Array.isArray) }
}

/** From now on the transaction may do these; the EV is asked again what it wants [2.1 Q02.FR.05]. */
function allows(...allowedEnergyTransfer: readonly Transfer[]): Move {
  return asked('NotifyAllowedEnergyTransfer', {
    order: { transactionId: transactionId(), allowedEnergyTransfer },
    expect: {
      transactionId: transactionId(),
      allowedEnergyTransfer: inAnyOrder(allowedEnergyTransfer),
    },
    answer: { status: 'Accepted' },
    clause: '2.1 Q02.FR.05',
  })
}

/** What a driver may do is told, or left out where it is not known yet: no empty list, and no null. */
const toldOrLeftOut: readonly Move[] = [
  call(
    'Authorize',
    { idToken: tokenOf('token') },
    {
      expect: { idTokenInfo: { status: 'Accepted' } },
      save: { allowed: '$.allowedEnergyTransfer' },
      clause: '2.1 C01.FR.07',
    },
  ),
  does('what may be transferred is told, or left out', (scene) => {
    const allowed = scene.values.get('allowed')
    const told = Array.isArray(allowed) && allowed.length > 0
    scene.check('allowedEnergyTransfer', allowed === undefined || told, {
      detail: JSON.stringify(allowed) ?? 'left out',
      clause: '2.1 Q01.FR.01, FR.08',
    })
  }),
]

/** Without service renegotiation that was it [2.1 Q01.FR.06]. */
const endedByNeeds: readonly Move[] = [
  event('Ended', 'AbnormalCondition', {
    info: { chargingState: 'EVConnected', stoppedReason: 'ReqEnergyTransferRejected' },
    clause: '2.1 Q01.FR.06',
  }),
  status(1, 'Available'),
]

/** Which way energy may flow: what the CSMS allows a driver, and an EV [2.1 Q01, Q02]. */
export const energyTransfers21: readonly ConformanceCase[] = [
  case21({
    id: 'Q_102',
    title: 'A driver is authorized before anybody knows which energy transfers he may use',
    profile: 'Bidirectional Power Transfer',
    feature: 'ISO 15118 and ISO-1.2',
    moves: [
      ...bidirectionalStation,
      ...toldOrLeftOut,
      ...connected,
      needs('AC_single_phase', 'ScheduledControl', {
        status: ['Accepted', 'Processing', 'NoChargingProfile'],
        clause: '2.1 Q01.FR.07, K18.FR.03 to FR.05',
      }),
      ...unplugged,
    ],
  }),
  case21({
    id: 'Q_103',
    title: 'An EV that wants an energy transfer it was not allowed is refused',
    profile: 'Bidirectional Power Transfer',
    feature: 'ISO 15118 and ISO-1.2',
    moves: [
      ...bidirectionalEv,
      allows('AC_single_phase', 'AC_three_phase'),
      needs('AC_BPT', 'ScheduledControl', {
        status: ['Rejected'],
        clause: '2.1 Q01.FR.04, K18.FR.22',
      }),
      ...endedByNeeds,
    ],
  }),
  case21({
    id: 'Q_107',
    title: 'An EV only charges, until the CSMS lets it give energy back',
    profile: 'Bidirectional Power Transfer',
    feature: 'ISO 15118 and ISO-1.2',
    moves: [
      ...bidirectionalEv,
      needs('AC_three_phase', 'ScheduledControl', {
        status: ['Accepted', 'Processing'],
        clause: '2.1 Q01.FR.07',
      }),
      profileComes,
      chargingOnly,
      allows('AC_three_phase', 'AC_BPT'),
      ...agreed('ScheduledControl'),
      ...unplugged,
    ],
  }),
]
