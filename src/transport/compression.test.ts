import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { constants, deflateRawSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import type { Socket } from '../ocpp/socket.ts'
import { realClock } from '../platform/real-clock.ts'
import { offeredCompression } from './compression.ts'
import { webSocketDial } from './websocket-client.ts'
import { listenWebSocket } from './websocket-server.ts'

const over: (() => unknown)[] = []
afterEach(async () => {
  for (const end of over.splice(0).reverse()) await end()
})

const maxPayload = 64 * 1024

/** An echo server as the CSMS has it. */
async function csms() {
  const closed: (readonly [number, boolean])[] = []
  const listener = await listenWebSocket<string>({
    clock: realClock,
    hosts: ['127.0.0.1'],
    port: 0,
    maxPayload,
    maxConnections: 10,
    compression: true,
    admit: ({ url }) => ({ ticket: url, protocol: 'ocpp2.0.1' }),
    accepted(socket) {
      socket.listen({
        text: (text) => socket.send(text),
        binary: () => undefined,
        closed: (code, _reason, unreadable) => void closed.push([code, unreadable ?? false]),
      })
    },
    request: (_request, response) => void response.end(),
  })
  over.push(() => listener.close(1001, 'test over', 200))
  return { url: `ws://127.0.0.1:${listener.port}/CP1`, closed }
}

async function peer(url: string, perMessageDeflate: object | boolean): Promise<WebSocket> {
  const ws = new WebSocket(url, ['ocpp2.0.1'], { perMessageDeflate })
  over.push(() => ws.terminate())
  await once(ws, 'open')
  return ws
}

/** One that writes its frames by hand, and closes as `ws` does. */
async function rawPeer(url: string) {
  const ws = new WebSocket(url, ['ocpp2.0.1'])
  over.push(() => ws.terminate())
  const opened = once(ws, 'open')
  const [{ socket }] = (await once(ws, 'upgrade')) as [IncomingMessage]
  await opened
  return { ws, socket }
}

/** FIN, RSV1, text; masked with zeros. */
function compressedText(packed: Buffer): Buffer {
  const head = Buffer.from([0xc1, 0x80 | 126, 0, 0, 0, 0, 0, 0])
  head.writeUInt16BE(packed.length, 2)
  return Buffer.concat([head, packed])
}

function echoes(ws: WebSocket, count: number): Promise<string[]> {
  return new Promise((resolve) => {
    const heard: string[] = []
    ws.on('message', (data: Buffer) => {
      heard.push(data.toString())
      if (heard.length === count) resolve(heard)
    })
  })
}

/** Long, short and empty ones in turns: some are compressed, some not. */
const texts = Array.from({ length: 60 }, (_, i) => `${i} `.repeat([1, 3000, 0, 400][i % 4] ?? 0))

describe('a CSMS that takes stations up on compression', () => {
  test.each([
    ['its defaults', true],
    ['everything compressed', { threshold: 0 }],
    ['a window as small as this side’s own', { serverMaxWindowBits: 12, threshold: 0 }],
    ['what our stations offer', offeredCompression],
  ])('reads and answers `ws` with %s, in order', async (_name, offer) => {
    const { url } = await csms()
    const ws = await peer(url, offer)
    expect(ws.extensions).toContain('permessage-deflate')
    const heard = echoes(ws, texts.length)
    for (const text of texts) ws.send(text)
    expect(await heard).toEqual(texts)
  })

  test('keeps nothing of a connection from one message to the next, in either direction', async () => {
    const { url } = await csms()
    const ws = new WebSocket(url, ['ocpp2.0.1'])
    over.push(() => ws.terminate())
    const [{ headers }] = (await once(ws, 'upgrade')) as [IncomingMessage]
    expect(headers['sec-websocket-extensions']).toBe(
      'permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=12',
    )
  })

  test('who asks for a smaller window, or offers nothing, is heard without compression', async () => {
    const { url } = await csms()
    for (const offer of [{ serverMaxWindowBits: 9 }, false]) {
      const ws = await peer(url, offer)
      expect(ws.extensions).toBe('')
      const heard = echoes(ws, 1)
      ws.send('x'.repeat(5000))
      expect(await heard).toEqual(['x'.repeat(5000)])
    }
  })

  test('[RFC 7692 8] a frame that unpacks to more than may be is the end of its connection', async () => {
    const { url, closed } = await csms()
    const { ws, socket } = await rawPeer(url)
    const text = 'x'.repeat(30 * 1024 * 1024)
    const ended = deflateRawSync(text, { finishFlush: constants.Z_SYNC_FLUSH })
    const packed = ended.subarray(0, -4)
    const before = process.memoryUsage().arrayBuffers
    socket.write(compressedText(packed))
    const [code] = await once(ws, 'close')
    expect(code).toBe(1009)
    await expect.poll(() => closed).toEqual([[1009, true]])
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10 * 1024 * 1024)
  })

  test('what does not unpack closes with 1007', async () => {
    const { url, closed } = await csms()
    const { ws, socket } = await rawPeer(url)
    const noDeflate = Buffer.alloc(200, 0xff)
    socket.write(compressedText(noDeflate))
    const [code] = await once(ws, 'close')
    expect(code).toBe(1007)
    await expect.poll(() => closed).toEqual([[1007, true]])
  })
})

