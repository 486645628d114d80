import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http'
import { type AddressInfo, createServer, type Server, type Socket as TcpSocket } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { connect as connectTls, createServer as createTlsServer } from 'node:tls'
import { afterEach, describe, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import type { Socket } from '../ocpp/socket.ts'
import { webSocketDial } from './websocket-client.ts'
import { adaptWebSocket } from './ws-socket.ts'

const servers: (Server | HttpServer)[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function portOf(server: Server | HttpServer): Promise<number> {
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

/** A server that shakes hands by hand; `head` goes out in one piece with the handshake. */
async function rawServer(head: string): Promise<{ port: number; peer: Promise<TcpSocket> }> {
  const server = createServer({ noDelay: true })
  const peer = new Promise<TcpSocket>((resolve) => {
    server.once('connection', (socket) => {
      socket.once('data', (request) => {
        const nonce = /sec-websocket-key: (.*)\r\n/i.exec(request.toString())?.[1] ?? ''
        const accept = createHash('sha1').update(`${nonce}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
        const answer =
          'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
          `Sec-WebSocket-Accept: ${accept.digest('base64')}\r\n\r\n`
        socket.write(answer + head, 'latin1')
        resolve(socket)
      })
    })
  })
  return { port: await portOf(server), peer }
}

function dialled(port: number): Promise<Socket> {
  return new Promise((opened, failed) => {
    const url = `ws://127.0.0.1:${port}/CP1`
    const request = { url, protocols: [], headers: {}, timeoutMs: 5000 }
    webSocketDial()(request, { opened, failed: (kind) => failed(new Error(kind)) })
  })
}

function hears(socket: Socket): string[] {
  const heard: string[] = []
  socket.listen({
    text: (text) => void heard.push(text),
    binary: (bytes) => void heard.push(`${bytes} bytes`),
    closed: (code) => void heard.push(`closed ${code}`),
  })
  return heard
}

describe('a client socket that reads past its stream', () => {
  test('hears what came with the handshake, what came in pieces and what came whole, in order', async () => {
    const { port, peer } = await rawServer('\x81\x04head\x81\x05be')
    const heard = hears(await dialled(port))
    const server = await peer
    const pieces = [
      'gin',
      '\x81',
      '\x05split',
      '\x81\x04',
      'more\x89\x00\x81\x03all\x82\x01x\x81\x03end',
    ]
    for (const piece of pieces) {
      server.write(piece, 'latin1')
      await turn()
    }
    server.write('\x88\x02\x03\xe8', 'latin1')
    const whole = ['head', 'begin', 'split', 'more', 'all', '1 bytes', 'end', 'closed 1000']
    await expect.poll(() => heard).toEqual(whole)
    server.destroy()
  })

  test('many at once share one buffer and mix nothing up', async () => {
    const server = createHttpServer()
    const echo = new WebSocketServer({ server })
    echo.on('connection', (ws) => ws.on('message', (data: Buffer) => ws.send(data.toString())))
    const port = await portOf(server)
    const sockets = await Promise.all(Array.from({ length: 20 }, () => dialled(port)))
    const heard = sockets.map(hears)
    const long = (i: number): string => `${i}:`.padEnd(50_000, `${i}ü`)
    sockets.forEach((socket, i) => {
      for (let k = 0; k < 5; k += 1) socket.send(`${i} ${k}`)
      socket.send(long(i))
    })
    const expected = heard.map((_, i) => [...[0, 1, 2, 3, 4].map((k) => `${i} ${k}`), long(i)])
    await expect.poll(() => heard).toEqual(expected)
    for (const socket of sockets) socket.terminate()
  })
})

describe('a TLS socket', () => {
  test('carries text both ways', async () => {
    // A key both know needs no certificate.
    const shared = { ciphers: 'PSK', maxVersion: 'TLSv1.2' } as const
    const psk = Buffer.from('0123456789abcdef')
    const tls = createTlsServer({ ...shared, pskCallback: () => psk })
    const http = createHttpServer()
    tls.on('secureConnection', (socket) => http.emit('connection', socket))
    const wss = new WebSocketServer({ noServer: true })
    const maxPayload = 1024 * 1024
    http.on('upgrade', (request, stream, head) =>
      wss.handleUpgrade(request, stream, head, (ws) => {
        const socket = adaptWebSocket(ws, { role: 'server', stream, maxPayload })
        socket.listen({
          text: (text) => socket.send(text),
          binary: () => undefined,
          closed: () => undefined,
        })
      }),
    )
    const stream = connectTls({
      ...shared,
      port: await portOf(tls),
      host: '127.0.0.1',
      checkServerIdentity: () => undefined,
      pskCallback: () => ({ psk, identity: 'station' }),
    })
    const connected = { createConnection: () => stream }
    const ws = new WebSocket('wss://127.0.0.1/', connected as object)
    await once(ws, 'open')
    const socket = adaptWebSocket(ws, { role: 'client', stream, maxPayload })
    const heard = hears(socket)
    const texts = ['[2,"1","Heartbeat",{}]', 'äöü€😀', 'x'.repeat(200_000), '', 'ü'.repeat(40_000)]
    for (const text of texts) socket.send(text)
    await expect.poll(() => heard).toEqual(texts)
    socket.terminate()
  })
})
