import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Api } from '../../../test/helpers/api.ts'
import { knock } from '../../../test/helpers/knock.ts'
import { hashPassword } from '../gateway/credentials.ts'

const password = 'sixteen-letters!'

/** How an upgrade of a station is answered: 101, or why not. */
async function knocked(api: Api, id: string, password?: string): Promise<number> {
  const outcome = await knock({ url: `${api.server.urls[0]}/${id}`, password })
  return outcome === 'open' ? 101 : Number(/\b[45]\d\d\b/.exec(outcome)?.[0])
}

describe.each([1, 3])('the stations of %i process(es)', (processes) => {
  let api: Api
  beforeAll(async () => {
    api = await Api.start({
      processes,
      unknownStations: 'reject',
      stations: [{ id: 'FILE', password: 'from-the-file-16' }, { id: 'CP-1' }, { id: 'CP-2' }],
      tokens: [{ idToken: 'ONE', status: 'Accepted', concurrent: false }],
    })
  })
  afterAll(() => api.close())

  const add = (body: object) => api.send('POST', '/api/v1/stations', body)
  const change = (id: string, body: object) => api.send('PATCH', `/api/v1/stations/${id}`, body)
  const remove = (id: string, query = '') => api.send('DELETE', `/api/v1/stations/${id}${query}`)

  test('one that nobody named comes in once it is registered, with its password only', async () => {
    expect(await knocked(api, 'NEW')).toBe(404)
    const made = await add({ id: 'NEW', password })
    expect(made).toMatchObject({ status: 201, body: { id: 'NEW', connected: false } })
    expect(made.headers.get('location')).toBe('/api/v1/stations/NEW')
    expect(await knocked(api, 'NEW')).toBe(401)
    expect(await knocked(api, 'NEW', 'something-else-16')).toBe(401)
    expect(await knocked(api, 'NEW', password)).toBe(101)
    expect(await add({ id: 'NEW' })).toMatchObject({ status: 409 })
    const security = await api.get('/api/v1/stations/NEW/security')
    expect(security.body).toMatchObject({ hasPassword: true })
    const all = [made, security, await api.get('/api/v1/stations/NEW')]
    expect(JSON.stringify(all.map(({ body }) => body))).not.toMatch(/sixteen|scrypt/)
  })

  test('a password is changed, given as a hash, and taken back', async () => {
    expect(await knocked(api, 'FILE', 'from-the-file-16')).toBe(101)
    expect((await change('FILE', { password })).status).toBe(200)
    expect(await knocked(api, 'FILE', 'from-the-file-16')).toBe(401)
    expect(await knocked(api, 'FILE', password)).toBe(101)
    const passwordHash = await hashPassword('as-a-hash-16-long')
    await change('FILE', { passwordHash })
    expect(await knocked(api, 'FILE', 'as-a-hash-16-long')).toBe(101)
    await change('FILE', { password: null })
    expect(await knocked(api, 'FILE', 'from-the-file-16')).toBe(101)
  })

  test('the lowest security profile holds from the next connection on', async () => {
    await add({ id: 'TLS', securityProfile: 2, serial: 'SN-1' })
    expect(await knocked(api, 'TLS')).toBe(403)
    const security = async () => (await api.get('/api/v1/stations/TLS/security')).body
    expect(await security()).toMatchObject({ securityProfile: 2, serial: 'SN-1' })
    await change('TLS', { securityProfile: null })
    expect(await security()).toEqual({ serial: 'SN-1', hasPassword: false })
    expect(await knocked(api, 'TLS')).toBe(101)
  })

  test('one that is removed loses its connection and may not come back', async () => {
    const { id, station } = await api.booted('CP-1')
    const closed = new Promise<void>((resolve) => {
      station.whenClosed = resolve
    })
    expect((await remove(id)).status).toBe(204)
    await closed
    expect(station.closedWith).toEqual({ code: 4001, reason: 'Removed by the operator' })
    expect((await api.get(`/api/v1/stations/${id}`)).status).toBe(404)
    expect(await knocked(api, id)).toBe(404)
    expect((await remove(id)).status).toBe(404)
    expect((await change(id, { password })).status).toBe(404)
  })

  test('open transactions end with a removal that is forced, and stay in the books', async () => {
    const { id, station } = await api.booted('CP-2')
    const timestamp = '2026-01-01T00:00:00Z'
    const start = { connectorId: 1, idTag: 'ONE', meterStart: 100, timestamp }
    const { transactionId } = await station.ask('StartTransaction', start)
    const sampledValue = [{ value: '350', measurand: 'Energy.Active.Import.Register' }]
    const meterValue = [{ timestamp, sampledValue }]
    await station.ask('MeterValues', { connectorId: 1, transactionId, meterValue })
    expect(await remove(id)).toMatchObject({
      status: 409,
      body: { error: { code: 'STATION_BUSY' } },
    })
    expect((await remove(id, '?force=true')).status).toBe(204)
    expect((await api.get(`/api/v1/transactions?stationId=${id}`)).body).toMatchObject([
      { transactionId, meterStopWh: 350, energyWh: 250, stopReason: 'StationRemoved' },
    ])
    // The token is free again.
    await add({ id: 'NEXT' })
    const next = await api.booted('NEXT')
    expect(await next.station.ask('StartTransaction', start)).toMatchObject({
      idTagInfo: { status: 'Accepted' },
    })
  })

  test('a connection is closed, and the station may come back', async () => {
    await add({ id: 'KICK' })
    const close = () => api.send('DELETE', '/api/v1/stations/KICK/connection')
    expect((await close()).status).toBe(409)
    const { station } = await api.booted('KICK')
    const closed = new Promise<void>((resolve) => {
      station.whenClosed = resolve
    })
    expect((await close()).status).toBe(204)
    await closed
    expect(await knocked(api, 'KICK')).toBe(101)
    expect((await api.send('DELETE', '/api/v1/stations/NO/connection')).status).toBe(404)
  })

  test.each([
    [{}],
    [{ id: '' }],
    [{ id: 'A'.repeat(49) }],
    [{ id: 'A\u0000' }],
    [{ id: 'X', password: '' }],
    [{ id: 'X', password: null }],
    [{ id: 'X', passwordHash: 'plain' }],
    [{ id: 'X', password, passwordHash: 'plain' }],
    [{ id: 'X', securityProfile: 4 }],
    [{ id: 'X', colour: 'red' }],
  ])('%j is refused and registers nothing', async (body) => {
    expect((await add(body)).status).toBe(400)
    expect((await api.get('/api/v1/stations/X')).status).toBe(404)
  })

  test('are listed in the order of their identities, page by page', async () => {
    for (const id of ['Z-3', 'Z-1', 'Z-4', 'Z-2']) await add({ id })
    const page = async (query: string) => {
      const { body, headers } = await api.get(`/api/v1/stations?${query}`)
      const ids = (body as { id: string }[]).map(({ id }) => id)
      return { ids, next: headers.get('link') }
    }
    const { ids } = await page('after=Z')
    expect(ids).toEqual(['Z-1', 'Z-2', 'Z-3', 'Z-4'])
    expect(await page('limit=2&after=Z')).toEqual({
      ids: ['Z-1', 'Z-2'],
      next: '</api/v1/stations?limit=2&after=Z-2>; rel="next"',
    })
    expect(await page('limit=2&after=Z-2')).toEqual({ ids: ['Z-3', 'Z-4'], next: null })
  })
})

test.each([1, 2])('what was said of stations outlives %i process(es)', async (processes) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'csms-edits-'))
  const options = { processes, dataDir, unknownStations: 'reject' } as const
  {
    await using first = await Api.start(options)
    for (const id of ['KEPT', 'GONE'])
      await first.send('POST', '/api/v1/stations', { id, password })
    await first.send('DELETE', '/api/v1/stations/GONE')
  }
  {
    await using second = await Api.start(options)
    expect(await knocked(second, 'KEPT', password)).toBe(101)
    expect(await knocked(second, 'KEPT')).toBe(401)
    expect(await knocked(second, 'GONE', password)).toBe(404)
  }
  const files = await readdir(dataDir, { recursive: true, withFileTypes: true })
  for (const file of files.filter((entry) => entry.isFile())) {
    expect(await readFile(join(file.parentPath, file.name), 'utf8')).not.toContain(password)
  }
  await rm(dataDir, { recursive: true })
})
