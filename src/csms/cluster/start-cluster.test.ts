import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BareStation, bootPayload, dialStation } from '../../../test/helpers/bare-station.ts'
import type { OcppVersion } from '../../ocpp/version.ts'
import type { CsmsEvent } from '../events.ts'
import { ownerOf } from '../owner.ts'
import type { Server, ServerOptions } from '../server.ts'
import { startServer } from '../start-server.ts'

const timestamp = '2026-01-01T00:00:00Z'

async function started(options: ServerOptions = {}) {
  const events: CsmsEvent[] = []
  const broken: string[] = []
  const server = await startServer({
    port: 0,
    runId: 'r',
    processes: 2,
    observer: (event) => void events.push(event),
    broken: (reason) => void broken.push(reason),
    ...options,
  })
  return { server, events, broken, [Symbol.asyncDispose]: () => server.close({ timeoutMs: 100 }) }
}

const dial = (
  { urls }: Server,
  id: string,
  headers: Record<string, string> = {},
  version: OcppVersion = 'ocpp1.6',
) => dialStation(`${urls[0]}/${id}`, version, headers)

async function booted(server: Server, id: string, version: OcppVersion = 'ocpp1.6') {
  const station = await dial(server, id, {}, version)
  await station.boot(version)
  return station
}

/** An identity that the process of this number owns. */
function ownedBy(process: number, processes = 2, name = 'CP'): string {
  for (let i = 0; ; i += 1) if (ownerOf(`${name}${i}`, processes) === process) return `${name}${i}`
}

const start = (station: BareStation, idTag: string, meterStart = 0) =>
  station.ask('StartTransaction', { connectorId: 1, idTag, meterStart, timestamp })

