import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { type BareStation, bootPayload, dialStation } from '../../../test/helpers/bare-station.ts'
import type { CsmsOptions } from '../options.ts'
import { type Csms, startCsms } from '../start-csms.ts'
import { isLoopback } from './origin.ts'

async function running(options: CsmsOptions = {}) {
  const csms = await startCsms({ port: 0, runId: 'r', ...options })
  const base = csms.url.replace('ws', 'http')
  return {
    csms,
    async get(path: string, init: RequestInit = {}) {
      const response = await fetch(base + path, init)
      const text = await response.text()
      return { status: response.status, headers: response.headers, body: JSON.parse(text) }
    },
    post(path: string, body: string) {
      return this.get(path, { method: 'POST', body })
    },
    [Symbol.asyncDispose]: () => csms.close({ timeoutMs: 100 }),
  }
}

async function booted(csms: Csms, stationId = 'CP1'): Promise<BareStation> {
  const station = await dialStation(`${csms.url}/${stationId}`, 'ocpp1.6')
  await station.ask('BootNotification', bootPayload('ocpp1.6'))
  return station
}

describe('health', () => {
  test('says that it is up and what it holds', async () => {
    await using server = await running()
    await booted(server.csms)
    const { status, body } = await server.get('/health')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      status: 'ok',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      runId: 'r',
      uptimeSeconds: 0,
      connections: 1,
      stations: 1,
      transactions: 0,
      speaks: ['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'],
      store: 'memory',
    })
  })
})

describe('stations', () => {
  test('are listed with their connectors’ last status, connected or not', async () => {
    await using server = await running({ stations: [{ id: 'OFF', password: 'secret-secret-16' }] })
    const station = await booted(server.csms)
    const status = { connectorId: 1, status: 'Available', errorCode: 'NoError' }
    const timestamp = '2026-01-01T00:00:00Z'
    await station.ask('StatusNotification', { ...status, timestamp })
    const { body } = await server.get('/api/v1/stations')
    expect(body).toMatchObject([
      { id: 'OFF', connected: false, connectors: [] },
      {
        id: 'CP1',
        connected: true,
        protocol: 'ocpp1.6',
        registration: 'Accepted',
        vendor: 'Acme',
        connectors: [{ ...status, since: timestamp }],
      },
    ])
    expect(JSON.stringify(body)).not.toContain('secret')
    const off = await server.get('/api/v1/stations?connected=false')
    expect(off.body.map(({ id }: { id: string }) => id)).toEqual(['OFF'])
  })

  test('one is shown with everything that is known of it', async () => {
    await using server = await running()
    const station = await booted(server.csms, 'RDAM%20123')
    const meterValue = [{ timestamp: '2026-01-01T00:00:00Z', sampledValue: [{ value: '5' }] }]
    await station.ask('MeterValues', { connectorId: 1, meterValue })
    const { status, body } = await server.get('/api/v1/stations/RDAM%20123')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      id: 'RDAM 123',
      configuration: {},
      variables: [],
      reports: {},
      meterValues: [{ connectorId: 1, meterValue: meterValue[0] }],
    })
    expect((await server.get('/api/v1/stations/NO')).status).toBe(404)
  })
})

