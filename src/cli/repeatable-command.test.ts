import { expect, test } from 'vitest'
import { repeatableCommand } from './repeatable-command.ts'

const given = { out: 'reports', connectTimeout: 15_000, backdate: 'on', ui: true } as const

test('what was left at its default, or only shows the run, is not repeated', () => {
  const quiet = { ...given, quiet: true, json: true, out: 'elsewhere', metricsPort: 0 }
  expect(repeatableCommand(quiet)).toEqual({ options: [], leftOut: [] })
})

test('everything that changes the run is repeated as it was said', () => {
  const { options, leftOut } = repeatableCommand({
    ...given,
    target: ['ws://a:9000/ocpp/{id}', 'ws://b:9000'],
    set: { rate: '200/s', note: 'two words' },
    stations: 5000,
    duration: 90_000,
    connectTimeout: 30_000,
    backdate: 'off',
    insecure: true,
    resolve: { 'csms.example:443': '192.0.2.7' },
  })
  expect(options).toEqual([
    ['--target', 'ws://a:9000/ocpp/{id}'],
    ['--target', 'ws://b:9000'],
    ['--stations', '5000'],
    ['--duration', '1min30s'],
    ['--set', 'rate=200/s'],
    ['--set', 'note=two words'],
    ['--connect-timeout', '30s'],
    ['--backdate', 'off'],
    ['--insecure'],
    ['--resolve', 'csms.example:443:192.0.2.7'],
  ])
  expect(leftOut).toEqual([])
})

test('secrets are named, and nothing of them is written', () => {
  const command = repeatableCommand({
    ...given,
    target: ['wss://me:s3cret@csms.example/ocpp'],
    books: 'https://csms.example/books?key=s3cret',
    header: { Authorization: 's3cret' },
    apiKey: 's3cret',
    set: { adminPassword: 's3cret', rate: '5/s' },
  })
  expect(JSON.stringify(command)).not.toContain('s3cret')
  expect(command.options).toEqual([
    ['--target', 'wss://csms.example/ocpp'],
    ['--set', 'rate=5/s'],
    ['--books', 'https://csms.example/books'],
  ])
  expect(command.leftOut).toEqual([
    'user, password or query of --target',
    'user, password or query of --books',
    '--header',
    '--api-key',
    '--set adminPassword',
  ])
})