describe('a server of several processes', () => {
  let shared: Awaited<ReturnType<typeof started>>
  beforeAll(async () => {
    shared = await started({
      host: ['127.0.0.1', '127.0.0.2'],
      frames: true,
      stations: [{ id: 'LOCKED', password: 'secret-secret-16' }],
      tokens: [
        { idToken: 'ANY', status: 'Accepted' },
        { idToken: 'ONE', status: 'Accepted', concurrent: false },
        { idToken: 'TWO', status: 'Accepted', concurrent: false },
      ],
    })
  })
  afterAll(() => shared.server.close({ timeoutMs: 100 }))

  test('listens on every address at one port', async () => {
    const { server, events } = shared
    expect(server.urls).toEqual([`ws://127.0.0.1:${server.port}`, `ws://127.0.0.2:${server.port}`])
    for (const [at, url] of server.urls.entries()) {
      const station = await dialStation(`${url}/ADDRESS-${at}`, 'ocpp2.0.1')
      expect(await station.boot('ocpp2.0.1')).toMatchObject({ status: 'Accepted' })
    }
    expect(events.filter(({ type }) => type === 'listening')).toHaveLength(2)
  })

  test('lets a station in once, before it is handed over: passwords are asked for', async () => {
    const { server, events } = shared
    const basic = (password: string) => ({
      Authorization: `Basic ${Buffer.from(`LOCKED:${password}`).toString('base64')}`,
    })
    await expect(dial(server, 'LOCKED', basic('secret-wrong-16'))).rejects.toThrow('HTTP 401')
    await dial(server, 'LOCKED', basic('secret-secret-16'))
    expect(events).toContainEqual(expect.objectContaining({ type: 'refused', status: 401 }))
    expect(JSON.stringify(events)).not.toContain('secret')
  })

  test('[1.6 errata 3.54] never gives two transactions one id, whichever process they are in', async () => {
    const { server } = shared
    const ids: unknown[] = []
    for (const process of [0, 1]) {
      const station = await booted(server, ownedBy(process, 2, 'IDS'))
      for (let meter = 0; meter < 5; meter += 1) {
        ids.push((await start(station, 'ANY', meter))['transactionId'])
      }
    }
    expect(new Set(ids).size).toBe(10)
  })

  test('a token that may be in one transaction gets one, though both ask at the same time', async () => {
    const { server } = shared
    const stations = await Promise.all(
      [0, 1].map((process) => booted(server, ownedBy(process, 2, 'TOKEN'))),
    )
    const answers = await Promise.all(stations.map((station) => start(station, 'one')))
    const statuses = answers.map(({ idTagInfo }) => (idTagInfo as { status: string }).status)
    expect(statuses.toSorted()).toEqual(['Accepted', 'ConcurrentTx'])

    const winner = statuses.indexOf('Accepted')
    const { transactionId } = answers[winner] ?? {}
    await stations[winner]?.ask('StopTransaction', { transactionId, meterStop: 9, timestamp })
    const other = stations[1 - winner] as BareStation
    expect(await start(other, 'ONE', 5)).toMatchObject({ idTagInfo: { status: 'Accepted' } })
  })

  test('[2.0.1 C01] and so over both generations', async () => {
    const { server } = shared
    const old = await booted(server, ownedBy(0, 2, 'OLD'))
    const young = await booted(server, ownedBy(1, 2, 'YOUNG'), 'ocpp2.0.1')
    const event = (eventType: string, seqNo: number) =>
      young.ask('TransactionEvent', {
        eventType,
        timestamp,
        triggerReason: 'Authorized',
        seqNo,
        transactionInfo: { transactionId: 'tx' },
        idToken: { idToken: 'TWO', type: 'ISO14443' },
      })
    expect(await event('Started', 0)).toMatchObject({ idTokenInfo: { status: 'Accepted' } })
    expect(await start(old, 'TWO')).toMatchObject({ idTagInfo: { status: 'ConcurrentTx' } })
    await event('Ended', 1)
    expect(await start(old, 'TWO', 7)).toMatchObject({ idTagInfo: { status: 'Accepted' } })
  })

  test('a second connection of an identity replaces the first, in the process that owns it', async () => {
    const { server } = shared
    const first = await booted(server, 'TWICE')
    const second = await dial(server, 'TWICE')
    await expect.poll(() => first.closedWith?.code).toBe(4000)
    expect(await second.ask('Heartbeat', {})).toHaveProperty('currentTime')
  })

  test('frames and what happens are told as by a single process', async () => {
    const { server, events } = shared
    const id = ownedBy(1, 2, 'TOLD')
    await booted(server, id)
    const told = () => events.filter((event) => 'stationId' in event && event.stationId === id)
    await expect
      .poll(() => told().map(({ type }) => type))
      .toEqual(['connected', 'frame', 'booted', 'frame'])
  })

  test('what a station sends together with its upgrade is not lost', async () => {
    const { server } = shared
    const socket = connect(server.port, '127.0.0.1')
    const text = JSON.stringify([2, 'early', 'BootNotification', bootPayload('ocpp1.6')])
    const length = Buffer.from([0x81, 0x80 | Buffer.byteLength(text), 0, 0, 0, 0])
    const request =
      'GET /EARLY HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n' +
      'Sec-WebSocket-Protocol: ocpp1.6\r\n\r\n'
    socket.write(Buffer.concat([Buffer.from(request), length, Buffer.from(text)]))
    let heard = ''
    socket.on('data', (bytes) => {
      heard += bytes.toString('latin1')
    })
    await expect.poll(() => heard).toContain('[3,"early",{')
    expect(heard).toContain('HTTP/1.1 101')
    socket.destroy()
  })

  test('an upgrade that is no valid WebSocket is refused; a peer that vanishes harms nothing', async () => {
    const { server } = shared
    const request = 'GET /BAD HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n'
    const bad = connect(server.port, '127.0.0.1')
    bad.write(`${request}Sec-WebSocket-Protocol: ocpp1.6\r\n\r\n`)
    const [answer] = await once(bad, 'data')
    expect(String(answer)).toMatch(/^HTTP\/1\.1 400 /)
    for (let i = 0; i < 20; i += 1) {
      const gone = connect(server.port, '127.0.0.1')
      gone.write(
        `${request}Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: ocpp1.6\r\n\r\n`,
        () => gone.resetAndDestroy(),
      )
    }
    await booted(server, 'AFTER')
    // What was handed over and what became of it add up again.
    const sessions = async () => {
      const health = await fetch(`http://127.0.0.1:${server.port}/health`)
      return ((await health.json()) as { connections: number }).connections
    }
    await expect.poll(async () => server.connections - (await sessions())).toBe(0)
  })

  test('a payload that is nested very deep ends no process', async () => {
    const { server, broken } = shared
    const station = await booted(server, 'DEEP', 'ocpp2.0.1')
    const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
    for (const [levels, answer] of [
      [50, 3],
      [200, 4],
      [5_000, 4],
    ] as const) {
      const data = `{"type":"x","timestamp":"${timestamp}","customData":{"vendorId":"v","x":${deep(levels)}}}`
      station.socket.send(`[2,"deep${levels}","SecurityEventNotification",${data}]`)
      const heard = () => station.heard.find(([, id]) => id === `deep${levels}`)?.[0]
      await expect.poll(heard, { timeout: 10_000 }).toBe(answer)
    }
    expect(broken).toEqual([])
  })

  test('counts over all processes', async () => {
    const { server } = shared
    const { messagesReceived, connectionsAccepted } = await server.counters()
    await Promise.all([0, 1].map((process) => booted(server, ownedBy(process, 2, 'COUNT'))))
    expect(await server.counters()).toMatchObject({
      messagesReceived: messagesReceived + 2,
      connectionsAccepted: connectionsAccepted + 2,
    })
  })
})

