import { describe, expect, test } from 'vitest'
import { officialValidators } from '../../platform/official-validators.ts'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import { memorySockets } from '../memory-socket.ts'
import { PayloadValidators } from '../schemas.ts'
import { RpcConnection } from './connection.ts'
import { CallError } from './error-codes.ts'
import type { CallFrame } from './frame.ts'
import type { OwnReply } from './incoming-calls.ts'
import { noReply, RawReply, RpcService } from './service.ts'

const validators = new PayloadValidators(officialValidators)
const currentTime = '2026-01-01T00:00:00.000Z'

function peer(intercept: (frame: CallFrame, own: () => OwnReply) => OwnReply) {
  const clock = new VirtualClock()
  const [ours, theirs] = memorySockets('ocpp1.6')
  const heard: unknown[] = []
  const found: string[] = []
  const handlers = { Heartbeat: () => ({ currentTime }) }
  const connection = new RpcConnection({
    socket: ours,
    service: new RpcService<undefined>('ocpp1.6', 'csms', handlers, validators),
    context: undefined,
    clock,
    observer: {
      sent: () => undefined,
      received: () => undefined,
      found: ({ rule }) => found.push(rule),
      lateAnswer: () => undefined,
      handlerFailed: () => undefined,
    },
    nextMessageId: () => 'm',
    callTimeoutMs: 30_000,
    longestQueue: 2,
    intercept,
    closed: () => undefined,
  })
  theirs.listen({
    text: (text) => heard.push(JSON.parse(text)),
    binary: () => undefined,
    closed: () => undefined,
  })
  const ask = async (id: string, action = 'Heartbeat', payload: object = {}) => {
    theirs.send(JSON.stringify([2, id, action, payload]))
    await clock.run(0)
  }
  return { connection, clock, heard, found, ask }
}

describe('intercept', () => {
  test('gets what is answered otherwise, and may answer something else, valid or not', async () => {
    const seen: unknown[] = []
    const { ask, heard } = peer((frame, own) => {
      seen.push([frame.action, own()])
      return new RawReply({ currentTime: 'never' })
    })
    await ask('a')
    expect(seen).toEqual([['Heartbeat', { currentTime }]])
    expect(heard).toEqual([[3, 'a', { currentTime: 'never' }]])
  })

  test('a refusal is thrown at it, with its finding; untouched it is answered as ever', async () => {
    const { ask, heard, found } = peer((_frame, own) => own())
    await ask('a', 'Nonsense')
    await ask('b', 'Heartbeat', { wrong: 1 })
    await ask('c', 'Authorize', { idTag: 'A' })
    expect(heard.map((frame) => (frame as unknown[]).slice(0, 3))).toEqual([
      [4, 'a', 'NotImplemented'],
      [4, 'b', expect.any(String)],
      [4, 'c', 'NotSupported'],
    ])
    expect(found).toEqual(['RPC_UNKNOWN_ACTION', 'RPC_REQUEST_SCHEMA'])
  })

  test('what it left without an answer is answered later; others are served meanwhile', async () => {
    const left: CallFrame[] = []
    const { ask, heard, connection, found } = peer((frame, own) => {
      if (frame.id === 'c') return own()
      left.push(frame)
      return noReply
    })
    await ask('a')
    await ask('b')
    await ask('c')
    expect(heard).toEqual([[3, 'c', { currentTime }]])
    const [first, second] = left
    if (first) connection.answer(first, { currentTime })
    if (second) connection.answer(second, new CallError('InternalError', 'late'))
    await ask('c')
    expect(heard.slice(1, 3)).toEqual([
      [3, 'a', { currentTime }],
      [4, 'b', 'InternalError', 'late', {}],
    ])
    expect(found).toEqual([])
  })
})
