import { request } from 'node:https'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CsmsEvent } from '../src/csms/events.ts'
import { ownerOf } from '../src/csms/owner.ts'
import type { Server } from '../src/csms/server.ts'
import { startServer } from '../src/csms/start-server.ts'
import { connectStation } from '../src/harness/connect-station.ts'
import { knock } from './helpers/knock.ts'
import { LabAuthority } from './helpers/lab-certificates.ts'

const ids = ['CP1', 'CP2', 'CP3', 'CP4', 'CP5', 'CP6']
/** Those that get another password. */
const changed = ['CP7', 'CP8', 'CP10']
const password = 'first-password-16'
const station = { configuration: { RetryBackOffWaitMinimum: 0, RetryBackOffRandomRange: 0 } }

let lab: LabAuthority
let server: Server
let failedOnce: () => void = () => undefined
const waiting: { readonly id: string; readonly done: () => void }[] = []

/** Resolves when a handshake has failed; the client may know it before the process that accepted. */
const handshakeFailed = new Promise<void>((resolve) => {
  failedOnce = resolve
})

function observe(event: CsmsEvent): void {
  if (event.type === 'handshakeFailed') failedOnce()
  if (event.type !== 'connected') return
  for (const { id, done } of waiting) if (id === event.stationId) done()
}

/** Resolves when the station connects again. */
function nextConnected(id: string): Promise<void> {
  return new Promise((done) => {
    waiting.push({ id, done })
  })
}

beforeAll(async () => {
  lab = await LabAuthority.make('lab root')
  const wish = { role: 'server', commonName: 'csms', hosts: ['127.0.0.1'] } as const
  server = await startServer({
    port: 0,
    processes: 2,
    stations: [...ids, ...changed].map((id) => ({ id, password })),
    unknownStations: 'reject',
    security: { profile: 2, tls: { certificates: [await lab.issue(wish)], clientCa: lab.ca } },
    observer: observe,
  })
})

afterAll(() => server.close())

/** The operator's API, within TLS. */
function api(
  method: string,
  path: string,
  body?: object,
): Promise<{ status: number; body: unknown }> {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json' }
    const options = { method, ca: lab.ca, headers }
    const asked = request(`https://127.0.0.1:${server.port}${path}`, options, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
      })
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) }),
      )
    })
    asked.on('error', reject)
    asked.end(body && JSON.stringify(body))
  })
}

const connecting = (id: string, options: object = {}) =>
  connectStation(server.urls, { id, password, station, ca: lab.ca, ...options })

const knocking = (id: string) =>
  knock({ url: `${server.urls[0]}/${id}`, password, tls: { ca: lab.ca } })

test('stations of both processes come in by one port of TLS, whoever accepted them', async () => {
  expect(server.urls).toEqual([`wss://127.0.0.1:${server.port}`])
  for (const some of [ids, changed]) {
    expect(new Set(some.map((id) => ownerOf(id, 2)))).toEqual(new Set([0, 1]))
  }
  const stations = await Promise.all(ids.map((id) => connecting(id)))
  expect(await Promise.all(stations.map(({ actor }) => actor.call('Heartbeat', {})))).toEqual(
    ids.map(() => expect.objectContaining({ kind: 'result' })),
  )
  const { body } = await api('GET', '/api/v1/stations?connected=true')
  expect(JSON.stringify(body).match(/CP\d(?=")/g)).toEqual(expect.arrayContaining(ids))
  for (const one of stations) one.close()
})

test.each(changed)(
  'a command, a new password and what it means reach %s whichever process has it',
  async (id) => {
    await using joined = await connecting(id)
    const reconnected = nextConnected(id)
    const path = `/api/v1/stations/${id}/commands/ChangeConfiguration`
    const key = { key: 'AuthorizationKey', value: 'second-password-16' }
    expect(await api('POST', path, key)).toMatchObject({
      body: { status: 'answered', payload: { status: 'Accepted' } },
    })
    await reconnected
    joined.close()
    expect(await knocking(id)).toMatch(/HTTP 401/)
    await using back = await connecting(id, { password: 'second-password-16' })
    expect(await back.actor.call('Heartbeat', {})).toMatchObject({ kind: 'result' })
  },
)

test('stations that nobody knows are refused, and failed handshakes are counted', async () => {
  expect(await knocking('CP99')).toMatch(/HTTP 404/)
  expect(await knock({ url: `${server.urls[0]}/CP4`, password })).toMatch(/certificate/)
  await handshakeFailed
  const { handshakesFailed, connectionsRefused } = await server.counters()
  expect(handshakesFailed).toBeGreaterThan(0)
  expect(connectionsRefused).toBeGreaterThan(0)
})

test('an API request that fails is answered within TLS, too', async () => {
  expect(await api('GET', '/api/v1/nothing')).toMatchObject({ status: 404 })
})
