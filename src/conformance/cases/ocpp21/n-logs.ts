import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { any, type Filled, regex, value } from '../values.ts'
import { reports } from './device-model21.ts'
import { asked, call, case21 } from './moves21.ts'
import { guardedPlace } from './n-uploads.ts'
import { booted21 } from './states21.ts'

type LogType = RequestOf<Actions21, 'GetLog'>['logType']

/** The CSMS wants a log, and gets it; where to is in `remoteLocation` [2.1 N01]. */
function uploaded(logType: LogType, remoteLocation: Filled<string>, ...judged: Move[]) {
  const status = (of: 'Uploading' | 'Uploaded') =>
    call(
      'LogStatusNotification',
      { status: of, requestId: value('requestId') },
      { clause: '2.1 N01' },
    )
  return [
    asked('GetLog', {
      order: { logType, requestId: 725, log: { remoteLocation } },
      expect: { logType, requestId: any, log: { remoteLocation: regex('^[a-z]+://.') } },
      answer: { status: 'Accepted', filename: 'probe.log' },
      save: { requestId: '$.requestId', remoteLocation: '$.log.remoteLocation' },
      clause: '2.1 N01.FR.01',
    }),
    ...judged,
    status('Uploading'),
    status('Uploaded'),
  ]
}

function guarded(scheme: 'http' | 'https'): readonly Move[] {
  const { chosen, asWanted, brought } = guardedPlace(scheme)
  const place = value('uploadPlace')
  return [...booted21, chosen, ...uploaded('DiagnosticsLog', place, asWanted, brought)]
}

/** Logs of stations of 2.1 [2.1 N01]. */
export const logs21: readonly ConformanceCase[] = [
  case21({
    id: 'N_100',
    title: 'The station brings what its data collector has',
    profile: 'Core',
    feature: 'C-65 or Bidirectional Power Transfer or DER Control',
    moves: [
      ...booted21,
      ...reports({ 'DataCollector.Enabled': true }),
      ...uploaded('DataCollectorLog', value('uploadUrl')),
    ],
  }),
  case21({
    id: 'N_102',
    title: 'The station brings a log to a place that wants a password, over HTTP',
    profile: 'Core',
    moves: guarded('http'),
  }),
  case21({
    id: 'N_103',
    title: 'The station brings a log to a place that wants a password, over HTTPS',
    profile: 'Core',
    moves: guarded('https'),
  }),
]
