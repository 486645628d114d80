import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Api } from '../../../test/helpers/api.ts'
import { memoryCsms } from '../../../test/helpers/memory-csms.ts'
import { realClock } from '../../platform/real-clock.ts'
import { EventHub } from '../event-hub.ts'
import { createApi } from './api.ts'
import { LocalOperations } from './local-operations.ts'

describe.each([1, 2])('the tokens of %i process(es)', (processes) => {
  let api: Api
  beforeAll(async () => {
    api = await Api.start({
      processes,
      unknownTokens: 'reject',
      tokens: [{ idToken: 'T1', status: 'Accepted', groupId: 'G' }],
    })
  })
  afterAll(() => api.close())

  /** What stations of every process are told of a token. */
  async function told(idTag: string) {
    const stations = await Promise.all(Array.from({ length: 6 }, () => api.booted()))
    const answers = await Promise.all(
      stations.map(({ station }) => station.ask('Authorize', { idTag })),
    )
    for (const { station } of stations) station.socket.close(1000, '')
    const texts = new Set(answers.map(({ idTagInfo }) => JSON.stringify(idTagInfo)))
    expect(texts.size).toBe(1)
    return answers[0]?.['idTagInfo']
  }

  test('are listed and shown, whatever the case', async () => {
    expect((await api.get('/api/v1/tokens')).body).toContainEqual({
      idToken: 'T1',
      status: 'Accepted',
      groupId: 'G',
    })
    expect(await api.get('/api/v1/tokens/t1')).toMatchObject({ status: 200 })
    expect(await api.get('/api/v1/tokens/NO')).toMatchObject({
      status: 404,
      body: { error: { code: 'UNKNOWN_TOKEN' } },
    })
  })

  test('[2.0.1 IdTokenInfoType] have languages, messages, EVSEs and PINs, until they are taken away', async () => {
    const details = {
      language1: 'de',
      personalMessage: 'Guten Tag',
      evseId: [2],
      additionalInfo: [{ type: 'PIN', additionalIdToken: '1234' }],
    }
    await api.send('PUT', '/api/v1/tokens/DETAILED', details)
    expect((await api.get('/api/v1/tokens/DETAILED')).body).toMatchObject(details)
    const { body } = await api.send('PATCH', '/api/v1/tokens/DETAILED', {
      language1: null,
      personalMessage: null,
      evseId: null,
      additionalInfo: null,
    })
    expect(body).toEqual({ idToken: 'DETAILED', status: 'Accepted' })
  })

  test('made here may charge at every station', async () => {
    expect(await told('NEW')).toEqual({ status: 'Invalid' })
    const made = await api.send('PUT', '/api/v1/tokens/NEW', { groupId: 'G' })
    expect(made).toMatchObject({
      status: 201,
      body: { idToken: 'NEW', status: 'Accepted', groupId: 'G' },
    })
    expect(await told('NEW')).toEqual({ status: 'Accepted', parentIdTag: 'G' })
    expect((await api.send('PUT', '/api/v1/tokens/NEW', {})).status).toBe(200)
    expect(await told('new')).toEqual({ status: 'Accepted' })
  })

  test('are blocked, grouped, expired and given back field by field', async () => {
    await api.send('PUT', '/api/v1/tokens/D', { groupId: 'G' })
    const patch = (change: object) => api.send('PATCH', '/api/v1/tokens/D', change)
    expect((await patch({ status: 'Blocked' })).body).toEqual({
      idToken: 'D',
      status: 'Blocked',
      groupId: 'G',
    })
    expect(await told('D')).toMatchObject({ status: 'Blocked' })
    const expiry = '2020-01-01T00:00:00Z'
    expect((await patch({ status: 'Accepted', expiry, groupId: null })).body).toEqual({
      idToken: 'D',
      status: 'Accepted',
      expiry,
    })
    expect(await told('D')).toMatchObject({ status: 'Expired' })
    await patch({ expiry: null })
    expect(await told('D')).toEqual({ status: 'Accepted' })
    expect((await api.send('PATCH', '/api/v1/tokens/NO', { status: 'Blocked' })).status).toBe(404)
  })

  test('forgotten are tokens that nobody named', async () => {
    await api.send('PUT', '/api/v1/tokens/GONE', {})
    expect((await api.send('DELETE', '/api/v1/tokens/gone')).status).toBe(204)
    expect((await api.send('DELETE', '/api/v1/tokens/GONE')).status).toBe(404)
    expect((await api.get('/api/v1/tokens/GONE')).status).toBe(404)
    expect(await told('GONE')).toEqual({ status: 'Invalid' })
  })

  test('thousands are listed', async () => {
    const before = (await api.get('/api/v1/tokens')).body.length
    const names = Array.from({ length: 1_100 }, (_, i) => `M${i}`)
    for (let at = 0; at < names.length; at += 50) {
      const some = names.slice(at, at + 50)
      await Promise.all(some.map((name) => api.send('PUT', `/api/v1/tokens/${name}`, {})))
    }
    const { body } = await api.get('/api/v1/tokens')
    expect(body).toHaveLength(before + 1_100)
  })

  test.each([
    ['PUT', 'X', '{"status":"Fine"}'],
    ['PUT', 'X', '{"idToken":"Y"}'],
    ['PUT', 'X', '{"expiry":"tomorrow"}'],
    ['PUT', 'X', '{"expiry":"2026-13-01T00:00:00Z"}'],
    ['PUT', 'X', '{"expiry":null}'],
    ['PUT', 'X', '{"concurrent":"no"}'],
    ['PUT', 'X', '[]'],
    ['PUT', 'X', 'null'],
    ['PUT', 'X', ''],
    ['PUT', 'A'.repeat(37), '{}'],
    ['PUT', '%00', '{}'],
    ['PATCH', 'T1', '{}'],
    ['PATCH', 'T1', '{"status":null}'],
    ['PATCH', 'T1', '{"__proto__":{"status":"Blocked"}}'],
    ['PATCH', 'T1', '{"groupId":""}'],
  ])('%s %s %s is refused and changes nothing', async (method, name, body) => {
    expect((await api.send(method, `/api/v1/tokens/${name}`, body)).status).toBe(400)
    expect((await api.get('/api/v1/tokens/X')).status).toBe(404)
    expect((await api.get('/api/v1/tokens/T1')).body).toMatchObject({ status: 'Accepted' })
  })
})

test('a change that cannot be saved is told as that', async () => {
  const { store, ...parts } = memoryCsms()
  class FullDisk extends LocalOperations {
    override editToken() {
      return Promise.reject(new Error('InternalError'))
    }

    override troubles() {
      return ['the disk is full']
    }
  }
  const operations = new FullDisk(store, parts)
  const hub = new EventHub({ observer: undefined, frames: false, clock: realClock })
  const api = createApi({ operations, hub, clock: realClock, runId: 'r' })
  const server = createServer(api)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const put = (path: string) =>
    fetch(`http://127.0.0.1:${port}${path}`, { method: 'PUT', body: '{}' })
  const response = await put('/api/v1/tokens/A')
  expect(response.status).toBe(503)
  expect(await response.json()).toMatchObject({ error: { code: 'NOT_STORED' } })
  const ready = await fetch(`http://127.0.0.1:${port}/health/ready`)
  expect([ready.status, await ready.json()]).toEqual([
    503,
    { status: 'unavailable', reasons: ['the disk is full'] },
  ])
  server.close()
  server.closeAllConnections()
})
