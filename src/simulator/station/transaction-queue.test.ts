import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CallOutcome } from '../../ocpp/rpc/call.ts'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import { type TransactionMessage, TransactionQueue } from './transaction-queue.ts'

class Message implements TransactionMessage {
  readonly action = 'StopTransaction'
  readonly intermediate: boolean
  readonly name: string
  readonly events: string[] = []

  constructor(name: string, intermediate = false) {
    this.name = name
    this.intermediate = intermediate
  }

  payload(offline: boolean): object {
    return { name: this.name, offline }
  }

  attempted(outcome: CallOutcome): void {
    this.events.push(`attempted ${outcome.kind}`)
  }

  delivered(): void {
    this.events.push('delivered')
  }

  dropped(): void {
    this.events.push('dropped')
  }
}

interface Sent {
  readonly name: string
  readonly offline: boolean
  readonly fixedId: string | undefined
  readonly atSeconds: number
}

function setUp(attempts = 3, retryMs = 60_000) {
  const clock = new VirtualClock()
  const sent: Sent[] = []
  let settle: ((outcome: CallOutcome, id: string) => void) | undefined
  const station = {
    online: true,
    settings: { transactionAttempts: attempts, transactionRetryMs: retryMs },
    clocks: { real: clock, simulated: clock },
  }
  const host = {
    station,
    transmit(
      _action: string,
      payload: object,
      _traffic: unknown,
      fixedId: string | undefined,
      settled: (outcome: CallOutcome, id: string) => void,
    ): void {
      const { name, offline } = payload as Sent
      sent.push({ name, offline, fixedId, atSeconds: clock.monotonicMicros() / 1e6 })
      settle = settled
    },
  }
  const queue = new TransactionQueue(host)
  return {
    clock,
    sent,
    station,
    queue,
    names: () => sent.map(({ name }) => name),
    answer: (outcome: CallOutcome = { kind: 'result', payload: {} }, id = 'id-1') => {
      const settled = settle
      settle = undefined
      settled?.(outcome, id)
    },
    get waiting() {
      return settle !== undefined
    },
  }
}

const callError: CallOutcome = {
  kind: 'error',
  code: 'InternalError',
  wireCode: 'InternalError',
  description: '',
  details: {},
}

describe('TransactionQueue', () => {
  test('[1.6 3.7] messages go one at a time, in the order they happened', () => {
    const { queue, names, answer } = setUp()
    for (const name of ['start', 'meter', 'stop']) queue.add(new Message(name))
    expect(names()).toEqual(['start'])
    answer()
    expect(names()).toEqual(['start', 'meter'])
    answer()
    answer()
    expect(names()).toEqual(['start', 'meter', 'stop'])
    expect(queue.length).toBe(0)
  })

  test('[1.6 3.7.1, 9.1.31, 9.1.32] n=3, t=60: sent again after 60 and 120 s, then dropped, and the next goes', () => {
    const { queue, sent, answer, clock } = setUp()
    const first = new Message('first')
    queue.add(first)
    queue.add(new Message('second'))
    answer(callError)
    clock.advance(59_000)
    expect(sent.length).toBe(1)
    clock.advance(1000)
    answer({ kind: 'timeout' })
    clock.advance(120_000)
    answer(callError)
    expect(sent.map(({ name, atSeconds }) => [name, atSeconds])).toEqual([
      ['first', 0],
      ['first', 60],
      ['first', 180],
      ['second', 180],
    ])
    expect(first.events).toEqual(['attempted error', 'dropped'])
  })

  test('a lost socket is no attempt: the same message goes again under its own id', () => {
    const { queue, sent, answer, station } = setUp(1)
    const message = new Message('stop')
    queue.add(message)
    station.online = false
    answer({ kind: 'lost' }, 'run-0-7')
    queue.suspend()
    expect(message.events).toEqual(['attempted lost'])
    station.online = true
    queue.resume()
    expect(sent[1]).toEqual({ name: 'stop', offline: false, fixedId: 'run-0-7', atSeconds: 0 })
    answer()
    expect(message.events).toEqual(['attempted lost', 'delivered'])
  })

  test('a retry on the same socket has a fresh id, so that a late answer is not taken for its own', () => {
    const { queue, sent, answer, clock } = setUp()
    queue.add(new Message('stop'))
    answer({ kind: 'timeout' })
    clock.advance(60_000)
    expect(sent.map(({ fixedId }) => fixedId)).toEqual([undefined, undefined])
  })

  test('what happens offline is told at once that it waits, and is sent as offline', () => {
    const { queue, sent, station } = setUp()
    station.online = false
    const message = new Message('start')
    queue.add(message)
    expect(message.events).toEqual(['attempted unsent'])
    expect(sent).toEqual([])
    station.online = true
    queue.resume()
    expect(sent[0]?.offline).toBe(true)
  })

  test('going offline ends the wait of a retry; the message is the first after the reconnect', () => {
    const { queue, names, answer, station, clock } = setUp()
    queue.add(new Message('first'))
    queue.add(new Message('second'))
    answer(callError)
    station.online = false
    queue.suspend()
    clock.advance(600_000)
    station.online = true
    queue.resume()
    expect(names()).toEqual(['first', 'first'])
  })

  test('[2.0.1 E04.FR.08] without room every other intermediate message goes, never a start or a stop', () => {
    const { queue, station } = setUp()
    station.online = false
    const messages = [
      new Message('start'),
      ...Array.from({ length: 999 }, (_, i) => new Message(`${i}`, true)),
    ]
    for (const message of messages) queue.add(message)
    const stop = new Message('stop')
    queue.add(stop)
    expect(stop.events).toEqual(['attempted unsent'])
    expect(messages[0]?.events).not.toContain('dropped')
    expect(queue.length).toBe(501)
    expect(messages[1]?.events).toContain('dropped')
    expect(messages[2]?.events).not.toContain('dropped')
  })

  test('every message is attempted once, and ends delivered or dropped, in order', () => {
    const outcome = fc.constantFrom<CallOutcome>(
      { kind: 'result', payload: {} },
      { kind: 'invalid', payload: {}, fault: '' },
      { kind: 'timeout' },
      { kind: 'lost' },
      callError,
    )
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.array(outcome), (count, outcomes) => {
        const bench = setUp(2, 1000)
        const messages = Array.from({ length: count }, (_, i) => new Message(`${i}`))
        for (const message of messages) bench.queue.add(message)
        for (const next of [...outcomes, ...messages.map(() => undefined)]) {
          if (next?.kind === 'lost') {
            bench.station.online = false
            bench.answer(next)
            bench.queue.suspend()
            bench.station.online = true
            bench.queue.resume()
          } else {
            bench.answer(next)
            bench.clock.advance(1000)
          }
        }
        while (bench.waiting) {
          bench.answer()
          bench.clock.advance(1000)
        }
        for (const { events } of messages) {
          expect(events.filter((event) => event.startsWith('attempted')).length).toBe(1)
          expect(events.filter((event) => /delivered|dropped/.test(event)).length).toBe(1)
        }
        const order = bench.sent.map(({ name }) => Number(name))
        expect(order).toEqual([...order].sort((a, b) => a - b))
      }),
    )
  })
})
