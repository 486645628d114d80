import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { Socket } from '../ocpp/socket.ts'
import { realClock } from '../platform/real-clock.ts'
import { type ListenOptions, listenWebSocket } from './websocket-server.ts'

/** An echo server whose sockets the test can reach. */
async function listening(options: Partial<ListenOptions<string>> = {}) {
  const closed: (readonly [number, string])[] = []
  const binary: number[] = []
  const sockets: Socket[] = []
  const listener = await listenWebSocket<string>({
    clock: realClock,
    hosts: ['127.0.0.1'],
    port: 0,
    maxPayload: 1024,
    maxConnections: 10,
    compression: false,
    admit: ({ url }) => ({ ticket: url, protocol: 'ocpp1.6' }),
    accepted(socket) {
      sockets.push(socket)
      socket.listen({
        text: (text) => socket.send(text),
        binary: (bytes) => void binary.push(bytes),
        closed: (code, reason) => void closed.push([code, reason]),
      })
    },
    request: (_request, response) => void response.end('plain HTTP'),
    ...options,
  })
  return {
    ...listener,
    open: () => listener.connections,
    closed,
    binary,
    sockets,
    url: `ws://127.0.0.1:${listener.port}/CP1`,
    [Symbol.asyncDispose]: () => listener.close(1001, 'test over', 200),
  }
}

async function opened(url: string, options: object = {}): Promise<WebSocket> {
  const ws = new WebSocket(url, ['ocpp1.6'], options)
  await once(ws, 'open')
  return ws
}

async function refusal(url: string, options: object = {}) {
  const ws = new WebSocket(url, ['ocpp1.6'], options)
  ws.on('error', () => {})
  const [, response] = await once(ws, 'unexpected-response')
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  const { statusCode, headers } = response
  return { status: statusCode, headers, body: Buffer.concat(chunks).toString() }
}

async function closing(ws: WebSocket): Promise<readonly [number, string]> {
  ws.on('error', () => {})
  const [code, reason] = await once(ws, 'close')
  return [code, String(reason)]
}

