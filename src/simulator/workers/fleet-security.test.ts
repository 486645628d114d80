import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadScenario } from '../scenario/load-scenario.ts'
import type { FleetPlan } from '../scenario/plan.ts'
import { expandStation } from '../scenario/station-identity.ts'
import { fleetSecurity } from './fleet-security.ts'
import { plainTarget, stationHeaders, stationUrl } from './target.ts'

function fleet(rest = ''): FleetPlan {
  const text = `name: t\nfleets: [{name: f, id: "CP/{index}", count: 2, ${rest} script: [boot]}]`
  const loaded = loadScenario({ file: 'test.yaml', text })
  const plan = 'plan' in loaded ? loaded.plan.fleets[0] : undefined
  if (!plan) throw new Error(JSON.stringify(loaded))
  return plan
}

const password = 'password: "0123456789abcdef",'
const plain = plainTarget(['ws://a'])
const secure = plainTarget(['wss://a'])
const client = { cert: '/x/{id}.pem', key: '/x/{id}.key' }

describe('fleetSecurity', () => {
  test.each([
    ['', plain, 0],
    [password, plain, 1],
    [password, secure, 2],
    ['', { ...secure, client }, 3],
    [`${password} security: 1,`, secure, 1],
  ] as const)('%j against %o means profile %i', (rest, target, profile) => {
    expect(fleetSecurity(fleet(rest), target).profile).toBe(profile)
  })

  test('a profile is in reach where an address of its kind is known', () => {
    const { reaches } = fleetSecurity(fleet(), plain)
    expect(([0, 1, 2, 3] as const).map(reaches)).toEqual([true, true, false, false])
  })

  test('files are those of the station, its identity encoded as in a URL', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'csms-test-'))
    await writeFile(join(folder, 'CP%2F1.pem'), 'certificate 1')
    await writeFile(join(folder, 'CP%2F1.key'), 'key 1')
    const files = { cert: join(folder, '{id}.pem'), key: join(folder, '{id}.key') }
    const plan = fleet()
    const security = fleetSecurity(plan, { ...secure, client: files })
    expect(await security.clientOf(expandStation(plan, 0))).toEqual({
      cert: 'certificate 1',
      key: 'key 1',
    })
    await expect(security.clientOf(expandStation(plan, 1))).rejects.toThrow(/ENOENT/)
    await rm(folder, { recursive: true })
  })
})

describe('stationUrl by security profile', () => {
  const urls = ['ws://a', 'wss://b', 'wss://c']
  test.each([
    [0, 'ws://a/CP'],
    [1, 'ws://a/CP'],
    [2, 'wss://c/CP'],
    [3, 'wss://c/CP'],
  ])('profile %i of station 1 connects to %s', (profile, url) => {
    expect(stationUrl(plainTarget(urls), { id: 'CP', index: 1 }, profile)).toBe(url)
  })
})

test('[1.6J 6.2] hexadecimal digits are sent as they are, or as the bytes they stand for', () => {
  const key = '00ff'.repeat(8)
  const sent = (reading: 'text' | 'bytes') =>
    stationHeaders(plain, { id: 'CP', password: key, reading })['Authorization']
  expect(sent('text')).toBe(`Basic ${Buffer.from(`CP:${key}`).toString('base64')}`)
  const bytes = Buffer.concat([Buffer.from('CP:'), Buffer.from(key, 'hex')])
  expect(sent('bytes')).toBe(`Basic ${bytes.toString('base64')}`)
})
