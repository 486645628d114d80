import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { PassThrough } from 'node:stream'
import { afterEach, describe, expect, test } from 'vitest'
import { StreamWrites } from './stream-writes.ts'

const open: { destroy(): void }[] = []
afterEach(() => {
  for (const one of open.splice(0)) one.destroy()
})

async function pair(): Promise<readonly [Socket, Socket]> {
  const server = createServer({ pauseOnConnect: true })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const near = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const [[far]] = (await Promise.all([once(server, 'connection'), once(near, 'connect')])) as [
    [Socket],
    unknown,
  ]
  server.close()
  open.push(near, far)
  return [near, far]
}

describe('StreamWrites', () => {
  test('what the kernel takes never waits in the stream', async () => {
    const [near, far] = await pair()
    const writes = new StreamWrites(near)
    expect(writes.bytes(Buffer.from('bytes, '))).toBe(true)
    writes.latin1('caf\xe9')
    expect([near.writableLength, near.bytesWritten]).toEqual([0, 11])
    const [heard] = (await once(far.resume(), 'data')) as [Buffer]
    expect(heard.toString('latin1')).toBe('bytes, caf\xe9')
  })

  test('what it does not take waits, keeps its order, and is gone when the peer has read', async () => {
    const [near, far] = await pair()
    const writes = new StreamWrites(near)
    const sent: Buffer[] = []
    for (let i = 0; near.writableLength === 0; i += 1) {
      sent.push(Buffer.alloc(100_000, i))
      writes.bytes(Buffer.alloc(100_000, i))
    }
    expect(writes.direct).toBe(false)
    expect(writes.bytes(Buffer.from('last'))).toBe(false)
    sent.push(Buffer.from('last'))
    const all = Buffer.concat(sent)
    const heard: Buffer[] = []
    far.resume().on('data', (chunk: Buffer) => heard.push(chunk))
    await expect.poll(() => Buffer.concat(heard).length).toBe(all.length)
    expect(Buffer.concat(heard).equals(all)).toBe(true)
    await expect.poll(() => writes.direct).toBe(true)
  })

  test('an end comes after what the kernel has not taken yet', async () => {
    const [near, far] = await pair()
    const writes = new StreamWrites(near)
    let length = 0
    for (let taken = true; taken; length += 1_000_000) taken = writes.bytes(Buffer.alloc(1_000_000))
    near.end()
    let heard = 0
    far.resume().on('data', (chunk: Buffer) => {
      heard += chunk.length
    })
    await once(far, 'end')
    expect(heard).toBe(length)
  })

  test('a connection that broke is an error of the stream', async () => {
    const [near, far] = await pair()
    const writes = new StreamWrites(near)
    for (let taken = true; taken; ) taken = writes.bytes(Buffer.alloc(1_000_000))
    const failed = once(near, 'error')
    far.resetAndDestroy()
    const [error] = (await failed) as [NodeJS.ErrnoException]
    expect(error.code).toMatch(/ECONNRESET|EPIPE/)
    expect([near.destroyed, writes.direct]).toEqual([true, false])
  })

  test('a stream that is no TCP socket is written as ever', async () => {
    const stream = new PassThrough()
    const writes = new StreamWrites(stream)
    expect([writes.direct, writes.bytes(Buffer.from('a'))]).toEqual([false, false])
    writes.latin1('b')
    expect(stream.read().toString()).toBe('ab')
  })
})
