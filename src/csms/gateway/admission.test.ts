import { describe, expect, test } from 'vitest'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import type { UpgradeRequest } from '../../transport/admission.ts'
import { RateLimiter } from '../rate-limiter.ts'
import { type AdmissionPolicy, Gatekeeper, negotiate, passwordGuesses } from './admission.ts'
import { parseBasicAuth } from './basic-auth.ts'
import { Credentials, hashPassword, isPasswordHash } from './credentials.ts'
import { Hashing, HashingBusy } from './hashing.ts'
import { identityOf } from './identity.ts'

const basic = (user: string, password: string | Buffer) => {
  const bytes = Buffer.concat([Buffer.from(`${user}:`), Buffer.from(password)])
  return `Basic ${bytes.toString('base64')}`
}

describe('identity', () => {
  test.each([
    ['/CP1', 'CP1'],
    ['/ocpp/CP1', 'CP1'],
    ['/a/b/c/CP1?token=x', 'CP1'],
    ['/RDAM%20123', 'RDAM 123'],
    ['/RDAM%7C123', 'RDAM|123'],
    ['/ocpp/a%2Fb', 'a/b'],
    ['/S%C3%A4ule', 'Säule'],
    [`/${'x'.repeat(48)}`, 'x'.repeat(48)],
  ])('[1.6J 3.1.1] %s is %s', (url, stationId) => {
    expect(identityOf(url)).toEqual({ stationId })
  })

  test.each([
    '/',
    '',
    '/ocpp/',
    '/%E4',
    '/%',
    `/${'x'.repeat(49)}`,
    '/a%00b',
    '/a%0Ab',
    '/a%E2%80%AEb',
    '/a%E2%80%8B',
    '/a%C2%9B',
    '/%C0%AE',
  ])('%s is none', (url) => {
    expect(identityOf(url)).toHaveProperty('fault')
  })
})

describe('negotiation', () => {
  test.each([
    [['ocpp1.6'], 'ocpp1.6'],
    [['ocpp2.1', 'ocpp2.0.1', 'ocpp1.6'], 'ocpp2.1'],
    [['ocpp1.6', 'ocpp2.0.1'], 'ocpp1.6'],
    [['ocpp0.1', 'ocpp2.0.1', 'ocpp1.6'], 'ocpp2.0.1'],
    [['ocpp0.1'], undefined],
    [['OCPP1.6'], undefined],
    [[], undefined],
  ])('%j gives %s: the first offer that is spoken here', (offered, version) => {
    expect(negotiate(offered)).toBe(version)
  })
})

