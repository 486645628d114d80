import { once } from 'node:events'
import { createServer as createHttpServer, type Server } from 'node:http'
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server as TcpServer,
} from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import type { ConnectFailure } from '../ocpp/dial.ts'
import type { Socket } from '../ocpp/socket.ts'
import { webSocketDial } from './websocket-client.ts'

const servers: (Server | TcpServer)[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function listening(server: Server | TcpServer): Promise<number> {
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

type Dialled =
  | { readonly socket: Socket }
  | { readonly failure: ConnectFailure; readonly detail: string; readonly status?: number }

function dial(port: number, timeoutMs = 5000): Promise<Dialled> {
  const url = `ws://127.0.0.1:${port}/CP1`
  return new Promise((resolve) => {
    webSocketDial()(
      {
        url,
        protocols: ['ocpp2.0.1', 'ocpp1.6'],
        headers: { authorization: 'Basic x' },
        timeoutMs,
      },
      {
        opened: (socket) => resolve({ socket }),
        failed: (failure, detail, status) =>
          resolve({ failure, detail, ...(status !== undefined && { status }) }),
      },
    )
  })
}

describe('webSocketDial', () => {
  test('opens a socket with the subprotocol that the server chose, and sends the headers', async () => {
    const server = createHttpServer()
    const wss = new WebSocketServer({ server, handleProtocols: () => 'ocpp1.6' })
    const port = await listening(server)
    const connected = once(wss, 'connection')
    const dialled = await dial(port)
    const [, request] = (await connected) as [unknown, { headers: Record<string, string> }]
    expect(dialled).toMatchObject({ socket: { protocol: 'ocpp1.6' } })
    expect(request.headers['authorization']).toBe('Basic x')
    wss.clients.forEach((client) => client.terminate())
  })

  test('a server that sends a message in too many fragments is hung up on with 1008', async () => {
    const server = createHttpServer()
    const wss = new WebSocketServer({ server, handleProtocols: () => 'ocpp1.6' })
    wss.on('connection', (ws) => {
      ws.on('error', () => undefined)
      for (let part = 0; part < 200; part += 1) ws.send('x', { fin: false })
    })
    const dialled = await dial(await listening(server))
    if (!('socket' in dialled)) throw new Error('not connected')
    const code = await new Promise((resolve) => {
      dialled.socket.listen({ text: () => undefined, binary: () => undefined, closed: resolve })
    })
    expect(code).toBe(1008)
  })

  test('tells the HTTP status of a refused upgrade', async () => {
    const server = createHttpServer()
    server.on('upgrade', (_request, socket) => socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n'))
    expect(await dial(await listening(server))).toEqual({
      failure: 'http',
      detail: 'HTTP 401 Unauthorized',
      status: 401,
    })
  })

  test.each([
    ['', null],
    ['WWW-Authenticate: Basic realm="OCPP"\r\n', 'Basic realm="OCPP"'],
  ])('tells what a 401 asks for: %j', async (headers, challenge) => {
    const server = createHttpServer()
    server.on('upgrade', (_request, socket) => socket.end(`HTTP/1.1 401 No\r\n${headers}\r\n`))
    const url = `ws://127.0.0.1:${await listening(server)}/CP1`
    const told = await new Promise((resolve) => {
      const request = { url, protocols: ['ocpp1.6'], headers: {}, timeoutMs: 5_000 }
      webSocketDial()(request, {
        opened: () => resolve('opened'),
        failed: (...[, , , asked]) => resolve(asked),
      })
    })
    expect(told).toBe(challenge)
    server.close()
  })

  test('a closed port is refused', async () => {
    const server = createTcpServer()
    const port = await listening(server)
    server.close()
    expect(await dial(port)).toMatchObject({ failure: 'refused' })
  })

  test('a server that accepts TCP and says nothing is a timeout', async () => {
    const server = createTcpServer()
    const port = await listening(server)
    expect(await dial(port, 50)).toEqual({
      failure: 'timeout',
      detail: 'no answer to the WebSocket upgrade within 0.05 s',
    })
  })

  test('a server that speaks no HTTP, or chooses no subprotocol, is a protocol failure', async () => {
    const noise = createTcpServer((socket) => socket.end('SSH-2.0-hello\r\n'))
    expect(await dial(await listening(noise))).toMatchObject({ failure: 'protocol' })
    const http = createHttpServer()
    const wss = new WebSocketServer({ server: http, handleProtocols: () => false })
    expect(await dial(await listening(http))).toMatchObject({ failure: 'protocol' })
    wss.clients.forEach((client) => client.terminate())
  })
})