describe('listenWebSocket', () => {
  test('upgrades, echoes the chosen subprotocol and carries text', async () => {
    await using server = await listening()
    const ws = await opened(server.url)
    expect(ws.protocol).toBe('ocpp1.6')
    ws.send('[2,"1","Heartbeat",{}] äöü')
    const [text] = await once(ws, 'message')
    expect(String(text)).toBe('[2,"1","Heartbeat",{}] äöü')
    expect(server.open()).toBe(1)
  })

  test('other requests go to the HTTP side', async () => {
    await using server = await listening()
    const response = await fetch(server.url.replace('ws', 'http'))
    expect(await response.text()).toBe('plain HTTP')
  })

  test('a refusal carries status, sentence and headers', async () => {
    const headers = { 'WWW-Authenticate': 'Basic' }
    await using server = await listening({
      admit: () => Promise.resolve({ status: 401, reason: 'Who are you?', headers }),
    })
    expect(await refusal(server.url)).toMatchObject({
      status: 401,
      body: 'Who are you?',
      headers: { 'www-authenticate': 'Basic' },
    })
  })

  test('an admission that fails is 500 and stops nothing', async () => {
    let fail = true
    await using server = await listening({
      admit() {
        if (fail) throw new Error('boom')
        return { ticket: '', protocol: 'ocpp1.6' }
      },
    })
    expect(await refusal(server.url)).toMatchObject({ status: 500 })
    fail = false
    expect((await opened(server.url)).protocol).toBe('ocpp1.6')
  })

  test('one connection too many is 503', async () => {
    await using server = await listening({ maxConnections: 1 })
    await opened(server.url)
    expect(await refusal(server.url)).toMatchObject({
      status: 503,
      headers: { 'retry-after': '10' },
    })
  })

  test('no valid WebSocket upgrade is 400', async () => {
    await using server = await listening()
    const socket = connect(server.port, '127.0.0.1')
    socket.write(
      'GET /CP1 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    )
    const [answer] = await once(socket, 'data')
    expect(String(answer)).toMatch(/^HTTP\/1\.1 400 /)
  })

  test('a frame that is too long closes with 1009, for both sides', async () => {
    await using server = await listening()
    const ws = await opened(server.url)
    ws.send('x'.repeat(1025))
    expect((await closing(ws))[0]).toBe(1009)
    await expect.poll(() => server.closed).toEqual([[1009, 'Max payload size exceeded']])
  })

  test('invalid UTF-8 closes with 1007', async () => {
    await using server = await listening()
    const ws = await opened(server.url)
    ws.send(Buffer.from([0xff, 0xfe]), { binary: false })
    expect((await closing(ws))[0]).toBe(1007)
    await expect.poll(() => server.closed.map(([code]) => code)).toEqual([1007])
  })

  test('a message in too many fragments closes with 1008', async () => {
    await using server = await listening()
    const ws = await opened(server.url)
    for (let part = 0; part < 200; part += 1) ws.send('x', { fin: false })
    expect((await closing(ws))[0]).toBe(1008)
  })

  test('a binary frame is told apart and harms nothing', async () => {
    await using server = await listening()
    const ws = await opened(server.url)
    ws.send(Buffer.from([1, 2, 3]))
    ws.send('after')
    await once(ws, 'message')
    expect(server.binary).toEqual([3])
  })

  test('ping is answered by pong', async () => {
    await using server = await listening()
    await opened(server.url)
    await expect.poll(() => server.sockets).toHaveLength(1)
    await new Promise<void>((resolve) => server.sockets[0]?.ping(resolve))
  })

  test('compression is negotiated only where it is switched on', async () => {
    await using plain = await listening()
    const offer = { perMessageDeflate: true }
    expect((await opened(plain.url, offer)).extensions).toBe('')
    await using packed = await listening({ compression: true, maxPayload: 64 * 1024 })
    const ws = await opened(packed.url, offer)
    expect(ws.extensions).toContain('permessage-deflate')
    ws.send('long '.repeat(5000))
    const [text] = await once(ws, 'message')
    expect(String(text)).toHaveLength(25_000)
  })

  test('a port that is taken is said so', async () => {
    await using server = await listening()
    await expect(listening({ port: server.port })).rejects.toMatchObject({
      code: 'CSMS_PORT_IN_USE',
      message: expect.stringContaining(`127.0.0.1:${server.port}`),
    })
  })

  test('an address that is not here is said so', async () => {
    await expect(listening({ hosts: ['203.0.113.1'] })).rejects.toMatchObject({
      code: 'CSMS_LISTEN_FAILED',
    })
  })

  test('closing tells every peer, refuses newcomers, and drops who does not answer', async () => {
    const server = await listening()
    const polite = await opened(server.url)
    const deaf = await opened(server.url)
    deaf.pause()
    const told = closing(polite)
    await server.close(1001, 'maintenance', 50)
    expect(await told).toEqual([1001, 'maintenance'])
    expect(server.open()).toBe(0)
    await expect(fetch(server.url.replace('ws', 'http'))).rejects.toThrow()
    deaf.terminate()
  })
})

describe('adaptWebSocket', () => {
  test('keeps what comes before the listener', async () => {
    const received: string[] = []
    let socket: Socket | undefined
    await using server = await listening({
      accepted(accepted) {
        socket = accepted
      },
    })
    const ws = await opened(server.url)
    ws.send('early')
    ws.close(1000, 'bye')
    await once(ws, 'close')
    socket?.listen({
      text: (text) => void received.push(text),
      binary: () => undefined,
      closed: (code, reason) => void received.push(`${code} ${reason}`),
    })
    expect(received).toEqual(['early', '1000 bye'])
  })

  test('a peer that does not read is dropped before it holds much memory', async () => {
    await using server = await listening()
    const ws = await opened(server.url)
    ws.pause()
    await expect.poll(() => server.sockets).toHaveLength(1)
    const megabyte = 'x'.repeat(1024 * 1024)
    for (let sent = 0; sent < 64; sent += 1) server.sockets[0]?.send(megabyte)
    await expect.poll(() => server.closed.map(([code]) => code)).toEqual([1006])
    ws.terminate()
  })
})
