import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import { ordered } from '../../play/order.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { does } from '../moves.ts'
import { absent, any, inAnyOrder, type Matching, now, type Operator, value } from '../values.ts'
import { asked, call, case201 } from './moves201.ts'
import { booted201, stillThere } from './states201.ts'

const availability = {
  component: { name: 'EVSE', evse: { id: 1 } },
  variable: { name: 'AvailabilityState' },
} as const
const stationAvailability = {
  component: { name: 'ChargingStation' },
  variable: { name: 'AvailabilityState' },
} as const
const power = { component: { name: 'ChargingStation' }, variable: { name: 'Power' } } as const
const evsePower = {
  component: { name: 'EVSE', evse: { id: 1 } },
  variable: { name: 'Power' },
} as const

type Filter = Pick<
  RequestOf<Actions201, 'GetMonitoringReport'>,
  'monitoringCriteria' | 'componentVariable'
>

/** The CSMS asks which monitors there are, by this filter and no other [2.0.1 N02]. */
function monitorsAsked(filter: Filter, status: 'Accepted' | 'EmptyResultSet'): Move {
  return asked('GetMonitoringReport', {
    order: { requestId: 2, ...filter },
    expect: {
      requestId: any,
      monitoringCriteria: listed(filter.monitoringCriteria),
      componentVariable: listed(filter.componentVariable?.map(withoutInstance)),
    },
    answer: { status },
    save: { requestId: '$.requestId' },
    clause: '2.0.1 N02',
  })
}

/** What a filter lists, or nothing at all. */
function listed(items: readonly unknown[] | undefined): Operator {
  return items ? inAnyOrder(items) : absent
}

type Filtered = NonNullable<Filter['componentVariable']>[0]

/** No instance was ordered: one would leave monitors out, and so would an EVSE. */
function withoutInstance({ component, variable }: Filtered): Matching<Filtered> {
  return {
    component: { evse: absent, ...component, instance: absent },
    variable: { ...variable, instance: absent },
  }
}

interface Told {
  readonly on: typeof availability | typeof power
  readonly type: 'Delta' | 'UpperThreshold'
  readonly seqNo?: number
  readonly tbc?: boolean
}

/** The station tells of one monitor [2.0.1 N02.FR.03]. */
function monitorTold({ on, type, seqNo = 0, tbc = false }: Told): Move {
  const monitor = { id: 11 + seqNo, transaction: false, value: 1, type, severity: 8 } as const
  return call(
    'NotifyMonitoringReport',
    {
      requestId: value('requestId'),
      seqNo,
      tbc,
      generatedAt: now(),
      monitor: [{ ...on, variableMonitoring: [monitor] }],
    },
    { clause: '2.0.1 N02' },
  )
}

const deltaMonitor = { value: 1, type: 'Delta', severity: 8 } as const

/** The CSMS sets monitors that tell of every change [2.0.1 N04]. */
function monitorsSet(
  ...ons: readonly (typeof availability | typeof stationAvailability)[]
): readonly Move[] {
  return [
    asked('SetVariableMonitoring', {
      order: { setMonitoringData: ons.map((on) => ({ ...on, ...deltaMonitor })) },
      expect: {
        setMonitoringData: inAnyOrder(ons.map((on) => ({ ...on, ...deltaMonitor, value: any }))),
      },
      prefer: { setMonitoringData: ons.map(() => ({ value: 1 })) },
      answer: {
        setMonitoringResult: ons.map((on, at) => ({
          ...on,
          id: 21 + at,
          status: 'Accepted' as const,
          type: 'Delta' as const,
          severity: 8,
        })),
      },
      clause: '2.0.1 N04.FR.01, N04.FR.17',
    }),
    stillThere,
  ]
}

function baseSet(monitoringBase: 'All' | 'FactoryDefault' | 'HardWiredOnly'): Move {
  return asked('SetMonitoringBase', {
    order: { monitoringBase },
    answer: { status: 'Accepted' },
    clause: '2.0.1 N03',
  })
}

function levelSet(status: 'Accepted' | 'Rejected'): readonly Move[] {
  return [
    asked('SetMonitoringLevel', {
      order: { severity: 4 },
      answer: { status },
      clause: '2.0.1 N05.FR.01',
    }),
    stillThere,
  ]
}

const clearLimit = {
  component: { name: 'MonitoringCtrlr' },
  variable: { name: 'ItemsPerMessage', instance: 'ClearVariableMonitoring' },
} as const

const ids = [31, 32, 33] as const

const clear = 'ClearVariableMonitoring'
const clearClause = '2.0.1 N06.FR.04'

/** In as many messages as the CSMS needs: not more ids in any than the station takes, each id once. */
const clearedInParts = does(
  'the CSMS clears three monitors, no more than two at once',
  async (scene) => {
    const { probe, stage } = scene
    const first = await ordered(scene, { action: clear, payload: { id: ids } })
    const lists: (readonly number[])[] = []
    let incoming = first
    while (incoming) {
      const { id } = incoming.payload as { readonly id?: unknown }
      const list: readonly number[] = Array.isArray(id) ? id : []
      lists.push(list)
      const status = 'Accepted' as const
      probe.result(incoming, { clearMonitoringResult: list.map((one) => ({ id: one, status })) })
      const all = lists.flat().length >= ids.length
      incoming = all ? undefined : await probe.arrivals.next(clear, stage.timeoutMs)
    }
    const frame = first?.frame
    scene.check('ids of ClearVariableMonitoring', fits(lists), {
      detail: first ? lists.map((list) => list.join(', ')).join(' | ') : `no ${clear} came in time`,
      clause: clearClause,
      frame,
    })
  },
  [clear],
)