describe('transactions', () => {
  const start = (station: BareStation, minute: number) =>
    station.ask('StartTransaction', {
      connectorId: 1,
      idTag: 'T1',
      meterStart: 0,
      timestamp: `2026-01-01T00:0${minute}:00Z`,
    })

  test('have the shape of the books', async () => {
    await using server = await running({ tokens: [{ idToken: 'T1', status: 'Accepted' }] })
    const station = await booted(server.csms)
    await start(station, 0)
    const stop = { transactionId: 1, meterStop: 1500, timestamp: '2026-01-01T01:00:00Z' }
    await station.ask('StopTransaction', { ...stop, reason: 'Remote' })
    expect((await server.get('/api/v1/transactions')).body).toEqual([
      {
        ordinal: 1,
        stationId: 'CP1',
        transactionId: 1,
        connectorId: 1,
        idToken: 'T1',
        authorization: 'Accepted',
        startedAt: '2026-01-01T00:00:00Z',
        stoppedAt: '2026-01-01T01:00:00Z',
        meterStartWh: 0,
        meterStopWh: 1500,
        energyWh: 1500,
        stopReason: 'Remote',
        offline: false,
      },
    ])
  })

  test('are read in pages, by station and by state', async () => {
    await using server = await running()
    const one = await booted(server.csms, 'CP1')
    const two = await booted(server.csms, 'CP2')
    for (const minute of [0, 1, 2]) {
      await start(one, minute)
      await start(two, minute)
    }
    const end = { meterStop: 1, timestamp: '2026-01-01T01:00:00Z' }
    await one.ask('StopTransaction', { transactionId: 1, ...end })
    const read = async (query: string) => {
      const { body, headers } = await server.get(`/api/v1/transactions${query}`)
      const ids = body.map(({ transactionId }: { transactionId: number }) => transactionId)
      return { ids, next: headers.get('link') }
    }
    expect(await read('')).toEqual({ ids: [1, 2, 3, 4, 5, 6], next: null })
    expect(await read('?limit=4')).toEqual({
      ids: [1, 2, 3, 4],
      next: '</api/v1/transactions?limit=4&after=4>; rel="next"',
    })
    expect(await read('?limit=4&after=4')).toEqual({ ids: [5, 6], next: null })
    expect(await read('?limit=2&after=4')).toEqual({ ids: [5, 6], next: null })
    expect(await read('?stationId=CP2&limit=1&after=2')).toEqual({
      ids: [4],
      next: '</api/v1/transactions?stationId=CP2&limit=1&after=4>; rel="next"',
    })
    expect((await read('?open=false')).ids).toEqual([1])
    expect((await read('?open=true&stationId=CP1')).ids).toEqual([3, 5])
    expect((await read('?stationId=NO')).ids).toEqual([])
  })

  test('thousands come as one array, piece by piece', async () => {
    await using server = await running()
    const station = await booted(server.csms)
    const stop = { meterStop: 1, timestamp: '2026-01-01T01:00:00Z' }
    const stops: Promise<unknown>[] = []
    for (let transactionId = 1; transactionId <= 1700; transactionId += 1) {
      stops.push(station.ask('StopTransaction', { transactionId, ...stop }))
    }
    await Promise.all(stops)
    expect((await server.get('/api/v1/transactions')).body).toHaveLength(1700)
  })
})

