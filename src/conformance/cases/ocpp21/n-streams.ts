import type { ConformanceCase, Move } from '../case.ts'
import { moment } from '../moments.ts'
import { raw } from '../moves.ts'
import { absent, any, now, value } from '../values.ts'
import { asked, call, case21 } from './moves21.ts'
import { booted21, stillThere } from './states21.ts'

const power = {
  component: { name: 'EVSE', evse: { id: 1 } },
  variable: { name: 'Power' },
} as const

/** A monitor that is to send its values as a stream: every 10 s, at most 30 at a time [2.1 N11]. */
const monitor = { ...power, type: 'Periodic', value: 1, severity: 8 } as const
const params = { interval: 10, values: 30 }
const otherParams = { interval: 15, values: 45 }

const monitorSet: Move = asked('SetVariableMonitoring', {
  order: { setMonitoringData: [{ ...monitor, periodicEventStream: params }] },
  answer: {
    setMonitoringResult: [
      { ...power, id: 3, status: 'Accepted', type: 'Periodic', severity: monitor.severity },
    ],
  },
  clause: '2.1 N11.FR.09',
})

/** The station begins a stream of the monitor [2.1 N11.FR.02]. */
const opened: Move = call(
  'OpenPeriodicEventStream',
  { constantStreamData: { id: 2, variableMonitoringId: 3, params } },
  { expect: { status: 'Accepted' }, clause: '2.1 N11.FR.06' },
)

const adjusted: Move = asked('AdjustPeriodicEventStream', {
  order: { id: 2, params: otherParams },
  answer: { status: 'Accepted' },
  clause: '2.1 N14.FR.01',
})

/** Values come as a SEND, which nobody answers [2.1 N15.FR.01, FR.02]. */
const streamed: readonly Move[] = [
  moment('streamFrom', 0),
  raw(
    'values of the stream',
    '[6,"{id}","NotifyPeriodicEventStream",' +
      '{"id":2,"pending":0,"basetime":"{streamFrom}","data":[{"t":0,"v":"6900"},{"t":1,"v":"7000"}]}]',
    { pass: ['silence'], clause: '2.1 N15.FR.02' },
  ),
]

function closed(id: number): Move {
  return call('ClosePeriodicEventStream', { id }, { clause: '2.1 N13.FR.02' })
}

const monitors = (['TargetDelta', 'TargetDeltaRelative'] as const).map((type, at) => ({
  id: 31 + at,
  transaction: false,
  value: 5,
  type,
  severity: 8,
  eventNotificationType: 'CustomMonitor' as const,
}))

/** What monitors of 2.1 can beside those of 2.0.1 [2.1 N02, N11 to N15]. */
export const streams21: readonly ConformanceCase[] = [
  case21({
    id: 'N_104',
    title: 'The CSMS asks for monitors of changes, and takes those that follow a target',
    profile: 'Advanced Device Management',
    moves: [
      ...booted21,
      asked('GetMonitoringReport', {
        order: { requestId: 2, monitoringCriteria: ['DeltaMonitoring'] },
        expect: {
          requestId: any,
          monitoringCriteria: ['DeltaMonitoring'],
          componentVariable: absent,
        },
        answer: { status: 'Accepted' },
        save: { requestId: '$.requestId' },
        clause: '2.1 N02',
      }),
      call(
        'NotifyMonitoringReport',
        {
          requestId: value('requestId'),
          seqNo: 0,
          tbc: false,
          generatedAt: now(),
          monitor: [{ ...power, variableMonitoring: monitors }],
        },
        { clause: '2.1 N02' },
      ),
    ],
  }),
  case21({
    id: 'N_105',
    title: 'A monitor sends its values as a stream, and the CSMS changes how often',
    profile: 'Advanced Device Management',
    moves: [...booted21, monitorSet, opened, adjusted, ...streamed, closed(2), stillThere],
  }),
  case21({
    id: 'N_107',
    title: 'The CSMS asks which streams there are',
    profile: 'Advanced Device Management',
    moves: [
      ...booted21,
      asked('GetPeriodicEventStream', {
        order: {},
        answer: {
          constantStreamData: [
            { id: 2, variableMonitoringId: 3, params },
            { id: 3, variableMonitoringId: 4, params },
          ],
        },
        clause: '2.1 N12',
      }),
      closed(2),
      closed(3),
      stillThere,
    ],
  }),
]