function fits(lists: readonly (readonly number[])[]): boolean {
  const all = lists.flat().toSorted((a, b) => a - b)
  return lists.every(({ length }) => length <= 2) && all.join() === ids.join()
}

/** Monitors of variables. */
export const monitoring201: readonly ConformanceCase[] = [
  case201({
    id: 'N_01',
    title: 'The CSMS asks for monitors of a kind',
    profile: 'Advanced Device Management',
    moves: [
      ...booted201,
      monitorsAsked({ monitoringCriteria: ['DeltaMonitoring'] }, 'EmptyResultSet'),
      monitorsAsked({ monitoringCriteria: ['ThresholdMonitoring'] }, 'Accepted'),
      monitorTold({ on: power, type: 'UpperThreshold', tbc: true }),
      monitorTold({ on: power, type: 'UpperThreshold', seqNo: 1 }),
    ],
  }),
  case201({
    id: 'N_02',
    title: 'The CSMS asks for monitors of a variable',
    profile: 'Advanced Device Management',
    moves: [
      ...booted201,
      monitorsAsked({ componentVariable: [power] }, 'EmptyResultSet'),
      monitorsAsked({ componentVariable: [availability] }, 'Accepted'),
      monitorTold({ on: availability, type: 'Delta' }),
    ],
  }),
  case201({
    id: 'N_03',
    title: 'The CSMS asks for monitors of a kind, of a variable',
    profile: 'Advanced Device Management',
    moves: [
      ...booted201,
      monitorsAsked(
        { monitoringCriteria: ['DeltaMonitoring'], componentVariable: [availability] },
        'EmptyResultSet',
      ),
      monitorsAsked(
        { monitoringCriteria: ['ThresholdMonitoring'], componentVariable: [power] },
        'Accepted',
      ),
      monitorTold({ on: power, type: 'UpperThreshold' }),
    ],
  }),
  case201({
    id: 'N_47',
    title: 'The CSMS asks for all monitors',
    profile: 'Advanced Device Management',
    moves: [
      ...booted201,
      monitorsAsked({}, 'Accepted'),
      monitorTold({ on: availability, type: 'Delta', tbc: true }),
      monitorTold({ on: power, type: 'UpperThreshold', seqNo: 1 }),
    ],
  }),
  case201({
    id: 'N_60',
    title: 'The CSMS asks for monitors of a kind, of several variables',
    profile: 'Advanced Device Management',
    moves: [
      ...booted201,
      monitorsAsked(
        { monitoringCriteria: ['ThresholdMonitoring'], componentVariable: [power, evsePower] },
        'EmptyResultSet',
      ),
      monitorsAsked(
        {
          monitoringCriteria: ['DeltaMonitoring'],
          componentVariable: [stationAvailability, availability],
        },
        'Accepted',
      ),
      monitorTold({ on: availability, type: 'Delta' }),
    ],
  }),
  case201({
    id: 'N_05',
    title: 'The CSMS chooses which monitors a station begins with',
    profile: 'Advanced Device Management',
    moves: [
      ...booted201,
      baseSet('All'),
      baseSet('FactoryDefault'),
      baseSet('HardWiredOnly'),
      stillThere,
    ],
  }),
  case201({
    id: 'N_08',
    title: 'The CSMS sets a monitor',
    profile: 'Advanced Device Management',
    moves: [...booted201, ...monitorsSet(availability)],
  }),
  case201({
    id: 'N_09',
    title: 'The CSMS sets two monitors at once',
    profile: 'Optional',
    moves: [...booted201, ...monitorsSet(availability, stationAvailability)],
  }),
  case201({
    id: 'N_16',
    title: 'The CSMS chooses from which severity on it is told',
    profile: 'Advanced Device Management',
    moves: [...booted201, ...levelSet('Accepted')],
  }),
  case201({
    id: 'N_17',
    title: 'A station refuses the severity from which on it tells',
    profile: 'Advanced Device Management',
    moves: [...booted201, ...levelSet('Rejected')],
  }),
  case201({
    id: 'N_18',
    title: 'The CSMS clears no more monitors at once than the station takes',
    profile: 'Advanced Device Management',
    moves: [
      ...booted201,
      asked('GetVariables', {
        order: { getVariableData: [clearLimit] },
        answer: {
          getVariableResult: [{ ...clearLimit, attributeStatus: 'Accepted', attributeValue: '2' }],
        },
        clause: '2.0.1 B06',
      }),
      stillThere,
      clearedInParts,
    ],
  }),
  case201({
    id: 'N_44',
    title: 'A station does not clear a monitor',
    profile: 'Advanced Device Management',
    moves: [
      ...booted201,
      asked('ClearVariableMonitoring', {
        order: { id: [31] },
        answer: { clearMonitoringResult: [{ id: 31, status: 'Rejected' }] },
        clause: '2.0.1 N06',
      }),
      stillThere,
    ],
  }),
]
