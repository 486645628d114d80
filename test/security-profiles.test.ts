import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { CsmsEvent } from '../src/csms/events.ts'
import type { CsmsOptions } from '../src/csms/options.ts'
import { type Csms, startCsms } from '../src/csms/start-csms.ts'
import { type ConnectedStation, connectStation } from '../src/harness/connect-station.ts'
import type { KeyPair } from '../src/ocpp/dial.ts'
import { knock } from './helpers/knock.ts'
import { LabAuthority } from './helpers/lab-certificates.ts'

const id = 'CP1'
const firstPassword = 'first-password-16'
const newPassword = '00112233445566778899aabbccddeeff00112233'
/** Nobody waits between attempts. */
const station = {
  serial: 'SN-1',
  configuration: { RetryBackOffWaitMinimum: 0, RetryBackOffRandomRange: 0 },
}

let lab: LabAuthority
let stranger: LabAuthority
let certificates: readonly KeyPair[]
const cleanups: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  lab = await LabAuthority.make('lab root')
  stranger = await LabAuthority.make('another root')
  const wish = { role: 'server', commonName: 'csms', hosts: ['127.0.0.1'] } as const
  certificates = [await lab.issue({ ...wish, kind: 'rsa' }), await lab.issue(wish)]
})

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

/** A CSMS with a plain and a TLS port, and what happens there. */
async function serving(options: CsmsOptions = {}) {
  const events: CsmsEvent[] = []
  const waiting: { readonly match: (event: CsmsEvent) => boolean; readonly done: () => void }[] = []
  const csms = await startCsms({
    port: 0,
    security: { tls: { certificates, clientCa: lab.ca }, tlsPort: 0 },
    stations: [{ id, password: firstPassword, serial: 'SN-1' }],
    ...options,
    observer(event) {
      events.push(event)
      for (const one of waiting.filter(({ match }) => match(event))) {
        waiting.splice(waiting.indexOf(one), 1)
        one.done()
      }
    },
  })
  cleanups.push(() => csms.close())
  return {
    csms,
    events,
    /** Resolves with the next event of this kind. */
    next: (match: (event: CsmsEvent) => boolean) =>
      new Promise<void>((done) => {
        waiting.push({ match, done })
      }),
  }
}

async function connected(csms: Csms, options: object): Promise<ConnectedStation> {
  const joined = await connectStation(csms.urls, { id, station, ca: lab.ca, ...options })
  cleanups.push(async () => joined.close())
  return joined
}

const connectedWith = (profile: number) => (event: CsmsEvent) =>
  event.type === 'connected' && event.securityProfile === profile

async function change(csms: Csms, key: string, value: string): Promise<unknown> {
  const outcome = await csms.sendCommand(id, 'ChangeConfiguration', { key, value })
  return outcome.status === 'answered' ? outcome.payload : outcome
}

async function clientFiles(): Promise<{ readonly cert: string; readonly key: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'csms-test-'))
  cleanups.push(() => rm(folder, { recursive: true }))
  const { cert, key } = await lab.issue({ role: 'station', commonName: 'SN-1' })
  await writeFile(join(folder, `${id}.pem`), cert)
  await writeFile(join(folder, `${id}.key`), key)
  return { cert: join(folder, '{id}.pem'), key: join(folder, '{id}.key') }
}

