import { createHash } from 'node:crypto'
import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { FrameReader } from './frame-reader.ts'
import { adaptWebSocket, frameLimits } from './ws-socket.ts'

const maxPayload = 70_000

/** A stream whose other end is the test. */
class Pipe extends Duplex {
  written = ''

  override _read(): void {
    // Bytes come when the test pushes them.
  }

  override _write(chunk: Buffer | string, encoding: BufferEncoding, done: () => void): void {
    this.written += Buffer.from(chunk as string, encoding).toString('latin1')
    done()
  }
}

async function serverSide(): Promise<{ ws: WebSocket; stream: Pipe }> {
  const stream = new Pipe()
  const server = new WebSocketServer({ noServer: true, maxPayload, ...frameLimits })
  const request = new IncomingMessage(new Socket())
  request.method = 'GET'
  request.headers = {
    upgrade: 'websocket',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'sec-websocket-version': '13',
  }
  const ws = await new Promise<WebSocket>((resolve) =>
    server.handleUpgrade(request, stream, Buffer.alloc(0), resolve),
  )
  return { ws, stream }
}

async function clientSide(): Promise<{ ws: WebSocket; stream: Pipe }> {
  const stream = new Pipe()
  const settings = { maxPayload, ...frameLimits, perMessageDeflate: false }
  const connected = { ...settings, createConnection: () => stream }
  const ws = new WebSocket('ws://memory/', connected as object)
  while (!stream.written.includes('\r\n\r\n')) await turn()
  const nonce = /sec-websocket-key: (.*)\r\n/i.exec(stream.written)?.[1] ?? ''
  const accept = createHash('sha1').update(`${nonce}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
  const opened = new Promise((resolve) => ws.once('open', resolve))
  stream.push(
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      `Sec-WebSocket-Accept: ${accept.digest('base64')}\r\n\r\n`,
  )
  await opened
  return { ws, stream }
}

/** What an adapted socket hears of these chunks, and what it answers. */
async function heardOf(role: 'client' | 'server', chunks: readonly Buffer[], ahead: boolean) {
  const { ws, stream } = await (role === 'server' ? serverSide() : clientSide())
  // With a second listener the adapter takes nothing from `ws`.
  if (!ahead) stream.on('data', () => undefined)
  const heard: unknown[] = []
  adaptWebSocket(ws, { role, stream, maxPayload }).listen({
    text: (text) => void heard.push(text),
    binary: (bytes) => void heard.push(bytes),
    closed: (code) => void heard.push({ code }),
  })
  const begin = stream.written.length
  for (const chunk of chunks) {
    stream.push(Buffer.from(chunk))
    await turn()
  }
  for (let i = 0; i < 5; i += 1) await turn()
  const answered = stream.written.length - begin
  ws.terminate()
  for (let i = 0; i < 3; i += 1) await turn()
  // Masks of a client are random: only the length of its answers can be compared.
  return { heard, answered: role === 'server' ? stream.written : answered }
}

interface Part {
  readonly first: number
  readonly payload: Buffer
  readonly mask: boolean
  /** Bytes of the length field: 0 where the seven bits hold it. */
  readonly lengthBytes: 0 | 2 | 8
}

function bytesOf({ first, payload, mask, lengthBytes }: Part): Buffer {
  const { length } = payload
  const extended = length > 65_535 ? 8 : length > 125 ? Math.max(2, lengthBytes) : lengthBytes
  const head = Buffer.alloc(2 + extended)
  head[0] = first
  head[1] = (mask ? 0x80 : 0) | (extended === 0 ? length : extended === 2 ? 126 : 127)
  if (extended === 2) head.writeUInt16BE(length, 2)
  if (extended === 8) head.writeUInt32BE(length, 6)
  if (!mask) return Buffer.concat([head, payload])
  const keys = [0x5a, 0xc3, 0x17, 0x88]
  const masked = Buffer.from(payload.map((byte, i) => byte ^ (keys[i % 4] ?? 0)))
  return Buffer.concat([head, Buffer.from(keys), masked])
}

const words = fc.oneof(
  fc.string({ maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 100 }),
  fc.constantFrom('', 'ä', '\ufffd', 'x'.repeat(65_536), 'ü'.repeat(40_000)),
)
const lengthBytes = fc.constantFrom(0, 0, 0, 2, 8) as fc.Arbitrary<0 | 2 | 8>

function parts(mask: boolean): fc.Arbitrary<Part> {
  const part = (first: fc.Arbitrary<number>, payload: fc.Arbitrary<Buffer>, masked = mask) =>
    fc.record({ first, payload, mask: fc.constant(masked), lengthBytes })
  const text = words.map((word) => Buffer.from(word))
  const short = fc.uint8Array({ maxLength: 125 }).map((bytes) => Buffer.from(bytes))
  return fc.oneof(
    { weight: 12, arbitrary: part(fc.constant(0x81), text) },
    { weight: 4, arbitrary: part(fc.constantFrom(0x89, 0x8a), short) },
    { weight: 1, arbitrary: part(fc.constantFrom(0x01, 0x00, 0x80, 0x82), text) },
    { weight: 1, arbitrary: part(fc.integer({ min: 0, max: 255 }), short) },
    { weight: 1, arbitrary: part(fc.constant(0x81), short) },
    { weight: 1, arbitrary: part(fc.constant(0x88), fc.constant(Buffer.from([0x03, 0xe8]))) },
    { weight: 1, arbitrary: part(fc.constant(0x81), text, !mask) },
  )
}

/** Bytes of some frames, cut anywhere. */
function streams(mask: boolean): fc.Arbitrary<Buffer[]> {
  const cuts = fc.array(fc.nat(), { maxLength: 6 })
  return fc.tuple(fc.array(parts(mask), { minLength: 1, maxLength: 8 }), cuts).map(([all, at]) => {
    const bytes = Buffer.concat(all.map(bytesOf))
    const borders = [0, ...at.map((one) => one % (bytes.length + 1)), bytes.length]
    const sorted = borders.sort((a, b) => a - b)
    return sorted.slice(1).flatMap((end, i) => {
      const chunk = bytes.subarray(sorted[i], end)
      return chunk.length > 0 ? [chunk] : []
    })
  })
}

describe('FrameReader', () => {
  test.each(['server', 'client'] as const)(
    'a %s hears and answers with it what `ws` alone hears and answers, whatever comes',
    async (role) => {
      await fc.assert(
        fc.asyncProperty(streams(role === 'server'), async (chunks) => {
          const [ahead, alone] = await Promise.all([
            heardOf(role, chunks, true),
            heardOf(role, chunks, false),
          ])
          expect(ahead).toEqual(alone)
        }),
        { numRuns: 150 },
      )
    },
  )

  test('text in one piece never reaches `ws`; text in two pieces does, frame by frame', () => {
    const seen: string[] = []
    const reader = new FrameReader(false, maxPayload, {
      text: (text) => void seen.push(text),
      pass(bytes) {
        if (seen.push(`pass ${bytes.length}`) === 4) reader.heard()
      },
      surrender: (bytes) => void seen.push(`surrender ${bytes.length}`),
    })
    const whole = Buffer.from('\x81\x05whole', 'latin1')
    reader.read(Buffer.concat([whole, whole, whole.subarray(0, 3)]), 17)
    reader.read(Buffer.concat([whole.subarray(3), whole, whole.subarray(0, 1)]), 12)
    reader.read(Buffer.concat([whole.subarray(1), Buffer.from([0x01])]), 7)
    reader.read(Buffer.from([0x00]), 1)
    reader.read(whole, 7)
    const expected = ['whole', 'whole', 'pass 3', 'pass 4', 'whole', 'whole', 'surrender 2']
    expect(seen).toEqual(expected)
  })
})
