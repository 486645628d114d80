import { describe, expect, test } from 'vitest'
import { loadScenario } from './load-scenario.ts'
import { encryptedStations, mostPerSecond, youngBytes } from './memory-estimate.ts'

test('stations of profiles 2 and 3 are those with TLS', () => {
  const security = { ca: undefined, client: undefined, tls: undefined, resume: true } as const
  const secured = (profile: 0 | 1 | 2 | 3) => ({
    count: 10 ** profile,
    security: { ...security, profile, authorizationKey: 'text' } as const,
  })
  const fleets = [{ count: 5 }, secured(0), secured(1), secured(2), secured(3)]
  expect(encryptedStations(fleets)).toBe(1100)
})

describe('mostPerSecond', () => {
  const of = (fleet: string, rest = ''): number => {
    const text = `name: x\nfleets: [{ name: a, count: 300, ${fleet} }]\n${rest}`
    const loaded = loadScenario({ file: 'x', text })
    if ('problems' in loaded) throw new Error(loaded.problems.map(({ message }) => message).join())
    return mostPerSecond(loaded.plan)
  }

  test.each([
    ['stations that boot and stand', 'script: [boot]', '', 0],
    ['scripts: one a second and station', 'script: [boot, plugIn]', '', 300],
    ['traffic', 'script: [boot], traffic: [{ call: Heartbeat, every: 2s }]', 'steady: 5s', 150],
    [
      'a rate',
      'script: [boot]',
      'load: { executor: constant-call-rate, rate: 2000/s, mix: { Heartbeat: 1 }, steady: 5s }',
      2000,
    ],
    [
      'commands',
      'script: [boot]',
      'load: { executor: constant-command-rate, rate: 40/s, mix: { ClearCache: 1 }, steady: 5s }',
      40,
    ],
    [
      'as fast as the CSMS answers',
      'script: [boot]',
      'load: { executor: constant-stations, mix: { Heartbeat: 1 }, steady: 5s }',
      Infinity,
    ],
    [
      'a search for it',
      'script: [boot]',
      'load: { executor: find-max, mix: { Heartbeat: 1 } }',
      Infinity,
    ],
  ])('%s', (_what, fleet, rest, expected) => {
    expect(of(fleet, rest)).toBe(expected)
  })
})

test('the young generation grows with what is under way, and not for ever', () => {
  const mebi = 2 ** 20
  expect(youngBytes(20, Infinity) / mebi).toBeCloseTo(8)
  expect(youngBytes(50_000, 200) / mebi).toBeCloseTo(80)
  expect(youngBytes(50_000, 10_000) / mebi).toBe(384)
})
