import { describe, expect, test } from 'vitest'
import {
  ev,
  plug,
  refuse,
  StationPeer,
  silent,
  validators,
} from '../../../test/helpers/station-peer.ts'
import type { Socket } from '../../ocpp/socket.ts'
import { Station } from './station.ts'
import { protocol16 } from './v16/protocol16.ts'

const protocol = protocol16(validators)

function peer(configuration: Record<string, string> = {}) {
  return new StationPeer(protocol, {
    configuration: { RetryBackOffRandomRange: '0', ...configuration },
  })
}

const at = (bench: StationPeer, action: string) =>
  bench.heard.filter((heard) => heard.action === action).map(({ atMs }) => atMs / 1000)

describe('Station: boot', () => {
  test('[1.6 4.2] nothing but BootNotification is sent until it is accepted', async () => {
    const bench = peer()
    let refusals = 2
    bench.answers.set('BootNotification', () => ({
      status: refusals-- > 0 ? 'Pending' : 'Accepted',
      currentTime: new Date(bench.clock.wallMs()).toISOString(),
      interval: 30,
    }))
    const booted = bench.actor.boot(bench.cancel)
    await bench.clock.run(59_000)
    expect(bench.actions()).toEqual(['BootNotification', 'BootNotification'])
    const result = await bench.act(booted, 1000)
    expect(at(bench, 'BootNotification')).toEqual([0, 30, 60])
    expect(bench.actions().slice(3)).toEqual(['StatusNotification', 'StatusNotification'])
    expect(result).toMatchObject({ ok: true, answer: { status: 'Accepted', interval: 30 } })
    expect(bench.findings).toEqual([])
  })

  test('interval 0 leaves the wait to the station', async () => {
    const bench = peer({ BootRetryInterval: '17' })
    bench.answers.set('BootNotification', () => ({
      status: 'Rejected',
      currentTime: new Date(bench.clock.wallMs()).toISOString(),
      interval: 0,
    }))
    bench.station.boot()
    await bench.clock.run(40_000)
    expect(at(bench, 'BootNotification')).toEqual([0, 17, 34])
  })

  test('[1.6 4.2] a rejected station answers nothing and reconnects without breaking its silence', async () => {
    const bench = peer()
    bench.answers.set('BootNotification', () => ({
      status: 'Rejected',
      currentTime: new Date(bench.clock.wallMs()).toISOString(),
      interval: 100,
    }))
    bench.station.boot()
    await bench.clock.run(10_000)
    void bench.outcome('GetConfiguration', {})
    await bench.clock.run(0)
    expect(bench.actor.incoming).toMatchObject([{ action: 'GetConfiguration', answer: undefined }])
    bench.cut()
    bench.reachable = true
    await bench.clock.run(89_000)
    expect(at(bench, 'BootNotification')).toEqual([0])
    await bench.clock.run(1000)
    expect(at(bench, 'BootNotification')).toEqual([0, 100])
  })

  test('a boot that is refused or not answered is tried again', async () => {
    const bench = peer({ BootRetryInterval: '20' })
    const { answers } = bench
    const accept = answers.get('BootNotification')
    answers.set('BootNotification', silent)
    bench.station.boot()
    await bench.clock.run(30_000)
    bench.station.sweep(bench.clock.monotonicMicros())
    answers.set('BootNotification', refuse)
    await bench.clock.run(20_000)
    if (accept) answers.set('BootNotification', accept)
    await bench.clock.run(20_000)
    expect(at(bench, 'BootNotification')).toEqual([0, 50, 70])
    expect(bench.station.ready).toBe(true)
  })

  test('a second boot while one is under way does not shorten the wait', async () => {
    const bench = peer({ BootRetryInterval: '20' })
    bench.answers.set('BootNotification', refuse)
    bench.station.boot()
    await bench.clock.run(5000)
    bench.station.boot()
    await bench.clock.run(20_000)
    expect(at(bench, 'BootNotification')).toEqual([0, 20])
  })

  test('a station that stands is not booted again, one that does not is', async () => {
    const bench = peer()
    await bench.act(bench.actor.stand(bench.cancel), 1000)
    const stood = await bench.act(bench.actor.stand(bench.cancel), 1000)
    expect(at(bench, 'BootNotification')).toEqual([0])
    expect(stood).toMatchObject({ ok: true, answer: { status: 'Accepted' } })
    await bench.act(bench.actor.boot(bench.cancel), 1000)
    expect(at(bench, 'BootNotification')).toHaveLength(2)
  })

  test('a script that gives up stops waiting', async () => {
    const bench = peer()
    bench.reachable = false
    const booted = bench.actor.boot(bench.cancel)
    bench.cancel.cancel('over')
    await expect(booted).rejects.toThrow('over')
  })
})

