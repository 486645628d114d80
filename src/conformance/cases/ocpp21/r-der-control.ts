import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { moment, sameMoment } from '../moments.ts'
import { absent, any, type Filled, type Matching, now, type ValueRef, value } from '../values.ts'
import { reports } from './device-model21.ts'
import { asked, call, case21 } from './moves21.ts'
import { booted21, stillThere } from './states21.ts'

type Control = RequestOf<Actions21, 'SetDERControl'>
type Setting = Omit<Control, 'isDefault' | 'controlId' | 'controlType' | 'customData'>
type Report = Omit<RequestOf<Actions21, 'ReportDERControl'>, 'requestId'>

/** What the station can do for the grid. */
const modes: readonly Control['controlType'][] = [
  'EnterService',
  'FreqDroop',
  'FreqWatt',
  'LimitMaxDischarge',
]

/** What a control may be about: one of these, by its type. */
const settings: readonly (keyof Setting)[] = [
  'curve',
  'enterService',
  'fixedPFAbsorb',
  'fixedPFInject',
  'fixedVar',
  'freqDroop',
  'gradient',
  'limitMaxDischarge',
]

interface ControlRow {
  readonly controlType: Control['controlType']
  readonly isDefault: boolean
  readonly setting: Filled<Setting>
  /** What the CSMS has to tell of it; default: just that. */
  readonly expected?: Matching<Setting>
  /** Its id, from here on. */
  readonly as: string
}

/** The CSMS sets a control, whole, and nothing beside it. */
function controlSet({ controlType, isDefault, setting, expected, as }: ControlRow): Move {
  const nothingElse = Object.fromEntries(settings.map((name) => [name, absent]))
  return asked('SetDERControl', {
    order: {
      isDefault,
      controlType,
      controlId: `CSMS-CONF-${controlType}`,
      ...setting,
    } as Filled<Control>,
    expect: {
      isDefault,
      controlType,
      controlId: any,
      ...nothingElse,
      ...((expected ?? setting) as object),
    },
    answer: { status: 'Accepted' },
    save: { [as]: '$.controlId', startTime: '$.curve.startTime' },
    clause: isDefault ? '2.1 R04.FR.02' : '2.1 R04.FR.05',
  })
}

/** Holds where no other control does: it has neither a start nor an end [2.1 R04.FR.11]. */
const freqDroop = {
  priority: 6,
  overFreq: 50.5,
  underFreq: 49.5,
  overDroop: 0.05,
  underDroop: 0.05,
  responseTime: 10,
}

const droopSet: Move = controlSet({
  controlType: 'FreqDroop',
  isDefault: true,
  setting: { freqDroop },
  expected: { freqDroop: { ...freqDroop, startTime: absent, duration: absent } },
  as: 'droopId',
})

const frequencyCurve = {
  priority: 4,
  yUnit: 'PctMaxW',
  duration: 900,
  curveData: [
    { x: 49, y: 75 },
    { x: 49.5, y: 90 },
    { x: 50.5, y: 100 },
    { x: 51, y: 100 },
  ],
} as const

/** A quarter of an hour, from a time on. */
const curveSet: readonly Move[] = [
  moment('curveFrom', 60),
  controlSet({
    controlType: 'FreqWatt',
    isDefault: false,
    setting: { curve: { ...frequencyCurve, startTime: value('curveFrom') } },
    expected: { curve: { ...frequencyCurve, startTime: any } },
    as: 'curveId',
  }),
  sameMoment('startTime', 'curveFrom', '2.1 R04.FR.05'),
]

const enterService = {
  priority: 1,
  highVoltage: 250,
  lowVoltage: 210,
  highFreq: 50.5,
  lowFreq: 49.5,
} as const

const enterServiceSet: Move = controlSet({
  controlType: 'EnterService',
  isDefault: false,
  setting: { enterService },
  as: 'enterServiceId',
})

/** The CSMS clears all controls that hold always, or all that are planned [2.1 R04.FR.44]. */
function allCleared(isDefault: boolean): Move {
  return asked('ClearDERControl', {
    order: { isDefault },
    expect: { isDefault, controlType: absent, controlId: absent },
    answer: { status: 'Accepted' },
    clause: '2.1 R04.FR.44',
  })
}

interface Wanted {
  readonly isDefault?: boolean
  readonly controlType?: Control['controlType']
  readonly controlId?: ValueRef
}

/** The CSMS asks for controls by exactly these criteria; without a report there are none. */
function controlsAsked(wanted: Wanted, report?: Filled<Report>): readonly Move[] {
  const criteria = { isDefault: absent, controlType: absent, controlId: absent, ...wanted }
  return [
    asked('GetDERControl', {
      order: { requestId: 730, ...wanted },
      expect: { ...criteria, requestId: any },
      answer: { status: report ? 'Accepted' : 'NotFound' },
      save: { requestId: '$.requestId' },
      clause: '2.1 R04.FR.33 to FR.35',
    }),
    ...(report
      ? [
          call(
            'ReportDERControl',
            { ...report, requestId: value('requestId') },
            { clause: '2.1 R04.FR.31' },
          ),
        ]
      : []),
  ]
}

const always: Filled<Report> = {
  freqDroop: [{ id: value('droopId'), isDefault: true, isSuperseded: false, freqDroop }],
  enterService: [{ id: value('enterServiceId'), enterService }],
}

const planned: Filled<Report> = {
  curve: [
    {
      id: value('curveId'),
      curveType: 'FreqWatt',
      isDefault: false,
      isSuperseded: false,
      curve: { ...frequencyCurve, startTime: value('startTime') },
    },
  ],
}

/** A planned control begins, or is over [2.1 R04.FR.20, FR.22]. */
function told(started: boolean): Move {
  return call(
    'NotifyDERStartStop',
    { controlId: value('curveId'), started, timestamp: now() },
    { clause: started ? '2.1 R04.FR.20' : '2.1 R04.FR.22' },
  )
}

/** The grid makes the station do something else than it was to, or does no longer [2.1 R05]. */
function alarm(alarmEnded: boolean): Move {
  return call(
    'NotifyDERAlarm',
    {
      controlType: 'LVMustTrip',
      gridEventFault: 'UnderVoltage',
      alarmEnded,
      timestamp: now(),
    },
    { clause: alarmEnded ? '2.1 R05.FR.02' : '2.1 R05.FR.01' },
  )
}

/** R. Stations as distributed energy resources. */
export const derControl21: readonly ConformanceCase[] = [
  case21({
    id: 'R_107',
    title: 'The CSMS sets, reads and clears what a station does for the grid',
    profile: 'DER Control',
    moves: [
      ...booted21,
      ...reports({ 'ACDERCtrlr@1.Enabled': true, 'ACDERCtrlr@1.ModesSupported': modes }),
      droopSet,
      ...curveSet,
      enterServiceSet,
      ...controlsAsked({ isDefault: true }, always),
      ...controlsAsked({ isDefault: false }, planned),
      ...controlsAsked({ controlType: 'LimitMaxDischarge' }),
      ...controlsAsked({ controlId: value('curveId') }, planned),
      told(true),
      told(false),
      allCleared(true),
      allCleared(false),
      stillThere,
    ],
  }),
  case21({
    id: 'R_108',
    title: 'The grid makes a station do something else, and lets it go again',
    profile: 'DER Control',
    moves: [...booted21, alarm(false), alarm(true), stillThere],
  }),
]
