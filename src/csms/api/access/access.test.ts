import { once } from 'node:events'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Api } from '../../../../test/helpers/api.ts'
import { routes } from '../routes.ts'
import { type ApiKey, hashApiKey, makeApiKey, roles } from './api-key.ts'
import { isLoopback } from './origin.ts'

const held = { viewer: makeApiKey(), operator: makeApiKey(), admin: makeApiKey() }
const keys: readonly ApiKey[] = roles.map((role) => ({
  name: `the ${role}`,
  role,
  hash: hashApiKey(held[role]),
}))

describe.each([1, 2])('with keys, of %i process(es)', (processes) => {
  let api: Api
  beforeAll(async () => {
    api = await Api.start({ processes, api: { keys } })
  })
  afterAll(() => api.close())

  test('nothing but health and the document is answered without one', async () => {
    for (const path of ['/health', '/health/live', '/health/ready', '/openapi.json']) {
      expect((await api.get(path)).status, path).toBe(200)
    }
    for (const path of ['/metrics', '/api/v1/stations', '/api/v1/events', '/api/v1/messages']) {
      const { status, headers, body } = await api.get(path)
      expect([status, body.error.code], path).toEqual([401, 'KEY_REQUIRED'])
      expect(headers.get('www-authenticate')).toBe('Bearer realm="csms"')
    }
  })

  test('a key is taken as Bearer and as X-API-Key', async () => {
    expect((await api.as(held.viewer).get('/api/v1/stations')).status).toBe(200)
    const headers = { 'X-API-Key': held.viewer }
    expect((await api.get('/api/v1/stations', { headers })).status).toBe(200)
  })

  test.each([
    ['viewer', 'GET', '/api/v1/tokens', 200],
    ['viewer', 'PUT', '/api/v1/tokens/A', 403],
    ['viewer', 'DELETE', '/api/v1/tokens/A', 403],
    ['viewer', 'POST', '/api/v1/stations/NO/commands/Reset', 403],
    ['operator', 'PUT', '/api/v1/tokens/A', 201],
    ['operator', 'POST', '/api/v1/stations/NO/commands/Reset', 404],
    ['operator', 'POST', '/api/v1/stations/NO/commands/UpdateFirmware', 403],
    ['operator', 'POST', '/api/v1/stations/NO/commands/InstallCertificate', 403],
    ['admin', 'POST', '/api/v1/stations/NO/commands/UpdateFirmware', 404],
  ] as const)('a %s may %s %s: %i', async (role, method, path, status) => {
    const body = method === 'GET' || method === 'DELETE' ? undefined : {}
    expect((await api.as(held[role]).send(method, path, body)).status).toBe(status)
  })

  test.each([
    [{ key: 'AuthorizationKey', value: 'x' }, 'ChangeConfiguration', 403],
    [{ key: 'SecurityProfile', value: '2' }, 'ChangeConfiguration', 403],
    [{ key: 'HeartbeatInterval', value: '2' }, 'ChangeConfiguration', 404],
    [
      {
        setVariableData: [
          {
            component: { name: 'SecurityCtrlr' },
            variable: { name: 'BasicAuthPassword' },
            attributeValue: 'x',
          },
        ],
      },
      'SetVariables',
      403,
    ],
    [{ setVariableData: 'x' }, 'SetVariables', 404],
  ])('passwords and profiles are the admin’s: %j', async (payload, action, status) => {
    const path = `/api/v1/stations/NO/commands/${action}`
    expect((await api.as(held.operator).send('POST', path, payload)).status).toBe(status)
  })

  test('a password that a station tells is for the admin to read', async () => {
    const { station, commands } = await api.booted(`TALKER-${processes}`)
    const told = (value: string) => ({
      configurationKey: [{ key: 'AuthorizationKey', readonly: false, value }],
    })
    station.serve = () => told('of-this-station')
    for (const [role, value] of [
      ['operator', '***'],
      ['admin', 'of-this-station'],
    ] as const) {
      const { body } = await api.as(held[role]).post(`${commands}/GetConfiguration`, '{}')
      expect(body).toEqual({ status: 'answered', payload: told(value) })
    }
  })
})

test.each([1, 2])(
  'a key that is none, or nearly one, is 401 and soon 429, of %i process(es)',
  async (processes) => {
    await using api = await Api.start({ processes, api: { keys } })
    const wrong = [
      'csms_',
      held.admin.slice(0, -1),
      `${held.admin}x`,
      hashApiKey(held.admin),
      'x'.repeat(8_000),
    ]
    for (const key of wrong) {
      expect((await api.as(key).get('/api/v1/stations')).status).toBe(401)
    }
    const statuses = new Set<number>()
    for (let i = 0; i < 40; i += 1) {
      const { status, headers } = await api.as(`csms_${i}`).get('/api/v1/stations')
      statuses.add(status)
      if (status === 429) expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
    }
    expect([...statuses]).toEqual([401, 429])
    expect((await api.as(held.admin).get('/api/v1/stations')).status).toBe(200)
  },
)