test('connections are limited over all processes, and places that become free are taken', async () => {
  await using one = await started({ maxConnections: 2 })
  const { server } = one
  const stations = await Promise.all([0, 1].map((process) => dial(server, ownedBy(process))))
  await expect(dial(server, 'THIRD')).rejects.toThrow('HTTP 503')
  stations[0]?.socket.close()
  await expect.poll(() => dial(server, 'THIRD').then(() => 'in', String)).toBe('in')
})

test('unknown stations stay out; those that data or settings name come in', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'csms-known-'))
  {
    await using open = await started({ dataDir })
    await booted(open.server, 'SEEN')
  }
  await using closed = await started({
    dataDir,
    unknownStations: 'reject',
    stations: [{ id: 'NAMED' }],
  })
  await dial(closed.server, 'SEEN')
  await dial(closed.server, 'NAMED')
  await expect(dial(closed.server, 'STRANGE')).rejects.toThrow('HTTP 404')
  await closed.server.close()
  await rm(dataDir, { recursive: true })
})

test.each([
  [2, 3],
  [3, 1],
])('data go along from %i process(es) to %i; a busy token stays busy', async (before, after) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'csms-cluster-'))
  const tokens = [{ idToken: 'ONE', status: 'Accepted', concurrent: false }] as const
  const given: unknown[] = []
  {
    await using first = await started({ processes: before, dataDir, tokens })
    for (const id of ['CP1', 'CP2', 'CP3', 'CP4']) {
      const station = await booted(first.server, id)
      given.push((await start(station, id === 'CP1' ? 'ONE' : 'ANY'))['transactionId'])
    }
  }
  await using second = await started({ processes: after, dataDir, tokens })
  const { server, events } = second
  expect(events[0]).toMatchObject({ type: 'store', level: 'info' })
  const again = await booted(server, 'CP4')
  expect(await start(again, 'ONE', 3)).toMatchObject({ idTagInfo: { status: 'ConcurrentTx' } })
  const first = await booted(server, 'CP1')
  await first.ask('StopTransaction', { transactionId: given[0], meterStop: 500, timestamp })
  const { transactionId, idTagInfo } = await start(again, 'ONE', 4)
  expect(idTagInfo).toMatchObject({ status: 'Accepted' })
  expect(given).not.toContain(transactionId)
  const rows = await fetch(`http://127.0.0.1:${server.port}/api/v1/transactions`)
  expect(await rows.json()).toHaveLength(6)
  await server.close()
  await rm(dataDir, { recursive: true })
})

test('a process that is killed is told; the others close their stations and save', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'csms-broken-'))
  const { server, broken, events } = await started({ dataDir })
  const [lost, kept] = await Promise.all([0, 1].map((process) => booted(server, ownedBy(process))))
  await start(kept as BareStation, 'ANY', 77)
  const lock = join(dataDir, 'processes/1-of-2')
  process.kill(await pidOfLock(lock), 'SIGKILL')
  await expect.poll(() => broken).toEqual([expect.stringMatching(/^process 1 of 2 .*\(SIGKILL\)/)])
  expect(events).toContainEqual({ type: 'processEnded', message: broken[0] })
  await expect.poll(() => lost?.closedWith?.code).toBe(1006)
  const health = await fetch(`http://127.0.0.1:${server.port}/health`)
  expect(health.status).toBe(500)
  await server.close({ code: 1012, reason: 'again' })
  await expect.poll(() => kept?.closedWith).toEqual({ code: 1012, reason: 'again' })
  expect(await readFile(join(dataDir, 'processes/2-of-2/csms.json'), 'utf8')).toContain('77')
  await rm(dataDir, { recursive: true })
})

async function pidOfLock(folder: string): Promise<number> {
  const name = (await readdir(folder)).find((entry) => entry.endsWith('.lock')) ?? ''
  return (JSON.parse(await readFile(join(folder, name), 'utf8')) as { pid: number }).pid
}

test('what keeps one process from starting keeps the server from starting, and is said', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'csms-nostart-'))
  await using first = await started({ dataDir })
  await expect(started({ dataDir })).rejects.toMatchObject({ code: 'CSMS_DATA_IN_USE' })
  await expect(started({ port: first.server.port })).rejects.toMatchObject({
    code: 'CSMS_PORT_IN_USE',
  })
  const stations = [{ id: 'CP1', passwordHash: 'md5' }]
  await expect(started({ stations })).rejects.toMatchObject({ code: 'CSMS_CONFIG_INVALID' })
  await first.server.close()
  await rm(dataDir, { recursive: true })
})
