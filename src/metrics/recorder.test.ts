import { describe, expect, test } from 'vitest'
import { findDiscrepancies } from './conservation.ts'
import { phases } from './phase.ts'
import { commandKinds, type OutcomeKind, Recorder } from './recorder.ts'
import { selectCommands, selectExchanges, selectStations } from './selection.ts'
import { failureKinds } from './station-stats.ts'

const ms = 1_000
const second = 1_000_000

function heartbeats(recorder: Recorder) {
  return recorder.exchanges('street', 'ocpp1.6', 'Heartbeat')
}

/** An open-model CALL, due at `intended`, that takes 1 ms from being sent. */
function exchange(recorder: Recorder, intended: number, kind: OutcomeKind = 'result'): void {
  recorder.exchangeStarted(heartbeats(recorder))
  const sent = intended + 2 * ms
  recorder.exchangeSettled(heartbeats(recorder), kind, intended, intended + ms, sent, sent + ms)
}

describe('Recorder', () => {
  test('gives the same stats for the same fleet, version and action', () => {
    const recorder = new Recorder(0)
    expect(heartbeats(recorder)).toBe(heartbeats(recorder))
    expect(heartbeats(recorder)).not.toBe(recorder.exchanges('depot', 'ocpp1.6', 'Heartbeat'))
  })

  test('response time = lag + gate wait + service time', () => {
    const recorder = new Recorder(0)
    const stats = heartbeats(recorder)
    recorder.exchangeStarted(stats)
    recorder.exchangeSettled(stats, 'result', 0, 5, 25, 75)
    const window = selectExchanges(recorder.snapshot(), {}, phases)
    expect(window.lag.max).toBe(5)
    expect(window.gateWait.max).toBe(20)
    expect(window.service.max).toBe(50)
    expect(window.response.max).toBe(75)
  })

  test('what waits for its turn is offered when it is due, and backlog until it is settled', () => {
    const recorder = new Recorder(0)
    recorder.tick(0)
    recorder.waits(1)
    recorder.waits(1)
    recorder.tick(second)
    recorder.waits(-1)
    recorder.exchangeStarted(heartbeats(recorder))
    recorder.exchangeSettled(heartbeats(recorder), 'result', 5, 5, second, second + ms)
    expect(recorder.takeSeconds(2 * second)).toMatchObject([
      { second: 0, offered: 2, backlog: 2 },
      { second: 1, offered: 0, backlog: 1, completed: 1 },
    ])
  })

  test('a CALL that a late timer left out counts with its lag', () => {
    const recorder = new Recorder(0)
    recorder.exchangeDropped(heartbeats(recorder), 10, 900)
    const window = selectExchanges(recorder.snapshot(), {}, phases)
    expect(window.lag.max).toBe(890)
    expect(window.dropped).toBe(1)
    expect(window.scheduled).toBe(0)
  })

  test('a closed-model CALL has neither lag nor gate wait, and responds as it serves', () => {
    const recorder = new Recorder(0)
    const stats = heartbeats(recorder)
    recorder.exchangeStarted(stats)
    recorder.closedExchangeSettled(stats, 'result', 100, 140)
    const window = selectExchanges(recorder.snapshot(), {}, phases)
    expect(window.lag.count + window.gateWait.count).toBe(0)
    expect(window.response.max).toBe(40)
    expect(window.service.max).toBe(40)
    expect(window.scheduled).toBe(0)
  })

  test('an exchange belongs to the window of its intended instant, however late it settles', () => {
    const recorder = new Recorder(0)
    recorder.enter('steady', 10 * second)
    recorder.enter('drain', 20 * second)
    exchange(recorder, 9 * second)
    exchange(recorder, 19.9999 * second)
    exchange(recorder, 20 * second)
    const snapshot = recorder.snapshot()
    for (const phase of ['ramp', 'steady', 'drain'] as const) {
      expect(selectExchanges(snapshot, {}, [phase]).completed).toBe(1)
    }
    expect(selectExchanges(snapshot, {}, ['warmup']).completed).toBe(0)
  })

  test('throughput belongs to the window in which the answer came', () => {
    const recorder = new Recorder(0)
    recorder.enter('steady', 10 * second)
    exchange(recorder, 9.9999 * second)
    const snapshot = recorder.snapshot()
    expect(selectExchanges(snapshot, {}, ['ramp'])).toMatchObject({ completed: 1, achieved: 0 })
    expect(selectExchanges(snapshot, {}, ['steady'])).toMatchObject({ completed: 0, achieved: 1 })
  })

  test('phases are never gone back to', () => {
    const recorder = new Recorder(0)
    recorder.enter('drain', second)
    recorder.enter('steady', 2 * second)
    expect(recorder.phase).toBe('drain')
  })

  test('every outcome has its counter, and together they are what was started', () => {
    const recorder = new Recorder(0)
    const outcomes: OutcomeKind[] = ['result', 'invalid', 'error', 'timeout', 'lost', 'unsent']
    for (const kind of outcomes) exchange(recorder, 0, kind)
    recorder.endOfDrain()
    exchange(recorder, 0, 'lost')
    const window = selectExchanges(recorder.snapshot(), {}, phases)
    expect(window).toMatchObject({
      completed: 2,
      invalid: 1,
      callErrors: 1,
      timeouts: 1,
      lost: 1,
      unsent: 1,
      unfinished: 1,
    })
    expect(window.settled).toBe(heartbeats(recorder).started)
    expect(window.errors).toBe(6)
    expect(findDiscrepancies(recorder.snapshot())).toEqual([])
  })

  test('a CALL that never settles is a discrepancy, and so is one that settles twice', () => {
    const recorder = new Recorder(0)
    recorder.exchangeStarted(heartbeats(recorder))
    const [missing] = findDiscrepancies(recorder.snapshot())
    expect(missing).toMatchObject({ action: 'Heartbeat', started: 1, settled: 0 })
    recorder.closedExchangeSettled(heartbeats(recorder), 'result', 0, 1)
    recorder.closedExchangeSettled(heartbeats(recorder), 'result', 0, 1)
    expect(findDiscrepancies(recorder.snapshot())).toMatchObject([{ started: 1, settled: 2 }])
  })

  test('what was not answered counts at its age, apart from the answered', () => {
    const recorder = new Recorder(0)
    const stats = heartbeats(recorder)
    recorder.exchangeStarted(stats)
    recorder.exchangeSettled(stats, 'timeout', 0, 0, 0, 30 * second)
    exchange(recorder, 0)
    const window = selectExchanges(recorder.snapshot(), {}, phases)
    expect(window.response.max).toBe(3 * ms)
    expect(window.service.count).toBe(1)
    expect(window.all.max).toBe(30 * second)
  })

  test('connects, boots and messages are counted by fleet, distinct stations once', () => {
    const recorder = new Recorder(0)
    const street = recorder.stations('street', 'ocpp1.6')
    recorder.connected(street, 10 * ms, false)
    recorder.bootAccepted(street, 5 * ms, false, 9 * ms)
    recorder.disconnected()
    recorder.connected(street, 12 * ms, true)
    recorder.bootAccepted(street, 6 * ms, true, 99 * ms)
    recorder.connectFailed(street, 'refused')
    recorder.lateAnswer(street)
    recorder.messageSent(street)
    recorder.enter('steady', second)
    recorder.messageReceived(street)
    const snapshot = recorder.snapshot()
    expect(snapshot.stations).toMatchObject([
      {
        connected: 1,
        accepted: 1,
        reconnects: 1,
        lateAnswers: 1,
        connectFailures: { refused: 1 },
      },
    ])
    const ramp = selectStations(snapshot, { fleet: 'street' }, ['ramp'])
    expect(ramp).toMatchObject({ messagesSent: 1, messagesReceived: 0 })
    expect(ramp.connectTime.count).toBe(2)
    expect(ramp.bootTime.max).toBe(6 * ms)
    expect(selectStations(snapshot, {}, ['steady']).messagesReceived).toBe(1)
    expect(selectStations(snapshot, { fleet: 'depot' }, phases).messagesSent).toBe(0)
  })

  test('TLS handshakes are timed apart, and left out where there are none', () => {
    const recorder = new Recorder(0)
    const street = recorder.stations('street', 'ocpp1.6')
    const depot = recorder.stations('depot', 'ocpp1.6')
    recorder.connected(street, 10 * ms, false, { micros: 4 * ms, resumed: false })
    recorder.connected(street, 8 * ms, true, { micros: 1 * ms, resumed: true })
    recorder.connected(depot, 3 * ms, false)
    const snapshot = recorder.snapshot()
    const all = selectStations(snapshot, {}, phases)
    expect([all.tlsTime?.count, all.tlsTime?.max, all.tlsResumed]).toEqual([2, 4 * ms, 1])
    expect(selectStations(snapshot, { fleet: 'depot' }, phases).tlsTime).toBeUndefined()
  })

  test('commands are counted by how the station answered, timed from when the CSMS was told', () => {
    const recorder = new Recorder(0)
    const reset = recorder.commands('street', 'ocpp1.6', 'Reset')
    recorder.commandServed(reset, 'result')
    recorder.commandServed(reset, 'error')
    recorder.commandServed(reset, 'none')
    recorder.commandAnswered(reset, second, second + 8 * ms)
    recorder.commandFailed(reset)
    const [command] = recorder.snapshot().commands
    const counts = { received: 3, answered: 1, callErrors: 1, unanswered: 1, failed: 1 }
    expect(command).toMatchObject({ action: 'Reset', ...counts })
    expect(command?.times.ramp?.max).toBe(8 * ms)
  })

  test('a second ends when time passes it, quiet ones keep their gauges', () => {
    const recorder = new Recorder(5 * second)
    const street = recorder.stations('street', 'ocpp1.6')
    recorder.tick(5 * second)
    recorder.connected(street, ms, false)
    recorder.connected(street, ms, false)
    recorder.disconnected()
    exchange(recorder, 5.2 * second)
    recorder.exchangeStarted(heartbeats(recorder))
    recorder.exchangeDropped(heartbeats(recorder), 5.3 * second, 5.3 * second)
    expect(recorder.takeSeconds(8.5 * second)).toMatchObject([
      { second: 0, offered: 3, completed: 1, dropped: 1, backlog: 1, connected: 1, peak: 2 },
      { second: 1, offered: 0, completed: 0, backlog: 1, connected: 1, peak: 1 },
      { second: 2, offered: 0, backlog: 1, connected: 1 },
    ])
    expect(recorder.takeSeconds(8.6 * second)).toEqual([])
    expect(recorder.takeLastSeconds()).toMatchObject([{ second: 3 }])
  })

  test('a target that makes up names and refusals does not make the counts grow without end', () => {
    const recorder = new Recorder(0)
    const stations = recorder.stations('street', 'ocpp1.6')
    for (let i = 0; i < 3 * commandKinds; i += 1) {
      recorder.commandServed(recorder.commands('street', 'ocpp1.6', `Made${i}`), 'error')
      recorder.connectFailed(stations, `HTTP 503 reason ${i} ${'x'.repeat(10_000)}`)
    }
    const snapshot = recorder.snapshot()
    expect(snapshot.commands.length).toBeLessThanOrEqual(commandKinds + 1)
    expect(selectCommands(snapshot, {}).callErrors).toBe(3 * commandKinds)
    const { connectFailures = {} } = snapshot.stations[0] ?? {}
    expect(Object.keys(connectFailures).every((kind) => kind.length <= 100)).toBe(true)
    const failures = Object.values(connectFailures)
    expect(failures.length).toBe(failureKinds + 1)
    expect(failures.reduce((sum, times) => sum + times)).toBe(3 * commandKinds)
  })
})
