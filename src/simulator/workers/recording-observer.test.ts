import { describe, expect, test } from 'vitest'
import { findDiscrepancies } from '../../metrics/conservation.ts'
import { phases } from '../../metrics/phase.ts'
import { RecentProblems } from '../../metrics/recent-problems.ts'
import { Recorder } from '../../metrics/recorder.ts'
import { selectCommands, selectExchanges } from '../../metrics/selection.ts'
import type { CallOutcome } from '../../ocpp/rpc/call.ts'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import type { MeasuredCall } from '../station/observer.ts'
import { ConnectorStatuses } from './connector-statuses.ts'
import { type Recording, RecordingObserver } from './recording-observer.ts'

const station = { id: 'CP1', index: 4 }

function setUp() {
  const clock = new VirtualClock()
  const heard: string[] = []
  const recording: Recording = {
    recorder: new Recorder(0),
    clock,
    statuses: new ConnectorStatuses(),
    problems: new RecentProblems(0),
    outstanding: 0,
    events: {
      connecting: (index) => heard.push(`connecting ${index}`),
      connectSettled: (index, refusal) => heard.push(`settled ${index} ${refusal ?? 'well'}`),
      ready: (index) => heard.push(`ready ${index}`),
      localSocketError: (code) => heard.push(`local ${code}`),
      fault: (message) => heard.push(message),
      frame: undefined,
    },
  }
  const observer = new RecordingObserver(recording, 'street', 'ocpp1.6')
  return { clock, heard, recording, observer }
}

function call(action: string, instants: Partial<MeasuredCall> = {}, payload = {}): MeasuredCall {
  return {
    action,
    payload,
    id: '1',
    intendedMicros: 0,
    dueMicros: 0,
    sentMicros: 3000,
    settledMicros: 5000,
    settled: () => undefined,
    ...instants,
  }
}

const result: CallOutcome = { kind: 'result', payload: {} }