describe('passwords', () => {
  test('a plain one is compared as bytes', async () => {
    const credentials = new Credentials()
    credentials.set('CP1', { plain: 'correct horse' })
    expect(await credentials.check('CP1', Buffer.from('correct horse'))).toBe(true)
    expect(await credentials.check('CP1', Buffer.from('correct hors'))).toBe(false)
    expect(await credentials.check('CP2', Buffer.from('correct horse'))).toBe(false)
  })

  test('[1.6J 6.2] 40 hex digits may come as the 20 bytes they stand for', async () => {
    const credentials = new Credentials()
    const key = 'A0B1C2D3E4F5061728394A5B6C7D8E9F00112233'
    credentials.set('CP1', { plain: key })
    expect(await credentials.check('CP1', Buffer.from(key))).toBe(true)
    expect(await credentials.check('CP1', Buffer.from(key, 'hex'))).toBe(true)
    expect(await credentials.check('CP1', Buffer.from(key.replace('A', 'B'), 'hex'))).toBe(false)
  })

  test('[1.6 SWP A00.FR.205] bytes that happen to be letters are read both ways, too', async () => {
    const credentials = new Credentials()
    credentials.set('CP1', {
      plain: Buffer.from('only letters, by luck').subarray(0, 20).toString('hex'),
    })
    expect(
      await credentials.check('CP1', Buffer.from('only letters, by luck').subarray(0, 20)),
    ).toBe(true)
    expect(
      await credentials.check('CP1', Buffer.from('only letters, by lack').subarray(0, 20)),
    ).toBe(false)
  })

  test('so many are hashed at once, so many wait, and nobody else', async () => {
    const hashing = new Hashing()
    let running = 0
    let most = 0
    const end: (() => void)[] = []
    const one = () =>
      hashing.take(async () => {
        running += 1
        most = Math.max(most, running)
        await new Promise<void>((resolve) => end.push(resolve))
        running -= 1
      })
    const taken = Array.from({ length: 202 }, one)
    await expect(one()).rejects.toThrow(HashingBusy)
    for (let ended = 0; ended < 202; ended += 1) {
      end[ended]?.()
      await taken[ended]
    }
    expect(most).toBe(2)
    const later = one()
    end[202]?.()
    await later
  })

  test('a hash proves the password it was made of, the second time at once', async () => {
    const credentials = new Credentials()
    const hash = await hashPassword('correct horse')
    expect(hash).not.toContain('horse')
    expect(isPasswordHash(hash)).toBe(true)
    credentials.set('CP1', { hash })
    const first = credentials.check('CP1', Buffer.from('correct horse'))
    expect(first).toBeInstanceOf(Promise)
    expect(await first).toBe(true)
    expect(credentials.check('CP1', Buffer.from('correct horse'))).toBe(true)
    expect(await credentials.check('CP1', Buffer.from('wrong'))).toBe(false)
  })

  test.each(['', 'plain', 'scrypt$16384$8$1$c2FsdA==$short', 'scrypt$99999999$8$1$c2FsdA==$x'])(
    '%j is no hash',
    (hash) => {
      expect(isPasswordHash(hash)).toBe(false)
      expect(() => new Credentials().set('CP1', { hash })).toThrow(RangeError)
    },
  )

  test('[RFC 7617] the header holds user and password, which may hold colons', () => {
    expect(parseBasicAuth(basic('CP1', 'a:b'))).toEqual({
      user: 'CP1',
      password: Buffer.from('a:b'),
    })
    expect(parseBasicAuth(undefined)).toBeUndefined()
    expect(parseBasicAuth('Bearer x')).toBeUndefined()
    expect(parseBasicAuth('Basic !!!')).toBeUndefined()
    expect(parseBasicAuth(`Basic ${Buffer.from('nocolon').toString('base64')}`)).toBeUndefined()
  })
})

