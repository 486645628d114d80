import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net'
import { Duplex } from 'node:stream'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import type { Socket } from '../ocpp/socket.ts'
import { writeClientText } from './frame-writer.ts'
import { StreamWrites } from './stream-writes.ts'
import { webSocketDial } from './websocket-client.ts'
import { adaptWebSocket } from './ws-socket.ts'

const maxPayload = 1024 * 1024
/** 0 to 200,000 bytes, on both sides of every border of the length field. */
const texts = fc.oneof(
  fc.string({ maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .tuple(fc.constantFrom('a', 'é', '€', '😀', '\ud800'), fc.nat(200_000))
    .map(([character, bytes]) => character.repeat(bytes / Buffer.byteLength(character))),
  fc
    .tuple(fc.constantFrom('a', 'é'), fc.constantFrom(125, 126, 65_535, 65_536, 65_540))
    .map(([character, length]) => character.repeat(length)),
)
const batches = fc.array(texts, { minLength: 1, maxLength: 5 })

let server: Server
let url = ''
/** Connections as plain `ws` has them; the test closes each. */
const accepted: WebSocket[] = []
/** The streams under them. */
const streams: Duplex[] = []

beforeAll(async () => {
  server = createServer()
  const wss = new WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: false })
  server.on('upgrade', (request, stream, head) => {
    wss.handleUpgrade(request, stream, head, (ws) => {
      streams.push(stream)
      accepted.push(ws)
      wss.emit('taken')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`
})
afterAll(() => {
  for (const ws of accepted) ws.terminate()
  server.close()
})

function dialled(): Promise<Socket> {
  return new Promise((opened, failed) => {
    const request = { url, protocols: [], headers: {}, timeoutMs: 5000 }
    webSocketDial()(request, { opened, failed: (kind) => failed(new Error(kind)) })
  })
}

/** The next `count` messages that `ws` reads. */
function messages(ws: WebSocket, count: number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const read: string[] = []
    const done = (): void => {
      ws.off('message', hear)
      ws.off('close', broken)
    }
    const broken = (code: number): void => reject(new Error(`closed with ${code}`))
    const hear = (data: Buffer): void => {
      read.push(data.toString())
      if (read.length < count) return
      done()
      resolve(read)
    }
    ws.on('message', hear)
    ws.on('close', broken)
  })
}

/** Lone surrogates cannot be written; UTF-8 has U+FFFD for them. */
const written = (sent: readonly string[]): string[] =>
  sent.map((text) => Buffer.from(text).toString())

describe('a frame that is written in one piece', () => {
  test('`ws` reads from a client what was sent, masked, in order', async () => {
    const socket = await dialled()
    const ws = accepted.at(-1)
    if (!ws) throw new Error('not accepted')
    await fc.assert(
      fc.asyncProperty(batches, async (sent) => {
        const heard = messages(ws, sent.length)
        for (const text of sent) socket.send(text)
        expect(await heard).toEqual(written(sent))
      }),
      { numRuns: 60 },
    )
    socket.terminate()
  })

  test('`ws` reads from a server what was sent, in order', async () => {
    const ws = new WebSocket(url, { perMessageDeflate: false })
    await once(ws, 'open')
    const [theirs, stream] = [accepted.at(-1), streams.at(-1)]
    if (!theirs || !stream) throw new Error('not accepted')
    const socket = adaptWebSocket(theirs, { role: 'server', stream, maxPayload })
    await fc.assert(
      fc.asyncProperty(batches, async (sent) => {
        const heard = messages(ws, sent.length)
        for (const text of sent) socket.send(text)
        expect(await heard).toEqual(written(sent))
      }),
      { numRuns: 60 },
    )
    socket.terminate()
  })

  test('a peer that reads late still reads what was sent, not what was sent after', async () => {
    const socket = await dialled()
    const ws = accepted.at(-1)
    if (!ws) throw new Error('not accepted')
    ws.pause()
    const sent = Array.from({ length: 200 }, (_, i) => `${i} `.padEnd(15_000, String(i)))
    for (const text of sent) socket.send(text)
    const heard = messages(ws, sent.length)
    ws.resume()
    expect(await heard).toEqual(sent)
    socket.terminate()
  })

  test('frames that wait for a slow peer take their own length of memory, not more', async () => {
    const deaf = createTcpServer((socket) => socket.pause())
    deaf.listen(0, '127.0.0.1')
    await once(deaf, 'listening')
    const stream = connect((deaf.address() as AddressInfo).port, '127.0.0.1')
    await once(stream, 'connect')
    const writes = new StreamWrites(stream)
    while (stream.writableLength === 0) writeClientText(writes, 'x'.repeat(5000))
    const before = process.memoryUsage().arrayBuffers
    for (let i = 0; i < 1000; i += 1) writeClientText(writes, `waits ${i}`)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1024 * 1024)
    stream.destroy()
    deaf.close()
  })

  test('a close in the middle of a burst comes after what was sent before, and ends it', async () => {
    const socket = await dialled()
    const ws = accepted.at(-1)
    if (!ws) throw new Error('not accepted')
    const heard: string[] = []
    ws.on('message', (data: Buffer) => heard.push(data.toString()))
    const closed = once(ws, 'close')
    socket.send('one')
    socket.ping()
    socket.send('two')
    socket.close(1000, 'done')
    socket.send('three')
    const [code, reason] = (await closed) as [number, Buffer]
    expect([heard, code, reason.toString()]).toEqual([['one', 'two'], 1000, 'done'])
  })

  test('[RFC 6455 5.3] every frame of a client has a mask of its own', () => {
    const masks = new Set<string>()
    const stream = new Duplex({
      write(chunk: Buffer, _encoding, done) {
        masks.add(chunk.subarray(2, 6).toString('hex'))
        done()
      },
    })
    const writes = new StreamWrites(stream)
    for (let i = 0; i < 3000; i += 1) writeClientText(writes, 'x')
    expect(masks.size).toBeGreaterThan(2990)
  })
})