describe('Station: heartbeats', () => {
  test('come at the interval of the boot answer, in simulated time', async () => {
    const bench = peer()
    bench.answers.set('BootNotification', () => ({
      status: 'Accepted',
      currentTime: new Date(bench.clock.wallMs()).toISOString(),
      interval: 60,
    }))
    await bench.booted()
    await bench.clock.run(185_000)
    expect(at(bench, 'Heartbeat')).toEqual([60, 120, 180])
  })

  test('pause while the station is offline', async () => {
    const bench = await peer().booted()
    await bench.call('ChangeConfiguration', { key: 'HeartbeatInterval', value: '10' })
    bench.actor.disconnect({})
    await bench.clock.run(25_000)
    expect(at(bench, 'Heartbeat')).toEqual([])
    await bench.act(bench.actor.reconnect(bench.cancel))
    await bench.clock.run(10_000)
    expect(at(bench, 'Heartbeat')).toEqual([30])
  })
})

describe('Station: the link', () => {
  test('backs off with doubled waits and is online again without another boot', async () => {
    const bench = await peer({
      RetryBackOffWaitMinimum: '2',
      RetryBackOffRepeatTimes: '2',
    }).booted()
    bench.cut()
    await bench.clock.run(2000 + 4000 + 8000 + 7000)
    expect(bench.station.ready).toBe(false)
    bench.reachable = true
    await bench.clock.run(1000)
    expect(bench.station.ready).toBe(true)
    expect(bench.actions()).toEqual([])
  })

  test('a socket that the station closes is lost like any other', async () => {
    const bench = await peer().booted()
    bench.actor.closeSocket(1006, '')
    expect(bench.station.ready).toBe(false)
    await bench.clock.run(1000)
    expect(bench.station.ready).toBe(true)
  })

  test('after an outage it may be back as one that kept trying: at the next attempt of its back-off', async () => {
    const bench = await peer({
      RetryBackOffWaitMinimum: '2',
      RetryBackOffRepeatTimes: '2',
    }).booted()
    bench.actor.disconnect({})
    // Attempts would fall due 2, 6, 14 and 22 seconds after the loss.
    await bench.clock.run(9000)
    const back = bench.actor.reconnect(bench.cancel, true)
    await bench.clock.run(4999)
    expect(bench.station.ready).toBe(false)
    await bench.clock.run(1)
    expect(bench.station.ready).toBe(true)
    expect(await bench.act(back)).toMatchObject({ ok: true })
  })

  test('off the network means off until told otherwise', async () => {
    const bench = await peer().booted()
    bench.actor.disconnect({ halfOpen: true })
    await bench.clock.run(3_600_000)
    expect(bench.station.ready).toBe(false)
    expect(await bench.act(bench.actor.reconnect(bench.cancel))).toMatchObject({ ok: true })
    expect(bench.station.ready).toBe(true)
  })

  test('the outstanding CALL of a lost socket is lost, a waiting one was never sent', async () => {
    const bench = await peer().booted()
    bench.answers.set('Authorize', silent)
    const first = bench.actor.call('Authorize', { idTag: 'A' })
    const second = bench.actor.call('Heartbeat', {})
    await bench.clock.run(0)
    bench.cut()
    await bench.clock.run(0)
    expect([await first, await second]).toEqual([
      { kind: 'lost' },
      { kind: 'unsent', reason: 'closed' },
    ])
  })

  test('a reset closes the socket behind the answer, a power loss drops it', async () => {
    const bench = peer()
    const { fleet, identity } = bench.station
    const ends: string[] = []
    const station = new Station(
      {
        ...fleet,
        dial: (request, result) => {
          const opened = (socket: Socket) =>
            result.opened({
              protocol: socket.protocol,
              send: (text) => socket.send(text),
              close: (code) => void ends.push(`close ${code}`),
              terminate: () => void ends.push('terminate'),
              listen: (listener) => socket.listen(listener),
              ping: () => undefined,
            })
          return fleet.dial(request, { opened, failed: () => undefined })
        },
      },
      identity,
    )
    station.boot()
    await bench.clock.run(0)
    station.reboot('remoteReset')
    await bench.clock.run(10_000)
    station.powerLoss()
    expect(ends).toEqual(['close 1001', 'terminate'])
  })

  test('a ping that stays without a pong until the next drops the socket', async () => {
    const bench = peer({ WebSocketPingInterval: '20' })
    const closed: number[] = []
    let pongs = 2
    const { fleet, identity } = bench.station
    const station = new Station(
      {
        ...fleet,
        observer: { ...fleet.observer, disconnected: (_station, code) => void closed.push(code) },
        dial: (request, result) => {
          const opened = (socket: Socket) => {
            const ping = (answered?: () => void) => pongs-- > 0 && answered?.()
            result.opened({
              protocol: socket.protocol,
              send: (text) => socket.send(text),
              close: (code, reason) => socket.close(code, reason),
              terminate: () => socket.terminate(),
              listen: (listener) => socket.listen(listener),
              ping: (answered) => void ping(answered),
            })
          }
          return fleet.dial(request, { opened, failed: () => undefined })
        },
      },
      identity,
    )
    station.boot()
    await bench.clock.run(79_000)
    expect(closed).toEqual([])
    await bench.clock.run(1000)
    expect(closed).toEqual([1006])
  })

  test('what is sent past the rules is not held against the CSMS', async () => {
    const bench = await peer().booted()
    await bench.act(bench.actor.call('Heartbeat', {}))
    bench.actor.duplicateLast()
    bench.actor.pipeline('Heartbeat', {})
    bench.actor.sendRaw('[2,"mine","Heartbeat",{}]')
    await bench.clock.run(0)
    expect(bench.actions()).toEqual(Array.from({ length: 4 }, () => 'Heartbeat'))
    expect(bench.findings.filter((finding) => finding.startsWith('csms'))).toEqual([])
  })
})