describe('admission', () => {
  function gatekeeper(policy: Partial<AdmissionPolicy> = {}) {
    const known = new Set(['CP1', 'OPEN'])
    const credentials = new Credentials()
    credentials.set('CP1', { plain: 'secret-secret-16' })
    const refusals: unknown[] = []
    const clock = new VirtualClock()
    const guesses = new RateLimiter(clock, passwordGuesses.perSecond, passwordGuesses.burst)
    const keeper = new Gatekeeper(
      { unknownStations: 'accept', authentication: 'optional', ...policy },
      (stationId) => known.has(stationId),
      credentials,
      (_request, stationId, status) => refusals.push([stationId, status]),
      guesses,
    )
    const admit = (url: string, more: Partial<UpgradeRequest> = {}) =>
      keeper.admit({
        url,
        protocols: ['ocpp1.6'],
        authorization: undefined,
        remoteAddress: '10.0.0.7',
        tls: undefined,
        ...more,
      })
    return { admit, refusals, clock }
  }

  test('passwords are guessed twenty times, then now and then, by each address at each station', () => {
    const { admit, clock } = gatekeeper()
    const guess = (password: string, remoteAddress = '10.0.0.7') =>
      admit('/CP1', { authorization: basic('CP1', password), remoteAddress })
    for (let i = 0; i < 20; i += 1) expect(guess(`wrong ${i}`)).toMatchObject({ status: 401 })
    expect(guess('wrong')).toMatchObject({ status: 429, headers: { 'Retry-After': '5' } })
    expect(guess('secret-secret-16')).toMatchObject({ status: 429 })
    expect(guess('secret-secret-16', '10.0.0.8')).toHaveProperty('ticket')
    clock.advance(5_000)
    expect(guess('wrong')).toMatchObject({ status: 401 })
    clock.advance(5_000)
    for (let i = 0; i < 50; i += 1) expect(guess('secret-secret-16')).toHaveProperty('ticket')
  })

  test.each([
    ['https://evil.example', '127.0.0.1:9000', '127.0.0.1', 403],
    ['null', '127.0.0.1:9000', '127.0.0.1', 403],
    ['http://evil.example', 'evil.example:9000', '127.0.0.1', 403],
    ['http://evil.example', '192.0.2.7:9000', '10.0.0.7', 403],
    ['http://127.0.0.1', '127.0.0.1:9000', '127.0.0.1', undefined],
    ['http://csms.example', 'csms.example:9000', '10.0.0.7', undefined],
    ['10.0.0.7', 'csms.example', '10.0.0.7', undefined],
    [undefined, 'csms.example:443', '127.0.0.1', undefined],
  ])('a page of %s that asks %s is no station', (origin, host, remoteAddress, status) => {
    const decision = gatekeeper().admit('/OPEN', { origin, host, remoteAddress })
    expect('status' in decision ? decision.status : undefined).toBe(status)
  })

  test('an open station comes in with what was negotiated', () => {
    const { admit, refusals } = gatekeeper()
    expect(admit('/ocpp/NEW', { protocols: ['x', 'ocpp2.0.1'] })).toEqual({
      protocol: 'ocpp2.0.1',
      ticket: {
        stationId: 'NEW',
        version: 'ocpp2.0.1',
        remoteAddress: '10.0.0.7',
        security: { profile: 0 },
      },
    })
    expect(refusals).toEqual([])
  })

  test('no identity and no common subprotocol are 400, with a sentence', () => {
    const { admit, refusals } = gatekeeper()
    expect(admit('/')).toMatchObject({ status: 400, reason: /identity/ })
    expect(admit('/CP9', { protocols: ['ocpp0.1'] })).toMatchObject({
      status: 400,
      reason:
        'None of the offered subprotocols is spoken here; this CSMS speaks ocpp1.6, ocpp2.0.1, ocpp2.1.',
    })
    expect(admit('/CP9', { protocols: [] })).toMatchObject({ status: 400, reason: /Offer/ })
    expect(refusals).toEqual([
      [undefined, 400],
      ['CP9', 400],
      ['CP9', 400],
    ])
  })

  test('[2.0.1 Part 4 3.2] an unknown station is 404 where only known ones may come', () => {
    const { admit } = gatekeeper({ unknownStations: 'reject' })
    expect(admit('/NEW')).toMatchObject({ status: 404 })
    expect(admit('/OPEN')).toHaveProperty('ticket')
  })

  test('[2.0.1 A00.FR.207] the user name must be the identity and the password right', () => {
    const { admit } = gatekeeper()
    const from = (authorization?: string) => admit('/CP1', { authorization })
    expect(from(basic('CP1', 'secret-secret-16'))).toHaveProperty('ticket')
    for (const header of [
      undefined,
      basic('CP1', 'wrong'),
      basic('OPEN', 'secret-secret-16'),
      'Bearer secret-secret-16',
    ]) {
      expect(from(header)).toMatchObject({
        status: 401,
        headers: { 'WWW-Authenticate': 'Basic realm="OCPP", charset="UTF-8"' },
      })
    }
  })

  test('where authentication is required a station without a password stays out', () => {
    const { admit } = gatekeeper({ authentication: 'required' })
    expect(admit('/OPEN', { authorization: basic('OPEN', '') })).toMatchObject({ status: 401 })
  })
})

