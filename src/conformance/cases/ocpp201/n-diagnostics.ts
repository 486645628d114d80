import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { does } from '../moves.ts'
import { absent, any, type Filled, now, regex, value } from '../values.ts'
import { asked, call, case201 } from './moves201.ts'
import { customers201 } from './n-customers.ts'
import { monitoring201 } from './n-monitoring.ts'
import { booted201, stillThere } from './states201.ts'

type LogType = RequestOf<Actions201, 'GetLog'>['logType']
type LogStatus = RequestOf<Actions201, 'LogStatusNotification'>['status']

/** The CSMS wants a log; the id of its request is saved as `requestId`, or `as` [2.0.1 N01]. */
function logAsked(
  logType: LogType,
  status: 'Accepted' | 'Rejected' | 'AcceptedCanceled',
  { as = 'requestId', requestId = 25 } = {},
): Move {
  return asked('GetLog', {
    order: { logType, requestId, log: { remoteLocation: value('uploadUrl') } },
    expect: { logType, requestId: any, log: { remoteLocation: regex('^[a-z]+://.') } },
    answer: { status, ...(status !== 'Rejected' && { filename: 'probe.log' }) },
    save: { [as]: '$.requestId' },
    clause: '2.0.1 N01.FR.01',
  })
}

function logStatus(status: LogStatus, requestId = 'requestId'): Move {
  return call(
    'LogStatusNotification',
    { status, requestId: value(requestId) },
    { clause: '2.0.1 N01' },
  )
}

function uploaded(logType: LogType): readonly Move[] {
  return [
    ...booted201,
    logAsked(logType, 'Accepted'),
    logStatus('Uploading'),
    logStatus('Uploaded'),
  ]
}

/** Two requests that are under way at once cannot have one id. */
const twoIds = does('the two requests have different ids', (scene) => {
  const [first, second] = ['requestId', 'nextRequestId'].map((name) => scene.values.get(name))
  scene.check('requestId', first !== second, {
    detail: `the first is ${String(first)}, the second ${String(second)}`,
    clause: '2.0.1 N01.FR.07',
    level: 'SHOULD',
  })
})

type EventData = RequestOf<Actions201, 'NotifyEvent'>['eventData'][0]

/** What a monitor saw is told, and the answer is empty [2.0.1 N07.FR.03, N08.FR.02]. */
function notified(over: Partial<Filled<EventData>>, seqNo = 0): Move {
  return call(
    'NotifyEvent',
    {
      generatedAt: now(),
      seqNo,
      eventData: [
        {
          eventId: 40 + seqNo,
          timestamp: now(),
          trigger: 'Alerting',
          actualValue: '1',
          eventNotificationType: 'HardWiredMonitor',
          component: { name: 'ChargingStation' },
          variable: { name: 'Problem' },
          ...over,
        },
      ],
    },
    { expect: { customData: absent }, clause: '2.0.1 N07.FR.03, N08.FR.02' },
  )
}

interface Event {
  readonly id: string
  readonly title: string
  readonly profile: 'Advanced Device Management' | 'Optional'
  readonly moves: readonly Move[]
}

const events: readonly Event[] = [
  {
    id: 'N_21',
    title: 'A monitor that is wired in raises an alarm',
    profile: 'Advanced Device Management',
    moves: [notified({})],
  },
  {
    id: 'N_24',
    title: 'A monitor tells again and again',
    profile: 'Advanced Device Management',
    moves: [0, 1, 2].map((seqNo) =>
      notified(
        {
          trigger: 'Periodic',
          eventNotificationType: 'CustomMonitor',
          variableMonitoringId: 21,
          actualValue: `${seqNo}`,
        },
        seqNo,
      ),
    ),
  },
  {
    id: 'N_48',
    title: 'A monitor of a variable that nobody may read tells no value',
    profile: 'Optional',
    moves: [notified({ actualValue: '', variableMonitoringId: 21 })],
  },
  {
    id: 'N_49',
    title: 'An alarm is over after a reboot',
    profile: 'Advanced Device Management',
    moves: [notified({ cleared: true, actualValue: '0', variableMonitoringId: 21 })],
  },
  {
    id: 'N_50',
    title: 'A monitor goes on telling after a reboot',
    profile: 'Advanced Device Management',
    moves: [
      notified({
        trigger: 'Periodic',
        eventNotificationType: 'CustomMonitor',
        variableMonitoringId: 21,
      }),
    ],
  },
]

/** N. Diagnostics: logs, events, monitors, and what a station knows of customers. */
export const diagnostics201: readonly ConformanceCase[] = [
  ...monitoring201,
  ...events.map(({ moves, ...row }) =>
    case201({ ...row, moves: [...booted201, ...moves, stillThere] }),
  ),
  case201({
    id: 'N_25',
    title: 'The station brings its diagnostics',
    profile: 'Core',
    moves: uploaded('DiagnosticsLog'),
  }),
  case201({
    id: 'N_35',
    title: 'The station brings its security log',
    profile: 'Core',
    moves: uploaded('SecurityLog'),
  }),
  case201({
    id: 'N_34',
    title: 'The station refuses to bring a log',
    profile: 'Core',
    moves: [...booted201, logAsked('DiagnosticsLog', 'Rejected'), stillThere],
  }),
  case201({
    id: 'N_36',
    title: 'A second request takes the place of the one that is under way',
    profile: 'Core',
    moves: [
      ...booted201,
      logAsked('DiagnosticsLog', 'Accepted'),
      logStatus('Uploading'),
      logAsked('DiagnosticsLog', 'AcceptedCanceled', { as: 'nextRequestId', requestId: 26 }),
      twoIds,
      logStatus('AcceptedCanceled'),
      logStatus('Uploading', 'nextRequestId'),
      logStatus('Uploaded', 'nextRequestId'),
    ],
  }),
  ...customers201,
]
