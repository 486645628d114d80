import { expect, test } from 'vitest'
import type { ConnectAs } from '../cases/case.ts'
import { defaultFixtures, type Fixtures } from './fixtures.ts'
import { credentialsOf, fixturesOf, type Target } from './target.ts'

const target: Target = { url: 'ws://csms/ocpp', headers: { 'X-Tenant': '1' } }

async function introduced(as: ConnectAs<string>, fixtures: Partial<Fixtures> = {}, of = target) {
  const { url, headers, tls } = credentialsOf(of, {
    version: 'ocpp1.6',
    stationId: 'CP 1',
    fixtures: fixturesOf(of, { ...defaultFixtures, ...fixtures }),
    as,
  })
  return { url, headers, tls: tls?.() }
}

const basic = (secret: string) => `Basic ${Buffer.from(secret).toString('base64')}`

test('[1.6J 3.1.1] the identity is the end of the path, percent-encoded, or where {id} stands', async () => {
  expect((await introduced({})).url).toBe('ws://csms/ocpp/CP%201')
  const templated = { ...target, url: 'ws://csms/{id}/ws' }
  expect((await introduced({ id: 'A/B' }, {}, templated)).url).toBe('ws://csms/A%2FB/ws')
})

test('[1.6 SWP A00.FR.203] a password of the fixtures, or that of the case, goes with the identity', async () => {
  expect((await introduced({})).headers).toEqual({ 'X-Tenant': '1' })
  expect((await introduced({}, { password: 'p' })).headers).toMatchObject({
    Authorization: basic('CP 1:p'),
  })
  const other = await introduced({ id: 'CP2', password: 'q', user: 'CP3' }, { password: 'p' })
  expect(other.headers).toMatchObject({ Authorization: basic('CP3:q') })
  const nobody = await introduced({ id: 'CP2', anonymous: true }, { password: 'p' })
  expect(nobody.headers).toEqual({ 'X-Tenant': '1' })
})

test('[1.6 SWP A00.FR.401] who shows a certificate goes to the TLS port, and says no password', async () => {
  const fixtures = { tlsUrl: 'wss://csms:1/x', tlsCa: 'CA', password: 'p' }
  expect(await introduced({ tls: { cert: 'C', key: 'K' } }, fixtures)).toEqual({
    url: 'wss://csms:1/x/CP%201',
    headers: { 'X-Tenant': '1' },
    tls: { ca: 'CA', client: { cert: 'C', key: 'K' } },
  })
  const without = await introduced({ tls: {} }, fixtures)
  expect(without.tls).toEqual({ ca: 'CA', client: undefined })
  expect(without.headers).toMatchObject({ Authorization: basic('CP 1:p') })
})

test('a target with TLS is where cases about TLS go; what it trusts is told by fixtures, too', async () => {
  const secure = { url: 'wss://csms/x', headers: {} }
  expect(fixturesOf(secure, defaultFixtures)).toMatchObject({ tlsUrl: 'wss://csms/x' })
  expect(fixturesOf(secure, defaultFixtures)).not.toHaveProperty('plainUrl')
  expect(fixturesOf(target, defaultFixtures)).toMatchObject({ plainUrl: 'ws://csms/ocpp' })
  expect((await introduced({}, { tlsCa: 'CA' }, secure)).tls).toMatchObject({ ca: 'CA' })
})

test('[2.0.1 A05] security profile 1 is where the target has no TLS, wherever the rest is', async () => {
  const secure = { url: 'wss://csms/x', headers: {} }
  const fixtures = { plainUrl: 'ws://csms:80/y' }
  expect((await introduced({ plain: true }, fixtures, secure)).url).toBe('ws://csms/y/CP%201')
  expect((await introduced({}, fixtures, secure)).url).toBe('wss://csms/x/CP%201')
  expect((await introduced({ plain: true })).url).toBe('ws://csms/ocpp/CP%201')
})