test('every route is for nobody below its role', async () => {
  await using api = await Api.start({ api: { keys, rate: 0 } })
  for (const { method, path, role } of routes) {
    if (role === 'anybody') continue
    const place = path.replaceAll(/\{\w+\}/g, 'NO')
    const body = method === 'GET' || method === 'DELETE' ? undefined : {}
    const without = await api.send(method, place, body)
    expect([401, 429], `${method} ${path}`).toContain(without.status)
    for (const below of roles.slice(0, roles.indexOf(role))) {
      const { status, body: told } = await api.as(held[below]).send(method, place, body)
      expect([status, told.error.code], `${method} ${path}`).toEqual([403, 'ROLE_TOO_LOW'])
    }
  }
})

test('a key that asks too often is told when to come back; another is not', async () => {
  await using api = await Api.start({ api: { keys, rate: 1 } })
  const asked = () => api.as(held.viewer).get('/api/v1/tokens')
  const answers = await Promise.all(Array.from({ length: 30 }, asked))
  expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(2)
  const refused = answers.find(({ status }) => status === 429)
  const { status, headers, body } = refused ?? (await asked())
  expect([status, headers.get('retry-after'), body.error.code]).toEqual([
    429,
    '1',
    'TOO_MANY_REQUESTS',
  ])
  expect((await api.as(held.operator).get('/api/v1/tokens')).status).toBe(200)
})

describe('without keys', () => {
  let api: Api
  beforeAll(async () => {
    api = await Api.start({ host: '0.0.0.0' })
  })
  afterAll(() => api.close())

  /** The status of a request by hand. */
  async function raw(head: string): Promise<string> {
    const socket = connect(api.server.port, '127.0.0.1')
    socket.write(`${head}\r\n\r\n`)
    const [answer] = await once(socket, 'data')
    socket.destroy()
    return String(answer)
  }

  test('pages of other sites are refused, the server’s own are not', async () => {
    const from = (origin: string) => api.get('/api/v1/stations', { headers: { origin } })
    expect((await from('https://evil.example')).status).toBe(403)
    expect((await from('null')).status).toBe(403)
    expect((await from(api.base)).status).toBe(200)
    // Pages send some requests without an Origin: those whose answers they cannot read.
    const site = (value: string) =>
      api.get('/api/v1/stations', { headers: { 'Sec-Fetch-Site': value } })
    expect((await site('cross-site')).status).toBe(403)
    expect((await site('same-site')).status).toBe(403)
    expect((await site('none')).status).toBe(200)
  })

  test('what a proxy passes on is of nobody knows whom', async () => {
    for (const name of ['Forwarded', 'Via', 'X-Forwarded-For', 'X-Forwarded-Host', 'X-Real-IP']) {
      const { status, body } = await api.get('/api/v1/stations', { headers: { [name]: 'x' } })
      expect([name, status, body.error.code]).toEqual([name, 403, 'LOOPBACK_ONLY'])
    }
    expect((await api.get('/health', { headers: { 'X-Forwarded-For': 'x' } })).status).toBe(200)
  })

  test('a page of another site is no station either', async () => {
    const upgrade = (origin: string) =>
      raw(
        [
          'GET /CP1 HTTP/1.1',
          `Host: 127.0.0.1:${api.server.port}`,
          'Connection: Upgrade',
          'Upgrade: websocket',
          'Sec-WebSocket-Version: 13',
          'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
          'Sec-WebSocket-Protocol: ocpp1.6',
          `Origin: ${origin}`,
        ].join('\r\n'),
      )
    expect(await upgrade('https://evil.example')).toMatch(/^HTTP\/1\.1 403 /)
    expect(await upgrade('null')).toMatch(/^HTTP\/1\.1 403 /)
    expect(await upgrade(`http://127.0.0.1:${api.server.port}`)).toMatch(/^HTTP\/1\.1 101 /)
  })

  test('a name that only points here is refused', async () => {
    const get = 'GET /api/v1/stations HTTP/1.1\r\nHost:'
    expect(await raw(`${get} evil.example:9000`)).toMatch(/^HTTP\/1\.1 403 .*FOREIGN_HOST/s)
    expect(await raw(`${get} localhost.evil.example`)).toMatch(/^HTTP\/1\.1 403 /)
    expect(await raw(`${get} localhost:9000`)).toMatch(/^HTTP\/1\.1 200 /)
    expect(await raw(`${get} [::1]:9000`)).toMatch(/^HTTP\/1\.1 200 /)
  })

  const outside = Object.values(networkInterfaces())
    .flat()
    .find((address) => address?.family === 'IPv4' && !address.internal)
  test.runIf(outside)('other machines are refused everything but health', async () => {
    const base = `http://${outside?.address}:${api.server.port}`
    expect((await fetch(`${base}/api/v1/stations`)).status).toBe(403)
    expect((await fetch(`${base}/metrics`)).status).toBe(403)
    expect((await fetch(`${base}/health`)).status).toBe(200)
    const many = await Promise.all(
      Array.from({ length: 400 }, () => fetch(`${base}/health/live`).then(({ status }) => status)),
    )
    expect(new Set(many)).toEqual(new Set([200, 429]))
  })
})

describe('who is this machine', () => {
  test.each([
    ['127.0.0.1', true],
    ['127.9.9.9', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['10.0.0.1', false],
    ['::ffff:10.0.0.1', false],
    ['1.127.0.0', false],
    ['0.0.0.0', false],
    ['::', false],
    ['127.evil.example', false],
    ['localhost', false],
    ['', false],
  ])('%s: %s', (address, local) => {
    expect(isLoopback(address)).toBe(local)
  })
})