describe('security profiles', () => {
  test('[1.6 SWP A01] a new AuthorizationKey is used at once, and the old one is refused', async () => {
    const { csms, events, next } = await serving()
    await connected(csms, { password: firstPassword, security: { profile: 1 } })
    const again = next(connectedWith(1))
    expect(await change(csms, 'AuthorizationKey', newPassword)).toEqual({ status: 'Accepted' })
    await again
    const url = `${csms.url}/${id}`
    expect(await knock({ url, password: firstPassword })).toMatch(/HTTP 401/)
    expect(events.filter(({ type }) => type === 'refused')).toMatchObject([{ status: 401 }])
  })

  test('the new password outlives the server, as a hash', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'csms-test-'))
    cleanups.push(() => rm(dataDir, { recursive: true }))
    const first = await serving({ dataDir })
    const joined = await connected(first.csms, {
      password: firstPassword,
      security: { profile: 1 },
    })
    const again = first.next(connectedWith(1))
    expect(await change(first.csms, 'AuthorizationKey', newPassword)).toEqual({
      status: 'Accepted',
    })
    await again
    joined.close()
    await first.csms.close()
    const kept = await Promise.all(
      (await readdir(dataDir, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map((entry) => readFile(join(entry.parentPath, entry.name), 'latin1')),
    )
    expect(kept.join()).toContain('scrypt$')
    expect(kept.join()).not.toContain(newPassword)

    const second = await serving({ dataDir })
    const bytes = { profile: 1, authorizationKey: 'bytes' }
    const back = second.next(connectedWith(1))
    await connected(second.csms, { password: newPassword, security: bytes })
    await back
  })

  test('[1.6 SWP A01.FR.04] a password that the station refuses changes nothing', async () => {
    const { csms, next } = await serving()
    const joined = await connected(csms, { password: firstPassword, security: { profile: 1 } })
    expect(await change(csms, 'AuthorizationKey', 'short')).toEqual({ status: 'Rejected' })
    joined.close()
    const back = next(connectedWith(1))
    await connected(csms, { password: firstPassword, security: { profile: 1 } })
    await back
  })

  test('[1.6 SWP A05] a station goes up from profile 1 to 3 while it runs, and never down', async () => {
    const { csms, events, next } = await serving()
    await connected(csms, {
      password: firstPassword,
      security: { profile: 1, ...(await clientFiles()) },
    })
    const second = next(connectedWith(2))
    expect(await change(csms, 'SecurityProfile', '2')).toEqual({ status: 'Accepted' })
    await second
    expect(await change(csms, 'SecurityProfile', '1')).toEqual({ status: 'Rejected' })
    const third = next(connectedWith(3))
    expect(await change(csms, 'SecurityProfile', '3')).toEqual({ status: 'Accepted' })
    await third
    const url = `${csms.secureUrl}/${id}`
    expect(await knock({ url, password: firstPassword, tls: { ca: lab.ca } })).toMatch(/HTTP 403/)
    expect(events.filter(({ type }) => type === 'refused')).toMatchObject([
      { status: 403, reason: /client certificate/ },
    ])
  })

  test('[1.6 SWP A05.FR.03, A05.FR.04] what a profile needs must be there before it is accepted', async () => {
    const { csms } = await serving()
    await connected(csms, { password: firstPassword, security: { profile: 1 } })
    expect(await change(csms, 'SecurityProfile', '3')).toEqual({ status: 'Rejected' })
    const other = await serving()
    await connected(other.csms, {
      password: firstPassword,
      security: { profile: 1 },
      ca: undefined,
    })
    expect(await change(other.csms, 'SecurityProfile', '2')).toEqual({ status: 'Rejected' })
  })

  test('[1.6 SWP A05] a station that cannot connect with the new profile falls back to the old one', async () => {
    const { csms, events, next } = await serving()
    await connected(csms, {
      password: firstPassword,
      security: { profile: 1 },
      ca: stranger.ca,
    })
    const back = next(connectedWith(1))
    expect(await change(csms, 'SecurityProfile', '2')).toEqual({ status: 'Accepted' })
    await back
    expect(events.filter(({ type }) => type === 'handshakeFailed')).toHaveLength(3)
    const asked = await csms.sendCommand(id, 'GetConfiguration', { key: ['SecurityProfile'] })
    expect(asked).toMatchObject({ payload: { configurationKey: [{ value: '1' }] } })
  })

  test('a certificate of another station, a stranger’s or none is refused in profile 3', async () => {
    const { csms, events } = await serving({
      security: { profile: 3, tls: { certificates, clientCa: lab.ca } },
    })
    const url = `${csms.url}/${id}`
    const clients = [
      await lab.issue({ role: 'station', commonName: 'CP2' }),
      await stranger.issue({ role: 'station', commonName: id }),
      undefined,
    ]
    for (const client of clients) {
      const tls = { ca: lab.ca, ...(client && { client }) }
      expect(await knock({ url, password: firstPassword, tls })).toMatch(/HTTP 403/)
    }
    const statuses = events.flatMap((event) => (event.type === 'refused' ? [event.status] : []))
    expect(statuses).toEqual([403, 403, 403])
    expect(csms.counters().connectionsAccepted).toBe(0)
  })
})
