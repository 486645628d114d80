import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Api } from '../../../test/helpers/api.ts'
import { type BareStation, dialStation } from '../../../test/helpers/bare-station.ts'

const stopped = { meterStop: 1, timestamp: '2026-01-01T01:00:00Z' }
const soft = '{"type":"Soft"}'

async function startTransaction(station: BareStation, minute: number, idTag = 'T1') {
  const timestamp = `2026-01-01T00:0${minute}:00Z`
  const start = { connectorId: 1, idTag, meterStart: 0, timestamp }
  const { transactionId } = await station.ask('StartTransaction', start)
  return Number(transactionId)
}

describe.each([1, 3])('the API of %i process(es)', (processes) => {
  let api: Api
  beforeAll(async () => {
    api = await Api.start({
      processes,
      stations: [{ id: 'OFF', password: 'secret-secret-16' }],
      tokens: [{ idToken: 'T1', status: 'Accepted' }],
    })
  })
  afterAll(() => api.close())

  describe('health', () => {
    test('says that it is up and what it holds', async () => {
      const before = await api.get('/health')
      await Promise.all([api.booted(), api.booted(), api.booted()])
      const { status, body } = await api.get('/health')
      expect(status).toBe(200)
      expect(body).toMatchObject({
        status: 'ok',
        version: expect.stringMatching(/^\d+\.\d+\.\d+/),
        runId: 'r',
        uptimeSeconds: expect.any(Number),
        connections: before.body.connections + 3,
        stations: before.body.stations + 3,
        transactions: before.body.transactions,
        speaks: ['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'],
        store: 'memory',
      })
    })
  })

  describe('stations', () => {
    test('are listed with their connectors’ last status, connected or not', async () => {
      const { id, station } = await api.booted()
      const status = { connectorId: 1, status: 'Available', errorCode: 'NoError' }
      const timestamp = '2026-01-01T00:00:00Z'
      await station.ask('StatusNotification', { ...status, timestamp })
      const { body } = await api.get('/api/v1/stations')
      expect(body).toContainEqual(
        expect.objectContaining({ id: 'OFF', connected: false, connectors: [] }),
      )
      expect(body.find((row: { id: string }) => row.id === id)).toMatchObject({
        connected: true,
        protocol: 'ocpp1.6',
        registration: 'Accepted',
        vendor: 'Acme',
        connectors: [{ ...status, since: timestamp }],
      })
      expect(JSON.stringify(body)).not.toContain('secret')
      const off = await api.get('/api/v1/stations?connected=false')
      const rows = off.body as { id: string; connected: boolean }[]
      expect(rows.map((row) => row.id)).toContain('OFF')
      expect(rows.some((row) => row.connected)).toBe(false)
    })

    test('one is shown with everything that is known of it', async () => {
      const { station } = await api.booted('RDAM 123')
      const meterValue = [{ timestamp: '2026-01-01T00:00:00Z', sampledValue: [{ value: '5' }] }]
      await station.ask('MeterValues', { connectorId: 1, meterValue })
      const { status, body } = await api.get('/api/v1/stations/RDAM%20123')
      expect(status).toBe(200)
      expect(body).toMatchObject({
        id: 'RDAM 123',
        configuration: {},
        variables: [],
        reports: {},
        meterValues: [{ connectorId: 1, meterValue: meterValue[0] }],
      })
      expect((await api.get('/api/v1/stations/NO')).status).toBe(404)
    })
  })

  describe('transactions', () => {
    /** Reads a list: ids, and where it goes on. */
    async function read(query: string) {
      const { body, headers } = await api.get(`/api/v1/transactions${query}`)
      const rows = body as { transactionId: number; ordinal: number }[]
      return {
        ids: rows.map(({ transactionId }) => transactionId),
        ordinals: rows.map(({ ordinal }) => ordinal),
        next: headers.get('link'),
      }
    }

    /** Ordinal of the last transaction so far. */
    const lastOrdinal = async () => (await read('')).ordinals.at(-1) ?? 0

    test('have the shape of the books', async () => {
      const { id, station } = await api.booted()
      const transactionId = await startTransaction(station, 0)
      const stop = { transactionId, meterStop: 1500, timestamp: '2026-01-01T01:00:00Z' }
      await station.ask('StopTransaction', { ...stop, reason: 'Remote' })
      expect((await api.get(`/api/v1/transactions?stationId=${id}`)).body).toEqual([
        {
          ordinal: expect.any(Number),
          stationId: id,
          transactionId,
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

    test('are read in pages, by station and by state, in the order of arrival', async () => {
      const one = await api.booted()
      const two = await api.booted()
      const begin = await lastOrdinal()
      const ids: number[] = []
      for (const minute of [0, 1, 2]) {
        ids.push(await startTransaction(one.station, minute))
        ids.push(await startTransaction(two.station, minute))
      }
      await one.station.ask('StopTransaction', { transactionId: ids[0], ...stopped })
      const all = await read(`?after=${begin}`)
      expect(all).toMatchObject({ ids, next: null })
      const [, second, third, fourth] = all.ordinals
      expect(await read(`?limit=4&after=${begin}`)).toMatchObject({
        ids: ids.slice(0, 4),
        next: `</api/v1/transactions?limit=4&after=${fourth}>; rel="next"`,
      })
      expect(await read(`?limit=4&after=${fourth}`)).toMatchObject({
        ids: ids.slice(4),
        next: null,
      })
      expect(await read(`?limit=2&after=${fourth}`)).toMatchObject({
        ids: ids.slice(4),
        next: null,
      })
      expect(third).toBeGreaterThan(second ?? 0)
      expect(await read(`?stationId=${two.id}&limit=1&after=${second}`)).toMatchObject({
        ids: [ids[3]],
        next: `</api/v1/transactions?stationId=${two.id}&limit=1&after=${fourth}>; rel="next"`,
      })
      expect((await read(`?open=false&after=${begin}`)).ids).toEqual([ids[0]])
      expect((await read(`?open=true&stationId=${one.id}`)).ids).toEqual([ids[2], ids[4]])
      expect((await read('?stationId=NO')).ids).toEqual([])
    })

    test('polled with `after` come once each, whichever process they arrive at', async () => {
      const stations = await Promise.all(Array.from({ length: 6 }, () => api.booted()))
      let after = await lastOrdinal()
      const expected: number[] = []
      const polled: number[] = []
      for (const minute of [0, 1, 2, 3]) {
        const starts = stations.map(({ station }) => startTransaction(station, minute))
        // Polls meet transactions that arrive at the same time.
        for (let poll = 0; poll < 3; poll += 1) {
          const { ids, ordinals } = await read(`?after=${after}`)
          polled.push(...ids)
          after = ordinals.at(-1) ?? after
        }
        expected.push(...(await Promise.all(starts)))
      }
      polled.push(...(await read(`?after=${after}`)).ids)
      expect(new Set(expected).size).toBe(24)
      expect(polled.toSorted((a, b) => a - b)).toEqual(expected.toSorted((a, b) => a - b))
    })

    test('thousands come as one array, piece by piece, or page by page', async () => {
      const stations = await Promise.all([api.booted(), api.booted(), api.booted()])
      const begin = await lastOrdinal()
      const stops = stations.flatMap(({ station }) =>
        Array.from({ length: 1400 }, (_, i) =>
          station.ask('StopTransaction', { transactionId: 1_000_000 + i, ...stopped }),
        ),
      )
      await Promise.all(stops)
      const { ordinals } = await read(`?after=${begin}`)
      expect(ordinals).toHaveLength(4200)
      expect(ordinals).toEqual(ordinals.toSorted((a, b) => a - b))
      const paged: number[] = []
      for (let at: string | null = `?limit=1300&after=${begin}`; at !== null; ) {
        const page: Awaited<ReturnType<typeof read>> = await read(at)
        paged.push(...page.ordinals)
        at = page.next && (/\?[^>]*/.exec(page.next)?.[0] ?? null)
      }
      expect(paged).toEqual(ordinals)
    })
  })

  describe('commands', () => {
    test('bring back the answer of the station', async () => {
      const { station, commands } = await api.booted()
      station.serve = () => ({ status: 'Accepted' })
      expect(await api.post(`${commands}/Reset?wait=5s`, soft)).toMatchObject({
        status: 200,
        body: { status: 'answered', payload: { status: 'Accepted' } },
      })
      expect(await api.post(`${commands}/ClearCache`, '')).toMatchObject({ status: 200 })
    })

    test('bring back its CALLERROR as an answer', async () => {
      const { station, commands } = await api.booted()
      const asked = api.post(`${commands}/Reset`, soft)
      await expect.poll(() => station.heard.length).toBe(2)
      const [, messageId] = station.heard[1] ?? []
      station.socket.send(JSON.stringify([4, messageId, 'NotSupported', 'no reset', {}]))
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
      const { commands } = await api.booted()
      expect(await api.post(`${commands}/Reset?wait=10ms`, soft)).toMatchObject({
        status: 504,
        body: { error: { code: 'TIMEOUT' } },
      })
    })

    test('are 502 when the station goes away or answers nonsense', async () => {
      const { station, commands } = await api.booted()
      station.serve = () => ({ status: 'Perhaps' })
      expect(await api.post(`${commands}/Reset`, soft)).toMatchObject({
        status: 502,
        body: { error: { code: 'INVALID_ANSWER' } },
      })
      station.serve = () => {
        station.socket.terminate()
        return undefined
      }
      expect(await api.post(`${commands}/Reset`, soft)).toMatchObject({
        status: 502,
        body: { error: { code: 'CONNECTION_LOST' } },
      })
      expect(await api.post(`${commands}/Reset`, soft)).toMatchObject({
        status: 409,
        body: { error: { code: 'STATION_OFFLINE' } },
      })
    })

    test.each([
      ['/api/v1/stations/NO/commands/Reset', soft, 404, 'UNKNOWN_STATION'],
      ['Reset', '{"type":"Gentle"}', 400, 'INVALID_PAYLOAD'],
      ['Reset', '{"type":', 400, 'INVALID_JSON'],
      ['Reset', '["Soft"]', 400, 'INVALID_JSON'],
      ['Reset', `{"type":"${'x'.repeat(270_000)}"}`, 413, 'BODY_TOO_LONG'],
      ['Explode', '{}', 400, 'INVALID_ACTION'],
      ['Heartbeat', '{}', 400, 'INVALID_ACTION'],
      ['Reset?wait=soon', soft, 400, 'INVALID_QUERY'],
      ['Reset?wait=30', soft, 400, 'INVALID_QUERY'],
      ['Reset?wiat=3s', soft, 400, 'INVALID_QUERY'],
    ])('%s with a bad request is refused', async (path, body, status, code) => {
      const { commands } = await api.booted()
      const full = path.startsWith('/') ? path : `${commands}/${path}`
      expect(await api.post(full, body)).toMatchObject({ status, body: { error: { code } } })
    })

    test('are 409 while the station is not accepted', async () => {
      const { id, commands } = await api.booted()
      await dialStation(`${api.server.urls[0]}/${id}-new`, 'ocpp1.6')
      expect(
        await api.post(commands.replace(id, `${id}-new`).concat('/Reset'), soft),
      ).toMatchObject({ status: 409, body: { error: { code: 'STATION_NOT_ACCEPTED' } } })
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
      ['/api/v1/transactions?open=true&open=false', 400],
      ['/api/v1/transactions?limit=1e3', 400],
      ['/api/v1/transactions?__proto__=1', 400],
      ['/api/v1/transactions?stationId=', 400],
    ])('%s is %i', async (path, status) => {
      expect(await api.get(path)).toMatchObject({ status, body: { error: {} } })
    })

    test('another method is 405 with those that are answered, which OPTIONS tells, too', async () => {
      const { status, headers } = await api.post('/api/v1/transactions', '{}')
      expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
      const asked = await fetch(`${api.base}/api/v1/tokens/T1`, { method: 'OPTIONS' })
      expect([asked.status, asked.headers.get('allow')]).toEqual([
        204,
        'GET, HEAD, PUT, PATCH, DELETE, OPTIONS',
      ])
    })

    test('HEAD is GET without a body, and ends where GET would not', async () => {
      const head = (path: string) => fetch(api.base + path, { method: 'HEAD' })
      for (const path of ['/health', '/metrics', '/api/v1/stations', '/api/v1/tokens/T1']) {
        const { status, headers } = await head(path)
        expect([status, headers.get('content-type')]).toEqual([
          200,
          (await fetch(api.base + path)).headers.get('content-type'),
        ])
      }
      expect(await (await head('/health')).text()).toBe('')
      expect((await head('/api/v1/stations/NO')).status).toBe(404)
      const stream = await head('/api/v1/events')
      expect([stream.status, stream.headers.get('content-type')]).toEqual([
        200,
        'text/event-stream',
      ])
    })

    test('a request target that is no path is 400', async () => {
      const socket = connect(api.server.port, '127.0.0.1')
      socket.write('GET //evil.example/health HTTP/1.1\r\nHost: x\r\n\r\n')
      const [answer] = await once(socket, 'data')
      expect(String(answer)).toMatch(/^HTTP\/1\.1 400 /)
      socket.destroy()
    })
  })

  test('pages of other sites are refused, the server’s own are not', async () => {
    const from = (origin: string) => api.get('/api/v1/stations', { headers: { origin } })
    expect((await from('https://evil.example')).status).toBe(403)
    expect((await from(api.base)).status).toBe(200)
  })
})
