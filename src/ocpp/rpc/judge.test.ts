import { describe, expect, test } from 'vitest'
import { officialValidators } from '../../platform/official-validators.ts'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import { memorySockets } from '../memory-socket.ts'
import { PayloadValidators } from '../schemas.ts'
import { newCall } from './call.ts'
import { RpcConnection } from './connection.ts'
import { RawReply, RpcService } from './service.ts'

const validators = new PayloadValidators(officialValidators)
const now = { currentTime: '2026-01-01T00:00:00.000Z' }

/** A CSMS of 2.1 that notes what its judge hears. */
function judged(handlers: object = {}, intercept?: () => object) {
  const heard: string[] = []
  const [ours, theirs] = memorySockets('ocpp2.1')
  const clock = new VirtualClock()
  const connection = new RpcConnection({
    socket: ours,
    service: new RpcService<undefined>('ocpp2.1', 'csms', handlers, validators),
    context: undefined,
    clock,
    observer: {
      sent: () => undefined,
      received: () => undefined,
      found: () => undefined,
      lateAnswer: () => undefined,
      handlerFailed: () => undefined,
    },
    nextMessageId: () => 'm1',
    callTimeoutMs: 1000,
    longestQueue: 2,
    intercept,
    judge: {
      asked: (by, id, action, _request, text) =>
        heard.push(`${by} asked ${action} ${id}${text && ' with frame'}`),
      answered: (by, id, action, _request, _response, text) =>
        heard.push(`${by} answered ${action} ${id}${text && ' with frame'}`),
      closed: (code) => heard.push(`closed ${code}`),
      excuse: () => heard.push('excused'),
    },
    closed: () => undefined,
  })
  theirs.listen({ text: () => undefined, binary: () => undefined, closed: () => undefined })
  const say = async (...frame: readonly unknown[]) => {
    theirs.send(JSON.stringify(frame))
    await clock.run(0)
  }
  return { connection, heard, say, clock, theirs }
}

describe('a judge hears', () => {
  test('what is asked and answered, of either side', async () => {
    const { connection, heard, say } = judged({ Heartbeat: () => now })
    await say(2, 's1', 'Heartbeat', {})
    connection.call(newCall('ClearCache', {}, () => undefined))
    await say(3, 'm1', { status: 'Accepted' })
    expect(heard).toEqual([
      'peer asked Heartbeat s1 with frame',
      'self answered Heartbeat s1',
      'self asked ClearCache m1',
      'peer answered ClearCache m1 with frame',
    ])
  })

  test('what is said without an answer', async () => {
    const { connection, heard, say } = judged()
    const data = { id: 1, pending: 0, basetime: now.currentTime, data: [{ t: 0, v: '1' }] }
    await say(6, 's1', 'NotifyPeriodicEventStream', data)
    connection.send('NotifyPeriodicEventStream', data)
    expect(heard).toEqual([
      'peer asked NotifyPeriodicEventStream s1 with frame',
      'self asked NotifyPeriodicEventStream m1',
    ])
  })

  test('that the peer closes the connection, and how', async () => {
    const { heard, theirs, clock } = judged()
    theirs.close(1000, 'bye')
    await clock.run(0)
    expect(heard).toEqual(['closed 1000'])
  })

  test('what a script answers in place of the handler', async () => {
    const { heard, say } = judged({}, () => new RawReply(now))
    await say(2, 's1', 'Heartbeat', {})
    expect(heard).toEqual(['peer asked Heartbeat s1 with frame', 'self answered Heartbeat s1'])
  })
})

describe('a judge does not hear', () => {
  test('of connections that this side closes', async () => {
    const { connection, heard, clock } = judged()
    connection.close()
    await clock.run(0)
    const left = judged()
    left.connection.left(1000, '')
    expect([heard, left.heard]).toEqual([[], []])
  })

  test('of payloads that are not valid, and of what answers them', async () => {
    const { connection, heard, say } = judged({}, () => new RawReply(now))
    await say(2, 's1', 'Heartbeat', { extra: 1 })
    await say(2, 's2', 'NoSuchAction', {})
    connection.call(newCall('ClearCache', {}, () => undefined))
    await say(3, 'm1', { status: 'Perhaps' })
    expect(heard).toEqual(['self asked ClearCache m1'])
  })
})

describe('the peer is excused', () => {
  test('when this side sends any text', () => {
    const { connection, heard } = judged()
    connection.sendRaw('[2,"x","Reset",{}]')
    connection.pipeline('ClearCache', {})
    expect(heard).toEqual(['excused', 'excused'])
  })

  test('when this side asks or answers what is not valid', async () => {
    const { connection, heard, say } = judged({}, () => new RawReply({ currentTime: 'noon' }))
    await say(2, 's1', 'Heartbeat', {})
    connection.call({ ...newCall('Reset', { type: 'Warm' }, () => undefined), raw: true })
    expect(heard).toEqual(['peer asked Heartbeat s1 with frame', 'excused', 'excused'])
  })
})