describe('Station: power', () => {
  test('comes back with a boot, and tells the transaction that the loss ended', async () => {
    const bench = await peer().booted()
    bench.answers.set('StartTransaction', () => ({
      transactionId: 7,
      idTagInfo: { status: 'Accepted' },
    }))
    await bench.act(bench.actor.plugIn(plug, ev))
    await bench.act(bench.actor.start(plug, bench.cancel))
    const charged = bench.actor.charge(plug, { forMs: 7_200_000 }, bench.cancel)
    await bench.clock.run(3_600_000)
    bench.actor.powerLoss()
    const lossAt = new Date(bench.clock.wallMs()).toISOString()
    expect(await charged).toMatchObject({ ok: true })
    await bench.clock.run(600_000)
    bench.forget()
    const back = await bench.act(bench.actor.powerUp(bench.cancel))
    expect(back).toMatchObject({ ok: true })
    expect(bench.actions()[0]).toBe('BootNotification')
    expect(bench.sent('StopTransaction')).toEqual([
      { transactionId: 7, meterStop: 12_000, timestamp: lossAt, reason: 'PowerLoss' },
    ])
    expect(bench.sent('StatusNotification')).toMatchObject([
      { connectorId: 0, status: 'Available' },
      { connectorId: 1, status: 'Finishing' },
    ])
  })

  test('without power nothing is told and nothing can be started', async () => {
    const bench = await peer().booted()
    bench.actor.powerLoss()
    await bench.act(bench.actor.plugIn(plug, ev))
    expect(await bench.act(bench.actor.start(plug, bench.cancel))).toMatchObject({ ok: false })
    await bench.clock.run(600_000)
    expect(bench.actions()).toEqual([])
  })
})

describe('Station: what scripts see of the CSMS', () => {
  test('every CALL with its answer, also the refused ones', async () => {
    const bench = await peer({ SupportedFeatureProfiles: 'Core' }).booted()
    const seen: string[] = []
    bench.actor.onIncoming((call) =>
      seen.push(`${call.ordinal} ${call.action} ${JSON.stringify(call.answer)}`),
    )
    await bench.call('ClearCache', {})
    expect(await bench.outcome('GetDiagnostics', { location: 'ftp://x' })).toMatchObject({
      wireCode: 'NotSupported',
    })
    expect(seen).toEqual(['0 ClearCache {"status":"Accepted"}', '1 GetDiagnostics undefined'])
  })

  test('the next answer can be replaced, delayed, or left out, once', async () => {
    const bench = await peer().booted()
    bench.actor.overrideReply({
      action: 'ClearCache',
      reply: { kind: 'with', payload: { status: 'Rejected' } },
      afterMs: 0,
    })
    expect(await bench.call('ClearCache', {})).toEqual({ status: 'Rejected' })
    bench.actor.overrideReply({
      action: 'ClearCache',
      reply: { kind: 'with', payload: { status: 'Nonsense' } },
      afterMs: 0,
    })
    expect(await bench.outcome('ClearCache', {})).toMatchObject({
      kind: 'invalid',
      payload: { status: 'Nonsense' },
    })
    expect(bench.actor.incoming.at(-1)?.answer).toEqual({ status: 'Nonsense' })
    bench.actor.overrideReply({
      action: 'ClearCache',
      reply: { kind: 'callError', code: 'FormatViolation', description: 'no' },
      afterMs: 0,
    })
    expect(await bench.outcome('ClearCache', {})).toMatchObject({
      kind: 'error',
      wireCode: 'FormationViolation',
    })
    bench.actor.overrideReply({ action: 'ClearCache', reply: undefined, afterMs: 2000 })
    const late = bench.outcome('ClearCache', {})
    await bench.clock.run(1999)
    expect(bench.actor.incoming.at(-1)?.answer).toBeUndefined()
    await bench.clock.run(1)
    expect(await late).toMatchObject({ payload: { status: 'Accepted' } })
    bench.actor.overrideReply({ action: 'ClearCache', reply: { kind: 'never' }, afterMs: 0 })
    void bench.outcome('ClearCache', {})
    await bench.clock.run(0)
    expect(bench.actor.incoming.length).toBe(5)
    expect(bench.actor.incoming.at(-1)?.answer).toBeUndefined()
  })
})

describe('Station: the end', () => {
  test('leaves no timer behind', async () => {
    const bench = await peer().booted()
    await bench.act(bench.actor.plugIn(plug, ev))
    await bench.act(bench.actor.start(plug, bench.cancel))
    bench.station.stop({ graceful: true })
    await bench.clock.run(0)
    expect(bench.clock.pending).toBe(0)
    expect(bench.station.ready).toBe(false)
  })
})