describe('admission by security profile', () => {
  const password = 'secret-secret-16'
  const plain = undefined
  const encrypted = { protocol: 'TLSv1.3', cipher: 'X', resumed: false, certificate: undefined }
  const certified = {
    ...encrypted,
    certificate: {
      commonNames: ['CP1'],
      organizations: [],
      alternativeNames: [],
      serialNumber: 'A1',
      validTo: '',
      fault: undefined,
    },
  }

  function keeper(policy: Partial<AdmissionPolicy> = {}) {
    const credentials = new Credentials()
    credentials.set('CP1', { plain: password })
    return new Gatekeeper(
      { unknownStations: 'accept', authentication: 'optional', ...policy },
      () => true,
      credentials,
      () => undefined,
      new RateLimiter(new VirtualClock(), 1, 20),
    )
  }

  const from = (gatekeeper: Gatekeeper, tls: UpgradeRequest['tls'], given?: string, id = 'CP1') =>
    gatekeeper.admit({
      url: `/${id}`,
      protocols: ['ocpp1.6'],
      authorization: given === undefined ? undefined : basic(id, given),
      remoteAddress: '',
      tls,
    })

  test('the ticket tells which profile was used, and with what', () => {
    const open = keeper()
    expect(from(open, plain, password)).toMatchObject({ ticket: { security: { profile: 1 } } })
    expect(from(open, plain, undefined, 'CP2')).toMatchObject({
      ticket: { security: { profile: 0 } },
    })
    expect(from(open, encrypted, password)).toMatchObject({
      ticket: { security: { profile: 2, tlsVersion: 'TLSv1.3', cipher: 'X' } },
    })
    // Encrypted or not, nobody proved anything.
    expect(from(open, encrypted, undefined, 'CP2')).toMatchObject({
      ticket: { security: { profile: 0, tlsVersion: 'TLSv1.3' } },
    })
    expect(from(open, certified)).toMatchObject({
      ticket: { security: { profile: 3, certificateSerial: 'A1' } },
    })
  })

  test('[1.6 SWP A00.FR.002] a lower profile than asked for is refused', () => {
    expect(from(keeper({ securityProfile: 1 }), plain, undefined, 'CP2')).toMatchObject({
      status: 401,
    })
    expect(from(keeper({ securityProfile: 2 }), plain, password)).toMatchObject({ status: 403 })
    expect(from(keeper({ securityProfile: 2 }), encrypted)).toMatchObject({ status: 401 })
    expect(from(keeper({ securityProfile: 3 }), encrypted, password)).toMatchObject({ status: 403 })
    expect(from(keeper({ securityProfile: 3 }), certified)).toHaveProperty('ticket')
  })

  test('what a station itself must use goes before what all must', () => {
    const gatekeeper = keeper({ securityProfile: 2 })
    gatekeeper.expect('CP1', { securityProfile: 1 })
    expect(from(gatekeeper, plain, password)).toHaveProperty('ticket')
    gatekeeper.expect('CP1', { securityProfile: 3 })
    expect(from(gatekeeper, encrypted, password)).toMatchObject({ status: 403 })
  })

  test('[1.6 SWP A05] a station that was upgraded cannot come back with less', () => {
    const gatekeeper = keeper()
    gatekeeper.accessChanged('CP1', { lowestProfile: 2 })
    expect(from(gatekeeper, plain, password)).toMatchObject({ status: 403 })
    expect(from(gatekeeper, encrypted, password)).toHaveProperty('ticket')
  })

  test('while the books of the authority cannot be read, no certificate is good', () => {
    const issued = () => {
      throw new SyntaxError('no JSON')
    }
    const reason = 'The books of the authority cannot be read.'
    expect(from(keeper({ issued }), certified)).toEqual({ status: 500, reason })
    expect(from(keeper({ issued }), encrypted, password)).toHaveProperty('ticket')
  })

  test('a serial number that is known of a station may be the name in its certificate', () => {
    const gatekeeper = keeper()
    const foreign = {
      ...certified,
      certificate: { ...certified.certificate, commonNames: ['SN-1'] },
    }
    expect(from(gatekeeper, foreign)).toMatchObject({ status: 403 })
    gatekeeper.expect('CP1', { serial: 'SN-1' })
    expect(from(gatekeeper, foreign)).toHaveProperty('ticket')
  })
})
