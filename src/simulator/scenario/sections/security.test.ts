import { describe, expect, test } from 'vitest'
import { loadScenario } from '../load-scenario.ts'

function load(security: string, rest = '') {
  const text = `name: t\nfleets: [{name: f, ${rest} security: ${security}, script: [boot]}]`
  const loaded = loadScenario({ file: 'test.yaml', text, folder: '/lab' })
  return 'plan' in loaded
    ? loaded.plan.fleets[0]?.security
    : loaded.problems.map(({ message }) => message)
}

describe('security of a fleet', () => {
  test('a number is the profile; everything else has its default', () => {
    expect(load('3')).toEqual({
      profile: 3,
      resume: true,
      authorizationKey: 'text',
      tls: undefined,
      ca: undefined,
      client: undefined,
    })
  })

  test('files lie beside the scenario', () => {
    const files = '{profile: 3, cert: "pki/{id}.pem", key: "/keys/{id}.key"}'
    expect(load(files)).toMatchObject({
      client: { cert: '/lab/pki/{id}.pem', key: '/keys/{id}.key' },
    })
  })

  test.each([
    ['4', /from 0 to 3/],
    ['{profile: 3, cert: a.pem}', /"cert" and "key" go together/],
    ['{profile: 2, ca: none.pem}', /Cannot read none.pem/],
    ['2', /Security profile 2 needs a "password"/],
  ])('%s is told as wrong', (security, message) => {
    expect(load(security)).toEqual([expect.stringMatching(message)])
  })

  test('profiles 1 and 2 are content with a password', () => {
    expect(load('2', 'password: "0123456789abcdef",')).toMatchObject({ profile: 2 })
  })
})
