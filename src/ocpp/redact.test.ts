import { expect, test } from 'vitest'
import { redactFinding, redactFrame } from './redact.ts'

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

test.each([
  [
    'slashes that are escaped',
    '[2,"x","GetDiagnostics",{"location":"ftp:\\/\\/me:hunter2@files.example\\/up"}]',
  ],
  [
    'letters that are escaped',
    '[2,"x","ChangeConfiguration",{"key":"\\u0041uthorizationKey","value":"hunter2"}]',
  ],
  [
    'an @ that is escaped',
    '[2,"x","GetLog",{"log":{"remoteLocation":"sftp://me:hunter2\\u0040files.example"}}]',
  ],
  ['an object', '[2,"x","DataTransfer",{"password":{"is":"hunter2"}}]'],
  [
    'a VPN',
    '[2,"x","SetNetworkProfile",{"vpn":{"server":"s","user":"u","password":"p","key":"hunter2"}}]',
  ],
  ['a SIM', '[2,"x","SetNetworkProfile",{"apn":{"simPin":1234567}}]', '1234567'],
  [
    'a key',
    '[2,"x","DataTransfer",{"data":"-----BEGIN PRIVATE KEY-----\\nhunter2\\n-----END PRIVATE KEY-----"}]',
  ],
])('%s hides nothing from redaction', (_what, frame, secret = 'hunter2') => {
  expect(JSON.parse(frame)).toBeDefined()
  expect(redactFrame(frame)).not.toContain(secret)
})

test('what a finding says of a frame holds no credentials either', () => {
  const frame = '[2,"x","ftp://me:hunter2@files.example",{}]'
  const detail = 'unknown action "ftp://me:hunter2@files.example"'
  const finding = { rule: 'RPC_UNKNOWN_ACTION', level: 'MUST', detail, frame } as const
  expect(JSON.stringify(redactFinding(finding))).not.toContain('hunter2')
})
