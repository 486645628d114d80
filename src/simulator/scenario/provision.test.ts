import { expect, test } from 'vitest'
import { loadScenario } from './load-scenario.ts'
import type { Plan } from './plan.ts'
import { type ProvisionFormat, provision } from './provision.ts'
import { eachStation, expandStation } from './station-identity.ts'

const text = `name: t
fleets:
  - {name: a, count: 2, id: "A,{index:03}", password: "pw-{id}", script: [boot]}
  - {name: b, protocol: ocpp2.0.1, token: {idToken: "0400{station:04}", type: ISO14443}, station: {serial: "S{station}"}, script: [boot]}
`

function plan(): Plan {
  const loaded = loadScenario({ file: 'test.yaml', text })
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems))
  return loaded.plan
}

const all = (format: ProvisionFormat) => [...provision(plan(), format)].join('')

test('stations are numbered within their fleet and over the run', () => {
  expect([...eachStation(plan().fleets)]).toEqual([
    {
      id: 'A,001',
      index: 0,
      password: 'pw-A,001',
      token: { idToken: 'T00001', type: 'Central' },
      serial: undefined,
    },
    {
      id: 'A,002',
      index: 1,
      password: 'pw-A,002',
      token: { idToken: 'T00002', type: 'Central' },
      serial: undefined,
    },
    {
      id: 'b-00001',
      index: 2,
      password: undefined,
      token: { idToken: '04000003', type: 'ISO14443' },
      serial: 'S3',
    },
  ])
})

test('a station is the same whoever expands it', () => {
  const { fleets } = plan()
  const second = fleets[0] && expandStation(fleets[0], 1)
  expect(second).toEqual([...eachStation(fleets)][1])
})

test('JSON is one list', () => {
  const rows = JSON.parse(all('json')) as readonly Record<string, unknown>[]
  expect(rows).toHaveLength(3)
  expect(rows[2]).toEqual({
    id: 'b-00001',
    fleet: 'b',
    protocol: 'ocpp2.0.1',
    password: '',
    token: '04000003',
    tokenType: 'ISO14443',
    serial: 'S3',
  })
})

test('CSV has a head, and quotes what needs it', () => {
  expect(all('csv').split('\r\n')).toEqual([
    'id,fleet,protocol,password,token,tokenType,serial',
    '"A,001",a,ocpp1.6,"pw-A,001",T00001,Central,',
    '"A,002",a,ocpp1.6,"pw-A,002",T00002,Central,',
    'b-00001,b,ocpp2.0.1,,04000003,ISO14443,S3',
    '',
  ])
})
