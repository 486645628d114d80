import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { bootPayload, dialStation } from './helpers/bare-station.ts'
import { Serve } from './helpers/serve.ts'

const password = 'correct-horse-battery'

let folder = ''
let serve: Serve
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csms-hostile-'))
  const stations = join(folder, 'stations.csv')
  await writeFile(stations, `id,password\nGUARDED,${password}\n`)
  serve = await Serve.start('--stations', stations)
})
afterAll(async () => {
  // Whatever they did: it is there, it charges, and nothing of it broke.
  expect(await serve.get('/health')).toMatchObject({ status: 'ok' })
  await charge('LAST')
  expect(serve.child.lines.filter(({ type }) => type === 'handlerFailed')).toEqual([])
  expect(serve.child.stderr).toBe('')
  await serve[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

const dial = (id: string, version = 'ocpp1.6', headers: Readonly<Record<string, string>> = {}) =>
  dialStation(`${serve.url}/ocpp/${id}`, version, headers)

/** A socket of its own make: it can also send what is no text. */
async function rawSocket(id: string): Promise<WebSocket> {
  const ws = new WebSocket(`${serve.url}/${id}`, ['ocpp1.6'])
  ws.on('error', () => undefined)
  await once(ws, 'open')
  return ws
}

async function closeCode(ws: WebSocket): Promise<unknown> {
  const [code] = await once(ws, 'close')
  return code
}

/** The bare TCP socket of somebody who never finishes what they began; what the server said before it closed. */
async function tcp(text: string): Promise<{ readonly lastWords: Promise<string> }> {
  const { hostname, port } = new URL(serve.url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  let said = ''
  socket.setEncoding('utf8').on('data', (piece: string) => {
    said += piece
  })
  const lastWords = once(socket, 'close').then(() => said)
  socket.write(text)
  return { lastWords }
}

/** A station that does everything right, from boot to a stored transaction. */
async function charge(id: string): Promise<void> {
  const station = await dial(id)
  await station.boot('ocpp1.6')
  const timestamp = new Date().toISOString()
  const idTag = `T-${id}`
  const start = { connectorId: 1, idTag, meterStart: 0, timestamp }
  const { transactionId } = await station.ask('StartTransaction', start)
  await station.ask('StopTransaction', { transactionId, meterStop: 500, timestamp })
  station.socket.close()
  const stored = await serve.get(`/api/v1/transactions?stationId=${id}`)
  expect(stored).toMatchObject([{ transactionId, energyWh: 500 }])
}

/** The rule that the server found broken by this station. */
async function finding(stationId: string): Promise<unknown> {
  const line = await serve.child.until(
    (event) => event['type'] === 'finding' && event['stationId'] === stationId,
    `a finding about ${stationId}`,
  )
  return (line['finding'] as { rule: unknown }).rule
}

describe.concurrent('a station that misbehaves', () => {
  test.each([
    ['GARBAGE', '}garbage{', 'RPC_NOT_A_FRAME'],
    ['EMPTY', '', 'RPC_NOT_A_FRAME'],
    ['ODD-ID', '[2,42,"Heartbeat",{}]', 'RPC_NOT_A_FRAME'],
    ['UNASKED', '[3,"nobody asked",{}]', 'RPC_UNSOLICITED_ANSWER'],
    ['BINARY', Buffer.from([0, 159, 255]), 'RPC_BINARY'],
  ])(
    '%s: it is told in the log, the connection lives, the next CALL is answered',
    async (id, text, rule) => {
      const ws = await rawSocket(id)
      ws.send(text)
      expect(await finding(id)).toBe(rule)
      ws.send(JSON.stringify([2, 'boot', 'BootNotification', bootPayload('ocpp1.6')]))
      const [answer] = await once(ws, 'message')
      expect(JSON.parse(String(answer))).toMatchObject([3, 'boot', { status: 'Accepted' }])
      ws.close()
    },
  )

  test.each<readonly [string, (ws: WebSocket) => void, number, string]>([
    ['a megabyte', (ws) => ws.send('x'.repeat(1_000_000)), 1009, 'RPC_FRAME_SIZE'],
    [
      'what is not UTF-8',
      (ws) => ws.send(Buffer.from([0x5b, 0xff, 0x5d]), { binary: false }),
      1007,
      'RPC_WEBSOCKET',
    ],
  ])('%s in a frame ends its connection with a code', async (_what, send, code, rule) => {
    const ws = await rawSocket(`CLOSED-${code}`)
    send(ws)
    expect(await closeCode(ws)).toBe(code)
    expect(await finding(`CLOSED-${code}`)).toBe(rule)
  })

  test.each([
    ['a subprotocol nobody speaks', 'A', 'ocpp0.9', 400],
    ['no percent-encoding', '%E0%A4%A', 'ocpp1.6', 400],
    ['a control character', 'A%00B', 'ocpp1.6', 400],
    ['no identity', '', 'ocpp1.6', 400],
    ['an identity of 5,000 characters', 'x'.repeat(5_000), 'ocpp1.6', 400],
    ['an identity longer than all headers may be', 'x'.repeat(50_000), 'ocpp1.6', 431],
    ['no password where one is known', 'GUARDED', 'ocpp1.6', 401],
  ])('%s is refused with a status', async (_what, id, version, status) => {
    await expect(dial(id, version)).rejects.toThrow(`HTTP ${status}`)
  })

  test('a wrong password is refused, the right one is not', async () => {
    const basic = (secret: string) => ({
      Authorization: `Basic ${Buffer.from(`GUARDED:${secret}`).toString('base64')}`,
    })
    await expect(dial('GUARDED', 'ocpp1.6', basic('wrong'))).rejects.toThrow('HTTP 401')
    await expect(dial('GUARDED', 'ocpp1.6', { Authorization: 'Basic %%%' })).rejects.toThrow('401')
    const station = await dial('GUARDED', 'ocpp1.6', basic(password))
    expect(await station.boot('ocpp1.6')).toMatchObject({ status: 'Accepted' })
    station.socket.close()
  })

  test('what is no HTTP at all is hung up on', async () => {
    expect(await (await tcp('\u0016\u0003\u0001 hello?\r\n\r\n')).lastWords).toContain(' 400 ')
  })

  test('upgrades that never end are given up, however many', async () => {
    const begun = 'GET /SLOW HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n'
    const sockets = await Promise.all(Array.from({ length: 50 }, () => tcp(begun)))
    await charge('BESIDE-SLOW')
    const words = await Promise.all(sockets.map(({ lastWords }) => lastWords))
    expect(words.filter((text) => text.includes(' 408 '))).toHaveLength(sockets.length)
  })

  test('500 connections that say nothing leave room for one that charges', async () => {
    const ids = Array.from({ length: 500 }, (_, i) => `IDLE-${i}`)
    const idle = await Promise.all(ids.map((id) => dial(id)))
    await charge('BESIDE-IDLE')
    for (const { socket } of idle) socket.terminate()
  })

  test('one that never answers a command: the API says 504, another answers meanwhile', async () => {
    const mute = await dial('MUTE')
    const good = await dial('GOOD')
    good.serve = () => ({ status: 'Accepted' })
    await Promise.all([mute.boot('ocpp1.6'), good.boot('ocpp1.6')])
    const unanswered = command('MUTE')
    expect((await command('GOOD')).status).toBe(200)
    const { status, body } = await unanswered
    expect(status).toBe(504)
    expect(JSON.stringify(body)).toContain('MUTE')
    expect(mute.heard.at(-1)).toMatchObject([2, expect.any(String), 'Reset', { type: 'Soft' }])
    expect(await mute.ask('Heartbeat', {})).toHaveProperty('currentTime')
    mute.socket.close()
    good.socket.close()
  })

  test('a second connection of one identity replaces the first, which is told why', async () => {
    const first = await dial('TWICE')
    await first.boot('ocpp1.6')
    const second = await dial('TWICE')
    await expect.poll(() => first.closedWith?.reason).toContain('Replaced by a newer connection')
    expect(await second.ask('Heartbeat', {})).toHaveProperty('currentTime')
    second.socket.close()
  })

  test('CALLs without waiting for answers are answered, each under its id', async () => {
    const station = await dial('HASTY', 'ocpp2.0.1')
    await station.boot('ocpp2.0.1')
    const beats = Array.from({ length: 1000 }, (_, i) => station.call('Heartbeat', {}, `h${i}`))
    const answers = await Promise.all(beats)
    expect(answers.every(([type], i) => type === 3 && answers[i]?.[1] === `h${i}`)).toBe(true)
    station.socket.close()
  })
})

async function command(stationId: string) {
  const url = `${serve.api}/api/v1/stations/${stationId}/commands/Reset?wait=3s`
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body: '{"type":"Soft"}' })
  return { status: response.status, body: (await response.json()) as unknown }
}
