import { expect, test } from 'vitest'
import { redactFrame } from './redact.ts'

const hides = (frame: unknown[], secret = 'hunter2') => {
  const shown = redactFrame(JSON.stringify(frame))
  expect(shown).not.toContain(secret)
  return JSON.parse(shown)
}

test.each([
  [
    '1.6 ChangeConfiguration',
    [2, 'x', 'ChangeConfiguration', { key: 'AuthorizationKey', value: 'hunter2' }],
  ],
  [
    '1.6 GetConfiguration',
    [3, 'x', { configurationKey: [{ key: 'authorizationkey', value: 'hunter2' }] }],
  ],
  [
    'SetVariables',
    [
      2,
      'x',
      'SetVariables',
      { setVariableData: [{ variable: { name: 'BasicAuthPassword' }, attributeValue: 'hunter2' }] },
    ],
  ],
  [
    'NotifyReport',
    [
      2,
      'x',
      'NotifyReport',
      {
        reportData: [
          { variable: { name: 'BasicAuthPassword' }, variableAttribute: [{ value: 'hunter2' }] },
        ],
      },
    ],
  ],
  [
    'NotifyEvent',
    [
      2,
      'x',
      'NotifyEvent',
      { eventData: [{ variable: { name: 'BasicAuthPassword' }, actualValue: 'hunter2' }] },
    ],
  ],
  [
    'SetNetworkProfile',
    [
      2,
      'x',
      'SetNetworkProfile',
      { connectionData: { basicAuthPassword: 'hunter2', vpn: { password: 'hunter2' } } },
    ],
  ],
  ['a URL', [2, 'x', 'GetDiagnostics', { location: 'ftp://me:hunter2@files.example/up' }]],
])('%s is shown without its secret', (_what, frame) => {
  expect(hides(frame)).toHaveLength(frame.length)
})

test('what is no secret is shown as it stood', () => {
  const frame = '[2, "x","ChangeConfiguration",{"key":"HeartbeatInterval","value":"60"}]'
  expect(redactFrame(frame)).toBe(frame)
  const mixed = [
    3,
    'x',
    {
      configurationKey: [
        { key: 'AuthorizationKey', value: 'hunter2' },
        { key: 'A', value: '1' },
      ],
    },
  ]
  expect(hides(mixed)[2].configurationKey).toEqual([
    { key: 'AuthorizationKey', value: '***' },
    { key: 'A', value: '1' },
  ])
})

test('what cannot be read but may hold a secret is not shown', () => {
  expect(redactFrame('[2,"x","password":"hunter2')).not.toContain('hunter2')
  expect(redactFrame('garbage')).toBe('garbage')
})