describe('commands', () => {
  const reset = '/api/v1/stations/CP1/commands/Reset'

  test('bring back the answer of the station', async () => {
    await using server = await running()
    const station = await booted(server.csms)
    station.serve = () => ({ status: 'Accepted' })
    expect(await server.post(`${reset}?wait=5s`, '{"type":"Soft"}')).toMatchObject({
      status: 200,
      body: { status: 'answered', payload: { status: 'Accepted' } },
    })
    expect(await server.post('/api/v1/stations/CP1/commands/ClearCache', '')).toMatchObject({
      status: 200,
    })
  })

  test('bring back its CALLERROR as an answer', async () => {
    await using server = await running()
    const station = await booted(server.csms)
    const asked = server.post(reset, '{"type":"Soft"}')
    await expect.poll(() => station.heard.length).toBe(2)
    station.socket.send('[4,"r-csms-1","NotSupported","no reset",{}]')
    expect(await asked).toMatchObject({
      status: 200,
      body: {
        status: 'callError',
        code: 'NotSupported',
        description: 'no reset',
        details: {},
      },
    })
  })

  test('are 504 when the station does not answer in time', async () => {
    await using server = await running()
    await booted(server.csms)
    expect(await server.post(`${reset}?wait=10ms`, '{"type":"Soft"}')).toMatchObject({
      status: 504,
      body: { error: { code: 'TIMEOUT' } },
    })
  })

  test('are 502 when the station goes away or answers nonsense', async () => {
    await using server = await running()
    const station = await booted(server.csms)
    station.serve = () => ({ status: 'Perhaps' })
    expect(await server.post(reset, '{"type":"Soft"}')).toMatchObject({
      status: 502,
      body: { error: { code: 'INVALID_ANSWER' } },
    })
    station.serve = () => {
      station.socket.terminate()
      return undefined
    }
    expect(await server.post(reset, '{"type":"Soft"}')).toMatchObject({
      status: 502,
      body: { error: { code: 'CONNECTION_LOST' } },
    })
    expect(await server.post(reset, '{"type":"Soft"}')).toMatchObject({
      status: 409,
      body: { error: { code: 'STATION_OFFLINE' } },
    })
  })

  test.each([
    ['/api/v1/stations/NO/commands/Reset', '{"type":"Soft"}', 404, 'UNKNOWN_STATION'],
    [reset, '{"type":"Gentle"}', 400, 'INVALID_PAYLOAD'],
    [reset, '{"type":', 400, 'INVALID_JSON'],
    [reset, '["Soft"]', 400, 'INVALID_JSON'],
    [reset, `{"type":"${'x'.repeat(70_000)}"}`, 413, 'BODY_TOO_LONG'],
    ['/api/v1/stations/CP1/commands/Explode', '{}', 400, 'INVALID_ACTION'],
    ['/api/v1/stations/CP1/commands/Heartbeat', '{}', 400, 'INVALID_ACTION'],
    [`${reset}?wait=soon`, '{"type":"Soft"}', 400, 'INVALID_QUERY'],
    [`${reset}?wait=30`, '{"type":"Soft"}', 400, 'INVALID_QUERY'],
    [`${reset}?wiat=3s`, '{"type":"Soft"}', 400, 'INVALID_QUERY'],
  ])('%s with a bad request is refused', async (path, body, status, code) => {
    await using server = await running()
    await booted(server.csms)
    expect(await server.post(path, body)).toMatchObject({ status, body: { error: { code } } })
  })

  test('are 409 while the station is not accepted', async () => {
    await using server = await running({ boot: { status: 'Rejected' } })
    await booted(server.csms)
    expect(await server.post(reset, '{"type":"Soft"}')).toMatchObject({
      status: 409,
      body: { error: { code: 'STATION_NOT_ACCEPTED' } },
    })
  })
})

describe('what is not there', () => {
  test.each([
    ['/', 404],
    ['/api/v1', 404],
    ['/api/v1/stations/', 404],
    ['/api/v1/stations/%E4', 400],
    ['/api/v1/transactions?limit=0', 400],
    ['/api/v1/transactions?after=-1', 400],
    ['/api/v1/transactions?open=maybe', 400],
    ['/api/v1/transactions?offset=3', 400],
  ])('%s is %i', async (path, status) => {
    await using server = await running()
    expect(await server.get(path)).toMatchObject({ status, body: { error: {} } })
  })

  test('another method is 405 with the one that is answered', async () => {
    await using server = await running()
    const { status, headers } = await server.post('/api/v1/transactions', '{}')
    expect([status, headers.get('allow')]).toEqual([405, 'GET'])
  })

  test('a request target that is no path is 400', async () => {
    await using server = await running()
    const socket = connect(server.csms.port, '127.0.0.1')
    socket.write('GET //evil.example/health HTTP/1.1\r\nHost: x\r\n\r\n')
    const [answer] = await once(socket, 'data')
    expect(String(answer)).toMatch(/^HTTP\/1\.1 400 /)
    socket.destroy()
  })
})

describe('who may ask', () => {
  test('pages of other sites are refused, the server’s own are not', async () => {
    await using server = await running()
    const from = (origin: string) => server.get('/api/v1/stations', { headers: { origin } })
    expect((await from('https://evil.example')).status).toBe(403)
    expect((await from(server.csms.url.replace('ws', 'http'))).status).toBe(200)
  })

  test.each([
    ['127.0.0.1', true],
    ['127.9.9.9', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['10.0.0.1', false],
    ['::ffff:10.0.0.1', false],
    ['1.127.0.0', false],
    ['', false],
  ])('%s is this machine: %s', (address, local) => {
    expect(isLoopback(address)).toBe(local)
  })
})