describe('RecordingObserver', () => {
  test('a CALL that never got its turn counts at its age, as an error', () => {
    const { clock, recording, observer } = setUp()
    clock.advance(70)
    observer.unsent(station.index, 'Heartbeat', 10_000, 12_000)
    const snapshot = recording.recorder.snapshot()
    const window = selectExchanges(snapshot, {}, phases)
    expect(window).toMatchObject({ unsent: 1, errors: 1, dropped: 0, scheduled: 1 })
    expect(window.all.max).toBe(60_000)
    expect(window.lag.max).toBe(2000)
    expect(findDiscrepancies(snapshot)).toEqual([])
  })

  test('a CALL that its connection did not send counts once, also where the executor hears of it', () => {
    const { recording, observer } = setUp()
    const due = call('Heartbeat', { intendedMicros: 10_000, dueMicros: 12_000 })
    observer.callStarted(station, due)
    observer.callSettled(station, due, { kind: 'unsent', reason: 'closed' })
    observer.unsent(station.index, 'Heartbeat', 10_000, 12_000)
    // The next one never got as far as the connection.
    observer.unsent(station.index, 'Heartbeat', 20_000, 22_000)
    const snapshot = recording.recorder.snapshot()
    expect(selectExchanges(snapshot, {}, phases)).toMatchObject({ unsent: 2, scheduled: 2 })
    expect(findDiscrepancies(snapshot)).toEqual([])
    expect(recording.outstanding).toBe(0)
  })

  test('a command that is under way when the run is over failed, whatever comes of it then', () => {
    const { clock, recording, observer } = setUp()
    const answered = observer.commanding('Reset', clock.monotonicMicros())
    const failed = observer.commanding('Reset', clock.monotonicMicros())
    const open = observer.commanding('Reset', clock.monotonicMicros())
    clock.advance(5)
    answered(clock.monotonicMicros())
    failed(0)
    observer.giveUpCommands()
    open(clock.monotonicMicros())
    observer.giveUpCommands()
    const commands = selectCommands(recording.recorder.snapshot(), {})
    expect(commands.failed).toBe(2)
    expect(commands.time(0).count).toBe(1)
  })

  test('a station that tries again and again is one that tried', () => {
    const { recording, observer } = setUp()
    for (let attempt = 0; attempt < 3; attempt += 1) {
      observer.connecting(station)
      observer.connectFailed(station, 'http', 'HTTP 401 Unauthorized')
    }
    observer.connecting({ id: 'CP2', index: 9 })
    const [stations] = recording.recorder.snapshot().stations
    expect(stations).toMatchObject({ tried: 2, connected: 0, accepted: 0 })
  })

  test('failed TLS handshakes are counted by what they failed with', () => {
    const { recording, observer } = setUp()
    observer.connectFailed(station, 'tls', 'certificate has expired (CERT_HAS_EXPIRED)')
    observer.connectFailed(station, 'tls', 'no such file')
    const [stations] = recording.recorder.snapshot().stations
    expect(stations?.connectFailures).toEqual({ 'TLS CERT_HAS_EXPIRED': 1, tls: 1 })
  })

  test('tells first connections and boots from later ones, and when a station is ready', () => {
    const { clock, heard, recording, observer } = setUp()
    observer.connecting(station)
    clock.advance(20)
    observer.connected(station, clock.monotonicMicros())
    observer.bootAccepted(station, 1000)
    observer.disconnected()
    observer.connecting(station)
    observer.connected(station, clock.monotonicMicros())
    const [stations] = recording.recorder.snapshot().stations
    expect(stations).toMatchObject({ connected: 1, accepted: 1, reconnects: 1 })
    expect(stations?.windows.ramp?.connectTime.max).toBe(20_000)
    expect(heard).toEqual([
      'connecting 4',
      'settled 4 well',
      'ready 4',
      'connecting 4',
      'settled 4 well',
      'ready 4',
    ])
  })

  test('a handshake that was given up and begun again counts once', () => {
    const { heard, observer } = setUp()
    observer.connecting(station)
    observer.connecting(station)
    observer.connectFailed(station, 'refused', 'connect ECONNREFUSED 127.0.0.1:1')
    expect(heard).toEqual(['connecting 4', 'settled 4 connect ECONNREFUSED 127.0.0.1:1'])
  })

  test('names failures by error code or HTTP status, and its own machine apart', () => {
    const { heard, recording, observer } = setUp()
    observer.connectFailed(station, 'http', 'HTTP 401 Unauthorized')
    observer.connectFailed(station, 'timeout', 'no answer in time')
    observer.connectFailed(station, 'local', 'connect EMFILE 127.0.0.1:9000')
    expect(recording.recorder.snapshot().stations[0]?.connectFailures).toEqual({
      EMFILE: 1,
      'HTTP 401 Unauthorized': 1,
      timeout: 1,
    })
    expect(heard).toContain('local EMFILE')
  })

  test('open-model CALLs are measured from their intended instant, others from sending', () => {
    const { recording, observer } = setUp()
    const open = call('Heartbeat', { intendedMicros: 1000, dueMicros: 1500 })
    for (const one of [open, call('Authorize')]) {
      observer.callStarted(station, one)
      expect(recording.outstanding).toBe(1)
      observer.callSettled(station, one, result)
    }
    const [authorize, heartbeat] = recording.recorder.snapshot().exchanges
    expect(heartbeat?.windows.ramp).toMatchObject({ scheduled: 1, response: { max: 4000 } })
    expect(heartbeat?.windows.ramp?.lag.max).toBe(500)
    expect(authorize?.windows.ramp).toMatchObject({ scheduled: 0, response: { max: 2000 } })
  })

  test('a SEND is counted by its action and is no exchange', () => {
    const { recording, observer } = setUp()
    observer.sendWritten(station, 'NotifyPeriodicEventStream')
    observer.messageSent(station, 6, '[6,"x","NotifyPeriodicEventStream",{}]')
    const [stream] = recording.recorder.snapshot().exchanges
    expect(stream).toMatchObject({ action: 'NotifyPeriodicEventStream', started: 0, sends: 1 })
  })

  test('acknowledged connector statuses go to the books, raw frames make them unknown', () => {
    const { recording, observer } = setUp()
    const status = { connectorId: 1, status: 'Available', errorCode: 'NoError' }
    observer.callSettled(station, call('StatusNotification', {}, status), result)
    expect(recording.statuses.all()).toMatchObject([{ stationId: 'CP1', status: 'Available' }])
    observer.messageSent(station, 0, '[2,"x","StatusNotification",{}]')
    expect(recording.statuses.all()).toEqual([])
  })
})

test('what went wrong is told with station and reason, whatever went wrong', () => {
  const { observer, recording, clock } = setUp()
  clock.advance(2500)
  const ends: readonly CallOutcome[] = [
    { kind: 'timeout' },
    { kind: 'result', payload: {} },
    {
      kind: 'error',
      code: 'InternalError',
      wireCode: 'InternalError',
      description: 'no disk',
      details: {},
    },
  ]
  for (const outcome of ends) {
    const made = call('Heartbeat')
    observer.callStarted(station, made)
    observer.callSettled(station, made, outcome)
  }
  observer.connectFailed(station, 'refused', 'connect ECONNREFUSED 127.0.0.1:1')
  observer.scriptEnded(station, {
    summary: 'authorize in line 7: not accepted',
    reason: 'CP1 was told Blocked',
  })
  observer.found(station, { rule: 'RPC_BINARY', level: 'MUST', detail: 'a ping', frame: '' })
  expect(recording.problems.take()).toEqual([
    { second: 2, station: 'CP1', level: 'error', what: 'Heartbeat not answered in time' },
    {
      second: 2,
      station: 'CP1',
      level: 'error',
      what: 'Heartbeat answered with InternalError: no disk',
    },
    {
      second: 2,
      station: 'CP1',
      level: 'error',
      what: 'cannot connect: connect ECONNREFUSED 127.0.0.1:1',
    },
    {
      second: 2,
      station: 'CP1',
      level: 'error',
      what: 'script failed: CP1 was told Blocked',
    },
    { second: 2, station: 'CP1', level: 'violation', what: 'RPC_BINARY a ping' },
  ])
})
