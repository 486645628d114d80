import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import { type Handover, HandoverQueue } from './handover-queue.ts'

/** A socket that remembers what it was ended with. */
class Peer extends Socket {
  answer = ''

  override end(text?: unknown): this {
    this.answer = String(text)
    return this
  }
}

function queue() {
  const clock = new VirtualClock()
  const sent: string[] = []
  const handovers = new HandoverQueue(clock, (_socket, _parcel, { stationId }) => {
    sent.push(stationId)
  })
  const add = (stationId: string): Peer => {
    const socket = new Peer()
    const ticket = {
      stationId,
      version: 'ocpp1.6',
      remoteAddress: '',
      security: { profile: 0 },
    } as const
    const admitted = { ticket, protocol: 'ocpp1.6' }
    const handover: Handover = {
      request: new IncomingMessage(socket),
      socket,
      head: Buffer.alloc(0),
      admitted,
    }
    handovers.add(handover)
    return socket
  }
  return { clock, sent, handovers, add }
}

describe('HandoverQueue', () => {
  test('sends one at a time, the next when it has arrived, in order', () => {
    const { handovers, add, sent } = queue()
    for (const id of ['A', 'B', 'C']) add(id)
    expect(sent).toEqual(['A'])
    expect(handovers.length).toBe(2)
    handovers.arrived()
    handovers.arrived()
    expect(sent).toEqual(['A', 'B', 'C'])
    handovers.arrived()
    add('D')
    expect(sent).toEqual(['A', 'B', 'C', 'D'])
  })

  test('passes over a peer that vanished meanwhile', () => {
    const { handovers, add, sent } = queue()
    add('A')
    add('B').destroy()
    add('C')
    handovers.arrived()
    expect(sent).toEqual(['A', 'C'])
  })

  test('refuses who waited so long that it has given up', () => {
    const { handovers, add, sent, clock } = queue()
    add('A')
    const late = add('B')
    clock.advance(4_000)
    add('C')
    clock.advance(1_001)
    handovers.arrived()
    expect(late.answer).toMatch(/^HTTP\/1\.1 503 .*Retry-After: 5/s)
    expect(sent).toEqual(['A', 'C'])
  })

  test('holds no more than 4,096', () => {
    const { handovers, add } = queue()
    for (let i = 0; i <= 4_096; i += 1) add(`CP${i}`)
    expect(handovers.length).toBe(4_096)
    expect(add('TOO-MANY').answer).toMatch(/^HTTP\/1\.1 503 /)
    expect(handovers.length).toBe(4_096)
  })

  test('thousands come out in the order they came', () => {
    const { handovers, add, sent } = queue()
    const ids = Array.from({ length: 4_000 }, (_, i) => `CP${i}`)
    for (const id of ids) add(id)
    while (handovers.length > 0) handovers.arrived()
    expect(sent).toEqual(ids)
  })

  test('tells that one got stuck on its way', () => {
    const { handovers, add, clock } = queue()
    expect(handovers.isStuck).toBe(false)
    add('A')
    clock.advance(5_000)
    expect(handovers.isStuck).toBe(false)
    clock.advance(1)
    expect(handovers.isStuck).toBe(true)
  })

  test('refuses all that wait when it is closed', () => {
    const { handovers, add } = queue()
    add('A')
    const waiting = add('B')
    handovers.close()
    expect(waiting.answer).toMatch(/^HTTP\/1\.1 503 .*stopping/s)
    expect(handovers.length).toBe(0)
  })
})
