import { describe, expect, test } from 'vitest'
import type { EvsePlan } from '../../../../scenario/plan.ts'
import { StationMemory } from '../../../memory.ts'
import { DeviceModel } from './device-model.ts'
import { valueFault, variableName } from './variable.ts'
import { variables } from './variables.ts'

const evse: EvsePlan = {
  connectors: ['cCCS2', 'cType2'],
  maxPowerW: 22_000,
  phases: 3,
  current: 'AC',
}

function deviceModel(templateValues: Readonly<Record<string, string>> = {}) {
  const memory = new StationMemory()
  const model = new DeviceModel({
    memory,
    templateValues,
    evses: [evse],
    live: (spec, at) => `${spec.variable}@${at?.id ?? 0}.${at?.connectorId ?? 0}`,
  })
  return { model, memory }
}

const heartbeat = [{ name: 'OCPPCommCtrlr' }, { name: 'HeartbeatInterval' }, 'Actual'] as const

describe('DeviceModel', () => {
  test('every initial value fits its own variable', () => {
    for (const spec of variables) {
      if (spec.initial === undefined || spec.mutability === 'WriteOnly') continue
      expect([variableName(spec), valueFault(spec, spec.initial)]).toEqual([
        variableName(spec),
        undefined,
      ])
    }
  })

  test('a value that was set beats the template, which beats the factory', () => {
    const { model } = deviceModel({ 'TxCtrlr.EVConnectionTimeOut': '30' })
    expect(model.integer('OCPPCommCtrlr.HeartbeatInterval')).toBe(300)
    expect(model.integer('TxCtrlr.EVConnectionTimeOut')).toBe(30)
    model.write({ name: 'TxCtrlr' }, { name: 'EVConnectionTimeOut' }, 'Actual', '45')
    expect(model.integer('TxCtrlr.EVConnectionTimeOut')).toBe(45)
  })

  test('[2.0.1 B05] a good value is kept in the memory that survives a reboot', () => {
    const { model, memory } = deviceModel()
    expect(model.write(...heartbeat, '60')).toEqual({ status: 'Accepted' })
    expect(memory.value('OCPPCommCtrlr.HeartbeatInterval')).toBe('60')
    expect(model.read(...heartbeat)).toEqual({ status: 'Accepted', value: '60' })
  })

  test.each([
    ['HeartbeatInterval', '0'],
    ['HeartbeatInterval', '1.5'],
    ['HeartbeatInterval', ''],
    ['OfflineThreshold', '-1'],
    ['ActiveNetworkProfile', '1'],
    ['NetworkConfigurationPriority', '2'],
  ])('[2.0.1 B05] OCPPCommCtrlr.%s rejects "%s"', (variable, value) => {
    const { model, memory } = deviceModel()
    const writing = model.write({ name: 'OCPPCommCtrlr' }, { name: variable }, 'Actual', value)
    expect(writing.status).toBe('Rejected')
    expect(memory.value(`OCPPCommCtrlr.${variable}`)).toBeUndefined()
  })

  test('[2.0.1 B05] lists take known members only, each once', () => {
    const { model } = deviceModel()
    const set = (value: string) =>
      model.write({ name: 'TxCtrlr' }, { name: 'TxStartPoint' }, 'Actual', value).status
    expect(set('Authorized, EVConnected')).toBe('Accepted')
    expect(model.list('TxCtrlr.TxStartPoint')).toEqual(['Authorized', 'EVConnected'])
    expect([set(''), set('Authorized,Authorized'), set('Never')]).toEqual([
      'Rejected',
      'Rejected',
      'Rejected',
    ])
  })

  test('[2.0.1 B06] says which part of a name is unknown', () => {
    const { model } = deviceModel()
    const status = (component: object, variable: object, attribute: 'Actual' | 'Target') =>
      model.read({ name: 'EVSE', ...component }, { name: 'Power', ...variable }, attribute).status
    expect(status({ evse: { id: 1 } }, {}, 'Actual')).toBe('Accepted')
    expect(status({ evse: { id: 1 } }, {}, 'Target')).toBe('NotSupportedAttributeType')
    expect(status({ evse: { id: 2 } }, {}, 'Actual')).toBe('UnknownComponent')
    expect(status({}, {}, 'Actual')).toBe('UnknownComponent')
    expect(status({ evse: { id: 1 } }, { name: 'Weight' }, 'Actual')).toBe('UnknownVariable')
    expect(status({ name: 'Toaster' }, {}, 'Actual')).toBe('UnknownComponent')
  })

  test('[2.0.1 B06] a write-only password can be set and is never told', () => {
    const { model } = deviceModel()
    const password = [{ name: 'SecurityCtrlr' }, { name: 'BasicAuthPassword' }, 'Actual'] as const
    expect(model.write(...password, 'short').status).toBe('Rejected')
    expect(model.write(...password, 'sixteen-letters!').status).toBe('Accepted')
    expect(model.read(...password)).toEqual({ status: 'Rejected' })
    expect(JSON.stringify(model.report('FullInventory'))).not.toContain('sixteen')
  })

  test('[2.0.1 B07] reports list what the base asks for, per EVSE and connector', () => {
    const { model } = deviceModel()
    const full = model.report('FullInventory')
    expect(full.filter((entry) => entry.component.name === 'Connector')).toHaveLength(8)
    const configuration = model.report('ConfigurationInventory')
    expect(configuration.every((e) => e.variableAttribute[0]?.mutability !== 'ReadOnly')).toBe(true)
    const summary = model.report('SummaryInventory')
    expect(new Set(summary.map((entry) => entry.variable.name))).toEqual(
      new Set(['AvailabilityState']),
    )
    expect(summary).toHaveLength(4)
  })
})
