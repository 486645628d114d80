import { describe, expect, test } from 'vitest'
import { officialValidators } from '../../platform/official-validators.ts'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import { memorySockets } from '../memory-socket.ts'
import { PayloadValidators } from '../schemas.ts'
import type { Barrier } from './barrier.ts'
import { RpcConnection } from './connection.ts'
import { CallError } from './error-codes.ts'
import { RpcService } from './service.ts'

const validators = new PayloadValidators(officialValidators)

/** A barrier that the test opens. */
class Gate implements Barrier {
  changes = 0
  readonly #waiting: { pass: () => void; refuse: (error: Error) => void }[] = []

  passed(): Promise<void> {
    return new Promise((pass, refuse) => this.#waiting.push({ pass, refuse }))
  }

  open(): void {
    for (const { pass } of this.#waiting.splice(0)) pass()
  }

  refuse(error: Error): void {
    for (const { refuse } of this.#waiting.splice(0)) refuse(error)
  }
}

/** A peer whose DataTransfer changes something and whose Heartbeat does not. */
function heldPeer() {
  const clock = new VirtualClock()
  const [ours, theirs] = memorySockets('ocpp1.6')
  const gate = new Gate()
  const heard: string[] = []
  const rules: string[] = []
  const failures: unknown[] = []
  const handlers = {
    Heartbeat: () => ({ currentTime: '2026-01-01T00:00:00Z' }),
    DataTransfer() {
      gate.changes += 1
      return { status: 'Accepted' }
    },
    Authorize: () => Promise.resolve({ idTagInfo: { status: 'Accepted' } }),
  }
  new RpcConnection({
    socket: ours,
    service: new RpcService<undefined>('ocpp1.6', 'csms', handlers, validators),
    context: undefined,
    clock,
    observer: {
      sent: () => undefined,
      received: () => undefined,
      found: ({ rule }) => rules.push(rule),
      lateAnswer: () => undefined,
      handlerFailed: (_action, error) => failures.push(error),
    },
    nextMessageId: () => 'm',
    callTimeoutMs: 30_000,
    longestQueue: 2,
    barrier: gate,
    closed: () => undefined,
  })
  theirs.listen({
    text: (text) => heard.push(text),
    binary: () => undefined,
    closed: () => undefined,
  })
  const say = async (...texts: readonly string[]) => {
    for (const text of texts) theirs.send(text)
    await clock.run(0)
  }
  return { gate, heard, rules, failures, say, settled: () => clock.run(0) }
}

const transfer = '[2,"a","DataTransfer",{"vendorId":"v"}]'
const accepted = '[3,"a",{"status":"Accepted"}]'

describe('an answer behind a barrier', () => {
  test('leaves when what its handler changed is safe, not before', async () => {
    const { gate, heard, say, settled } = heldPeer()
    await say(transfer)
    expect(heard).toEqual([])
    gate.open()
    await settled()
    expect(heard).toEqual([accepted])
  })

  test('leaves at once where nothing changed', async () => {
    const { heard, say } = heldPeer()
    await say('[2,"h","Heartbeat",{}]')
    expect(heard).toHaveLength(1)
  })

  test('is a CALLERROR where the change cannot be made safe; that is no fault of the handler', async () => {
    const { gate, heard, failures, say, settled } = heldPeer()
    await say(transfer)
    gate.refuse(new CallError('InternalError', 'full'))
    await settled()
    expect(heard).toEqual(['[4,"a","InternalError","full",{}]'])
    expect(failures).toEqual([])
  })

  test('keeps the order: a CALL that comes meanwhile is served after it', async () => {
    const { gate, heard, rules, say, settled } = heldPeer()
    await say(transfer, '[2,"h","Heartbeat",{}]')
    expect(heard).toEqual([])
    expect(rules).toEqual(['RPC_TWO_CALLS'])
    gate.open()
    await settled()
    expect(heard.map((text) => text.slice(0, 6))).toEqual(['[3,"a"', '[3,"h"'])
  })

  test('of a handler that waits stands behind everything that changed meanwhile', async () => {
    const { gate, heard, say, settled } = heldPeer()
    await say('[2,"b","Authorize",{"idTag":"T"}]')
    expect(heard).toEqual([])
    gate.open()
    await settled()
    expect(heard).toEqual(['[3,"b",{"idTagInfo":{"status":"Accepted"}}]'])
  })
})
