import { describe, expect, test } from 'vitest'
import { VirtualClock } from '../shared/virtual-clock.ts'
import { memorySockets } from './memory-socket.ts'
import type { Socket } from './socket.ts'

function record(socket: Socket): string[] {
  const events: string[] = []
  socket.listen({
    text: (text) => events.push(text),
    binary: () => events.push('binary'),
    closed: (code, reason) => events.push(`closed ${code} ${reason}`),
  })
  return events
}

describe('memory sockets', () => {
  test('deliver in order, never inside the sender’s own call', async () => {
    const [a, b] = memorySockets('ocpp1.6')
    const heard = record(b)
    a.send('1')
    a.send('2')
    expect(heard).toEqual([])
    await new VirtualClock().run(0)
    expect(heard).toEqual(['1', '2'])
  })

  test('keep what came before anybody listened', async () => {
    const [a, b] = memorySockets('ocpp1.6')
    a.send('early')
    const heard = record(b)
    await new VirtualClock().run(0)
    expect(heard).toEqual(['early'])
  })

  test('tell both ends once that they are closed, after the frames before it', async () => {
    const [a, b] = memorySockets('ocpp1.6')
    const [left, right] = [record(a), record(b)]
    a.send('last')
    a.close(1000, 'done')
    b.close(1001, 'also')
    a.send('too late')
    await new VirtualClock().run(0)
    expect(left).toEqual(['closed 1000 done'])
    expect(right).toEqual(['last', 'closed 1000 done'])
  })

  test('a terminated socket closes with 1006', async () => {
    const [a, b] = memorySockets('ocpp1.6')
    const heard = record(b)
    a.terminate()
    await new VirtualClock().run(0)
    expect(heard).toEqual(['closed 1006 '])
  })
})
