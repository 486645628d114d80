import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { does } from '../moves.ts'
import { any, type Filled, regex, value } from '../values.ts'
import { reports } from './device-model21.ts'
import { asked, call, case21 } from './moves21.ts'
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

/**
 * What a station can bring a log to, over this scheme and with the name and the password that stand in
 * the place: no fragment, and no query that ends with a slash.
 */
function withCredentials(scheme: 'http' | 'https'): Move {
  return does(`a place of ${scheme} with name and password`, (scene) => {
    const told = String(scene.values.get('remoteLocation'))
    const { protocol, named, fragment, query } = placeOf(told)
    const check = (name: string, passed: boolean, clause: string) =>
      scene.check(name, passed, { detail: told.replace(/\/\/[^/@]*@/, '//***@'), clause })
    check('scheme', protocol === `${scheme}:`, '2.1 N01')
    check('name and password', named, '2.1 N01.FR.17, FR.25')
    check('no fragment', !fragment, '2.1 N01.FR.27')
    check('no slash at the end of the query', !query.endsWith('/'), '2.1 N01.FR.28')
  })
}

/** A place that is none has no scheme, either. */
function placeOf(told: string) {
  try {
    const { protocol, username, password, search } = new URL(told)
    const named = username !== '' && password !== ''
    return { protocol, named, fragment: told.includes('#'), query: search }
  } catch {
    return { protocol: '', named: false, fragment: false, query: '' }
  }
}

function broughtOver(scheme: 'http' | 'https'): readonly Move[] {
  const place = `${scheme}://station:upload-secret@127.0.0.1/uploads/`
  return [...booted21, ...uploaded('DiagnosticsLog', place, withCredentials(scheme))]
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
    moves: broughtOver('http'),
  }),
  case21({
    id: 'N_103',
    title: 'The station brings a log to a place that wants a password, over HTTPS',
    profile: 'Core',
    moves: broughtOver('https'),
  }),
]
