import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { formatProblems } from '../../../document/problem.ts'
import { specsOf } from '../../station/v2x/provisioning/device-model/table.ts'
import { valueFault, variableName } from '../../station/v2x/provisioning/device-model/variable.ts'
import { variables } from '../../station/v2x/provisioning/device-model/variables.ts'
import { loadScenario } from '../load-scenario.ts'

const folder = mkdtempSync(join(tmpdir(), 'csms-models-'))
afterAll(() => rmSync(folder, { recursive: true }))

function load(station: object, model = 'vendor: Acme') {
  writeFileSync(join(folder, 'make.yaml'), model)
  const text = JSON.stringify({ name: 'x', fleets: [{ name: 'a', station, script: ['boot'] }] })
  const loaded = loadScenario({ file: join(folder, 's.yaml'), text })
  if ('problems' in loaded) return { shown: formatProblems('s.yaml', text, loaded.problems) }
  return { station: loaded.plan.fleets[0]?.station }
}

const make = { model: 'make.yaml' }
const models = join(import.meta.dirname, '../../../../models')

describe('a model file', () => {
  test('says what stands under "station"; what stands there itself counts for more', () => {
    const file = `
vendor: Acme
model: W22
evses: [{ connectors: [sType2] }, { connectors: [sType2] }]
maxPower: 11kW
txStart: Authorized
configuration: { HeartbeatInterval: 60, ConnectionTimeOut: 30 }`
    expect(load(make, file).station).toMatchObject({
      vendor: 'Acme',
      model: 'W22',
      evses: [{ maxPowerW: 11_000 }, { maxPowerW: 11_000 }],
      txStartPoint: ['Authorized'],
    })
    const beside = {
      ...make,
      connectors: 1,
      maxPower: '7kW',
      configuration: { HeartbeatInterval: 90 },
    }
    expect(load(beside, file).station).toMatchObject({
      vendor: 'Acme',
      evses: [{ connectors: ['cType2'], maxPowerW: 7000 }],
      configuration: { HeartbeatInterval: '90', ConnectionTimeOut: '30' },
    })
  })

  test('a value alone is a value; the rest changes the variable or makes one', () => {
    const file = `
variables:
  OCPPCommCtrlr.HeartbeatInterval: 600
  EVSE.AllowReset@1: false
  TxCtrlr.TxStartPoint: { value: Authorized, mutability: ReadOnly }
  Fan.Speed[rear]: { dataType: integer, scope: evse, maxLimit: 9, value: 3, persistent: false, Target: 5 }
without: [AlignedDataCtrlr.SendDuringIdle]`
    expect(load(make, file).station?.deviceModel).toEqual({
      values: {
        'OCPPCommCtrlr.HeartbeatInterval': '600',
        'EVSE.AllowReset@1': 'false',
        'TxCtrlr.TxStartPoint': 'Authorized',
        'Fan.Speed[rear]': '3',
      },
      rows: [
        {
          name: 'TxCtrlr.TxStartPoint',
          spec: {
            component: 'TxCtrlr',
            variable: 'TxStartPoint',
            mutability: 'ReadOnly',
            initial: 'Authorized',
          },
        },
        {
          name: 'Fan.Speed[rear]',
          spec: {
            component: 'Fan',
            variable: 'Speed',
            instance: 'rear',
            dataType: 'integer',
            scope: 'evse',
            max: 9,
            volatile: true,
            attributes: { Target: { mutability: 'ReadWrite', initial: '5' } },
            initial: '3',
          },
        },
        {
          name: 'AlignedDataCtrlr.SendDuringIdle',
          absent: true,
          spec: { component: 'AlignedDataCtrlr', variable: 'SendDuringIdle' },
        },
      ],
    })
  })

  test('a start point of the scenario counts for more than the variable', () => {
    const file = 'variables: { TxCtrlr.TxStartPoint: Authorized }'
    expect(load(make, file).station?.deviceModel?.values).toEqual({
      'TxCtrlr.TxStartPoint': 'Authorized',
    })
    expect(load({ ...make, txStart: 'EVConnected' }, file).station).toMatchObject({
      txStartPoint: ['EVConnected'],
      deviceModel: { values: {} },
    })
  })

  test.each([
    ['variables: { Foo: 1 }', '1:14: "Foo" is not a variable like Component.Variable'],
    [
      'variables: { OCPPCommCtrlr.HeartbeatIntervall: 1 }',
      'Did you mean "OCPPCommCtrlr.HeartbeatInterval"?',
    ],
    ['variables: { OCPPCommCtrlr.HeartbeatInterval: 0 }', 'HeartbeatInterval must be at least 1.'],
    ['variables: { Fan.Speed: { dataType: integer } }', 'Fan.Speed needs a value.'],
    ['variables: { Fan.Mode: { dataType: OptionList, value: A } }', 'Fan.Mode needs a valuesList.'],
    ['variables: { EVSE.AllowReset@1: { value: true, constant: true } }', 'can only have a value.'],
    ['without: [TxCtrlr.Nothing]', 'No standard variable "TxCtrlr.Nothing"'],
    ['vendr: Acme', '1:1: Unknown key "vendr". Did you mean "vendor"?'],
    ['model: a-name-that-is-too-long', 'too long'],
    ['variables: [', 'make.yaml:1'],
  ])('%s is told with its place in the file', (file, message) => {
    const { shown } = load(make, file)
    expect(shown).toContain('make.yaml:1:')
    expect(shown).toContain(message)
    expect(shown).toContain('^')
  })

  test('one that is not there is told where it is named', () => {
    expect(load({ model: 'nowhere.json' }).shown).toContain(
      'Cannot read nowhere.json: there is no such file.',
    )
    expect(load({ model: 'a-name-that-is-too-long' }).shown).toContain('at most 20')
  })
})

describe('shipped models', () => {
  test.each(readdirSync(models))('%s is sound, and its values fit its variables', (name) => {
    const text = JSON.stringify({
      name: 'x',
      fleets: [{ name: 'a', protocol: 'ocpp2.1', station: { model: name }, script: ['boot'] }],
    })
    const loaded = loadScenario({ file: join(models, 's.yaml'), text })
    if ('problems' in loaded) throw new Error(formatProblems('s', text, loaded.problems))
    const { deviceModel } = loaded.plan.fleets[0]?.station ?? {}
    expect(deviceModel?.rows.length).toBeGreaterThan(1)
    for (const spec of specsOf(variables, 'ocpp2.1', deviceModel?.rows)) {
      const value = deviceModel?.values[variableName(spec)]
      if (value !== undefined)
        expect([variableName(spec), valueFault(spec, value)]).toEqual([
          variableName(spec),
          undefined,
        ])
    }
  })
})
