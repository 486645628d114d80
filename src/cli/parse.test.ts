import { describe, expect, test } from 'vitest'
import { runInMemory } from '../../test/helpers/memory-cli.ts'
import { gathered, instant, ipAddress, resolution, whole } from './parse.ts'

test('an option that is repeated gathers its values in order', () => {
  const parse = gathered(whole(1))
  expect(parse('2', parse('1'))).toEqual([1, 2])
})

test('an address is numbers, no name', () => {
  expect(['192.0.2.7', '::1'].map(ipAddress)).toEqual(['192.0.2.7', '::1'])
  expect(() => ipAddress('localhost')).toThrow('IP address')
})

test('an instant has a date, a time and a zone', () => {
  expect(instant('2027-01-01T00:00:00+01:00')).toBe('2027-01-01T00:00:00+01:00')
  for (const wrong of ['tomorrow', '2027-01-01', '2027-13-01T00:00:00Z']) {
    expect(() => instant(wrong)).toThrow('2027-01-01T00:00:00Z')
  }
})

test('--resolve gathers addresses by host and port', () => {
  const first = resolution('csms.example:443:192.0.2.7')
  expect(resolution('[2001:db8::1]:9000:[::1]', first)).toEqual({
    'csms.example:443': '192.0.2.7',
    '2001:db8::1:9000': '::1',
  })
  for (const wrong of ['csms.example:443', 'csms.example:0:192.0.2.7', 'a:443:localhost']) {
    expect(() => resolution(wrong)).toThrow('csms.example:443:192.0.2.7')
  }
})

describe('csms simulate', () => {
  test.each([
    [['--local-address', '127.0.0.2'], '--local-address needs --target'],
    [['--resolve', 'a:1:127.0.0.1'], '--resolve needs --target'],
    [['--target', 'ws://a', '--processes', '2'], '--processes is for the embedded CSMS'],
    [['--target', 'ws://a', '--local-address', 'eth0'], 'It must be an IP address'],
    [['--target', 'ws://a', '--target', 'http://b'], 'It must be a URL like ws://'],
  ])('%j is refused', async (options, sentence) => {
    const { code, stderr } = await runInMemory(['simulate', 'any.yaml', ...options])
    expect(code).toBe(2)
    expect(stderr).toContain(sentence)
  })
})

test.each([
  ['lst', "unknown command 'lst'\n(Did you mean list?)"],
  ['frobnicate', "unknown command 'frobnicate'\n"],
  ['TC_001_CSMS', 'cases are chosen with --case TC_001_CSMS'],
])('csms conformance %s is no command of it', async (word, sentence) => {
  const { code, stderr } = await runInMemory(['conformance', word])
  expect(code).toBe(2)
  expect(stderr).toContain(sentence)
})

test('csms doctor: a number of stations without a scenario says what is missing', async () => {
  const { code, stderr } = await runInMemory(['doctor', '--stations', '5000'])
  expect(code).toBe(2)
  expect(stderr).toContain('name its file')
})

test('csms doctor: --set reaches the scenario, and what is about it stands under its name', async () => {
  const file = 'scenarios/connect-storm.yaml'
  const cwd = process.cwd()
  const { stdout } = await runInMemory(['doctor', file, '--set', 'stations=200'], { cwd })
  expect(stdout).toMatch(/\n\nTo run scenarios\/connect-storm\.yaml:\n.*200 sockets in 1 worker/)
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
  const wrong = await runInMemory(['doctor', file, '--set', 'nope=200'], { cwd })
  expect(wrong).toMatchObject({ code: 104, stdout: '' })
  expect(wrong.stderr).toContain('--set nope: there is no such var.')
  expect((await runInMemory(['doctor', '--set', 'a=b'])).code).toBe(2)
})
