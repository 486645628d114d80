import { ordered } from '../../play/order.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { moment, sameMoment } from '../moments.ts'
import { does } from '../moves.ts'
import { transactionId } from '../transaction-events.ts'
import { any, value } from '../values.ts'
import { asked, case21 } from './moves21.ts'
import { agreed, bidirectionalEv, bidirectionalStation } from './q-energy-transfers.ts'
import { evseId, profileCleared, pulled, setpointUpdated, setsMode } from './q-profiles.ts'
import { event, stillThere, unplugged } from './states21.ts'

/** What the EV does about the frequency of the grid, W; positive: it takes. */
const frequencies = {
  v2xBaseline: 3000,
  v2xFreqWattCurve: [
    { frequency: 49.5, power: -5000 },
    { frequency: 50, power: 0 },
    { frequency: 50.5, power: 5000 },
  ],
}

/** What of that follows the signal of the grid's operator, W. */
const signals = {
  v2xSignalWattCurve: [
    { signal: -100, power: -2000 },
    { signal: 100, power: 2000 },
  ],
}

/** Nothing to use is no answer [2.1 K28.FR.07]. */
const somethingToUse = does('there is a limit or a setpoint in the update', (scene) => {
  const update: unknown = scene.values.get('pulled')
  const values = Object.values(typeof update === 'object' && update !== null ? update : {})
  scene.check(
    'scheduleUpdate',
    values.some((one) => typeof one === 'number'),
    {
      detail: JSON.stringify(update) ?? 'no scheduleUpdate',
      clause: '2.1 K28.FR.07',
    },
  )
})

/** The operator of the grid wants another power, and the CSMS passes it on [2.1 Q08.FR.10]. */
const signalled: readonly Move[] = [
  moment('signalAt', 0),
  asked('AFRRSignal', {
    order: { timestamp: value('signalAt'), signal: 40 },
    expect: { timestamp: any, signal: 40 },
    answer: { status: 'Accepted' },
    save: { signalFrom: '$.timestamp' },
    clause: '2.1 Q08.FR.10',
  }),
  sameMoment('signalFrom', 'signalAt', '2.1 Q08.FR.10'),
]

/** W. */
const thresholds: Readonly<Record<string, string>> = {
  UpperThreshold: '2000',
  LowerThreshold: '-1000',
  UpperOffset: '200',
  LowerOffset: '0',
}

const thresholdOf = (instance: string) =>
  ({
    component: { name: 'V2XChargingCtrlr', evse: { id: evseId } },
    variable: { name: 'LocalLoadBalancing', instance },
  }) as const

interface VariableSet {
  readonly component?: { readonly name?: unknown; readonly evse?: { readonly id?: unknown } }
  readonly variable?: { readonly name?: unknown; readonly instance?: unknown }
  readonly attributeValue?: unknown
}

/** Whether one is what was ordered, however its number is written. */
function isThreshold({ component, variable, attributeValue }: VariableSet): boolean {
  const wanted = thresholds[String(variable?.instance)]
  return (
    wanted !== undefined &&
    component?.name === 'V2XChargingCtrlr' &&
    component.evse?.id === evseId &&
    variable?.name === 'LocalLoadBalancing' &&
    Number(attributeValue) === Number(wanted)
  )
}

/** The CSMS sets them, all at once or one after the other: each once, and nothing else. */
const thresholdsSet = does(
  'the CSMS sets where load balancing begins and ends',
  async (scene) => {
    const { probe, stage } = scene
    const action = 'SetVariables'
    const all = Object.entries(thresholds)
    const setVariableData = all.map(([instance, attributeValue]) => ({
      ...thresholdOf(instance),
      attributeValue,
    }))
    const first = await ordered(scene, { action, payload: { setVariableData } })
    const told: VariableSet[] = []
    let incoming = first
    while (incoming) {
      const { setVariableData: list } = incoming.payload as { readonly setVariableData?: unknown }
      const part: readonly VariableSet[] = Array.isArray(list) ? list : []
      told.push(...part)
      const attributeStatus = 'Accepted' as const
      probe.result(incoming, {
        setVariableResult: part.map(({ component, variable }) => ({
          attributeStatus,
          component,
          variable,
        })),
      })
      const complete = told.length >= all.length
      incoming = complete ? undefined : await probe.arrivals.next(action, stage.timeoutMs)
    }
    const instances = new Set(told.map(({ variable }) => variable?.instance))
    const fits = told.length === all.length && instances.size === all.length
    scene.check('thresholds', fits && told.every(isThreshold), {
      detail: first ? JSON.stringify(told) : `no ${action} came in time`,
      clause: '2.1 Q09',
      frame: first?.frame,
    })
  },
  ['SetVariables'],
)

/** The EV does nothing, and the EVSE sleeps or does not [2.1 Q10]. */
function idle(evseSleep: boolean): readonly Move[] {
  return [
    setsMode({
      kind: 'Relative',
      transactionId: transactionId(),
      period: { operationMode: 'Idle', evseSleep },
      clause: '2.1 Q10.FR.01',
    }),
    event('Updated', evseSleep ? 'MeterValuePeriodic' : 'OperationModeChanged', {
      info: { chargingState: 'SuspendedEVSE', operationMode: 'Idle' },
      evseSleep,
      clause: evseSleep ? '2.1 Q10.FR.04' : '2.1 K01.FR.110',
    }),
  ]
}