describe('a station that offers compression', () => {
  async function dialled(options: { compression: boolean }, deflate: object | boolean) {
    const http: Server = createServer()
    const wss = new WebSocketServer({ server: http, perMessageDeflate: deflate })
    http.listen(0, '127.0.0.1')
    await once(http, 'listening')
    over.push(() => http.close())
    const url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}/CP1`
    const request = { url, protocols: [], headers: {}, timeoutMs: 5000 }
    const connected = once(wss, 'connection') as Promise<[WebSocket, IncomingMessage]>
    const socket = await new Promise<Socket>((opened, failed) => {
      webSocketDial(options)(request, { opened, failed: (kind) => failed(new Error(kind)) })
    })
    const [far, { socket: stream }] = await connected
    over.push(() => far.terminate())
    return { socket, far, stream }
  }

  test.each([
    ['takes it', true, 'permessage-deflate'],
    ['takes it and compresses everything', { threshold: 0 }, 'permessage-deflate'],
    ['does not', false, ''],
  ])('talks with a CSMS that %s', async (_name, deflate, extensions) => {
    const { socket, far } = await dialled({ compression: true }, deflate)
    expect(far.extensions).toContain(extensions)
    far.on('message', (data: Buffer) => far.send(data.toString()))
    const heard: string[] = []
    socket.listen({
      text: (text) => void heard.push(text),
      binary: () => undefined,
      closed: () => undefined,
    })
    for (const text of texts) socket.send(text)
    await expect.poll(() => heard.length).toBe(texts.length)
    expect(heard).toEqual(texts)
  })

  test('compresses what it sends', async () => {
    const { socket, far, stream } = await dialled({ compression: true }, true)
    const before = stream.bytesRead
    const heard = once(far, 'message')
    socket.send('meter value '.repeat(200))
    await heard
    expect(stream.bytesRead - before).toBeLessThan(100)
  })

  test('says nothing of it where the scenario does not', async () => {
    const { far } = await dialled({ compression: false }, true)
    expect(far.extensions).toBe('')
  })

  test('a CSMS whose frame unpacks to more than may be is hung up on with 1009', async () => {
    const { socket, far } = await dialled({ compression: true }, { threshold: 0 })
    const closed = new Promise((resolve) => {
      socket.listen({
        text: () => undefined,
        binary: () => undefined,
        closed: (code, _reason, unreadable) => resolve([code, unreadable]),
      })
    })
    far.send('x'.repeat(30 * 1024 * 1024))
    expect(await closed).toEqual([1009, true])
  })
})