/** Who says what an EV takes, or gives: the CSMS, somebody outside, or the station [2.1 Q03 to Q10]. */
export const operationModes21: readonly ConformanceCase[] = [
  case21({
    id: 'Q_108',
    title: 'The CSMS plans with how much power an EV charges',
    profile: 'Bidirectional Power Transfer',
    feature: 'ISO 15118 and ISO-1.2',
    moves: [
      ...bidirectionalEv,
      ...agreed('ScheduledControl'),
      setsMode({
        kind: 'Relative',
        transactionId: transactionId(),
        period: { operationMode: 'CentralSetpoint', setpoint: 10_000 },
        clause: '2.1 Q03.FR.01, FR.02',
      }),
      ...unplugged,
    ],
  }),
  case21({
    id: 'Q_109',
    title: 'The CSMS gives a setpoint, and changes it whenever it likes',
    profile: 'Bidirectional Power Transfer',
    moves: [
      ...bidirectionalStation,
      setsMode({
        kind: 'Dynamic',
        period: { operationMode: 'CentralSetpoint', setpoint: 6000 },
        clause: '2.1 Q04, Q03.FR.01, FR.02',
      }),
      setpointUpdated(4000),
      setpointUpdated(-3000),
      profileCleared,
      stillThere,
    ],
  }),
  case21({
    id: 'Q_110',
    title: 'The station asks for the setpoint of a profile, and for that of one that is not there',
    profile: 'Bidirectional Power Transfer',
    moves: [
      ...bidirectionalStation,
      setsMode({
        kind: 'Dynamic',
        dynUpdateInterval: 15,
        period: { operationMode: 'CentralSetpoint', setpoint: 6000 },
        clause: '2.1 Q04, Q03.FR.01, FR.02',
      }),
      pulled(999_721, 'Rejected'),
      pulled(value('profileId'), 'Accepted'),
      somethingToUse,
      profileCleared,
    ],
  }),
  ...external('Q_111', 'The CSMS leaves the setpoint to somebody outside', 'ExternalSetpoint'),
  ...external('Q_112', 'The CSMS leaves the limits to somebody outside', 'ExternalLimits'),
  case21({
    id: 'Q_117',
    title: 'The CSMS supports the grid: the setpoint goes with its frequency',
    profile: 'Bidirectional Power Transfer',
    feature: 'BPT-1',
    moves: [
      ...bidirectionalStation,
      setsMode({
        kind: 'Dynamic',
        period: { operationMode: 'CentralFrequency', setpoint: -6000 },
        clause: '2.1 Q07',
      }),
      setpointUpdated(5000),
      profileCleared,
      stillThere,
    ],
  }),
  case21({
    id: 'Q_120',
    title: 'The station supports the grid, and follows the signal that the CSMS passes on',
    profile: 'Bidirectional Power Transfer',
    feature: 'BPT-1',
    moves: [
      ...bidirectionalStation,
      setsMode({
        kind: 'Relative',
        period: { operationMode: 'LocalFrequency', ...frequencies, ...signals },
        clause: '2.1 Q08.FR.01, FR.02, FR.05',
      }),
      ...signalled,
      profileCleared,
      stillThere,
    ],
  }),
  case21({
    id: 'Q_121',
    title: 'The station supports the grid with an EV that is there',
    profile: 'Bidirectional Power Transfer',
    feature: 'BPT-1',
    moves: [
      ...bidirectionalEv,
      ...agreed('DynamicControl'),
      setsMode({
        kind: 'Relative',
        transactionId: transactionId(),
        period: { operationMode: 'LocalFrequency', ...frequencies },
        clause: '2.1 Q08.FR.01, FR.02, FR.05',
      }),
      ...unplugged,
    ],
  }),
  case21({
    id: 'Q_124',
    title: 'The station balances the load of its place, where the CSMS says from when on',
    profile: 'Bidirectional Power Transfer',
    moves: [
      ...bidirectionalStation,
      thresholdsSet,
      setsMode({
        kind: 'Relative',
        period: { operationMode: 'LocalLoadBalancing' },
        clause: '2.1 Q09',
      }),
      profileCleared,
      stillThere,
    ],
  }),
  case21({
    id: 'Q_125',
    title: 'The CSMS has an EV rest, and then the EVSE as well',
    profile: 'Smart Charging',
    feature: 'ISO 15118 and ISO-1.2',
    moves: [
      ...bidirectionalEv,
      ...agreed('ScheduledControl'),
      ...idle(false),
      ...idle(true),
      ...unplugged,
    ],
  }),
]

/** Somebody outside decides: from the start of a transaction on, and at once [2.1 Q05, K29]. */
function external(
  id: string,
  title: string,
  operationMode: 'ExternalSetpoint' | 'ExternalLimits',
): readonly ConformanceCase[] {
  const range = operationMode === 'ExternalSetpoint' ? { limit: 11_000, dischargeLimit: -7000 } : {}
  const period = { operationMode, ...range }
  const clause = operationMode === 'ExternalSetpoint' ? '2.1 Q05.FR.01' : '2.1 Q05.FR.02'
  return [
    case21({
      id,
      title,
      profile: 'Smart Charging',
      feature: 'Bidirectional Power Transfer',
      moves: [
        ...bidirectionalStation,
        setsMode({ kind: 'Relative', period, clause }),
        profileCleared,
        setsMode({ kind: 'Dynamic', period, clause: '2.1 K29.FR.03' }),
        profileCleared,
        stillThere,
      ],
    }),
  ]
}
