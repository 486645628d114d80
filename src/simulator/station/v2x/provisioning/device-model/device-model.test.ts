import { describe, expect, test } from 'vitest'
import { StationPeer, validators } from '../../../../../../test/helpers/station-peer.ts'
import type { StationTemplate } from '../../../../scenario/plan.ts'
import { Behaviour2x } from '../../behaviour.ts'
import { protocol2x } from '../../protocol.ts'
import { baseReport } from '../base-report.ts'
import { reportData } from '../report-data.ts'
import type { DeviceModel, VariableChange } from './device-model.ts'
import type { StationModel } from './station-model.ts'
import { specsOf, VariableTable } from './table.ts'
import { valueFault, variableName } from './variable.ts'
import { variables } from './variables.ts'

const protocols = {
  'ocpp2.0.1': protocol2x('ocpp2.0.1', validators),
  'ocpp2.1': protocol2x('ocpp2.1', validators),
}

const twoEvses: Partial<StationTemplate> = {
  evses: [
    { connectors: ['cCCS2', 'sType2'], maxPowerW: 50_000, phases: 3, current: 'AC' },
    { connectors: ['cCCS2'], maxPowerW: 150_000, phases: 3, current: 'DC' },
  ],
}

function station(
  template: Partial<StationTemplate> = twoEvses,
  version: keyof typeof protocols = 'ocpp2.0.1',
) {
  const { station: built } = new StationPeer(protocols[version], template)
  const { behaviour, memory } = built
  if (!(behaviour instanceof Behaviour2x)) throw new Error('not a station of 2.x')
  return { model: behaviour.model, memory, station: behaviour }
}

const withModel = (deviceModel: StationModel) => station({ ...twoEvses, deviceModel })

const heartbeat = [{ name: 'OCPPCommCtrlr' }, { name: 'HeartbeatInterval' }, 'Actual'] as const
const entries = (model: DeviceModel, base: Parameters<typeof baseReport>[1]) =>
  baseReport(model, base).map((place) => reportData(model, place))

describe('DeviceModel', () => {
  test('every initial value fits its own variable', () => {
    for (const spec of variables) {
      // The empty text is a value that nobody has set yet.
      if (!spec.initial || spec.mutability === 'WriteOnly') continue
      expect([variableName(spec), valueFault(spec, spec.initial)]).toEqual([
        variableName(spec),
        undefined,
      ])
    }
  })

  test('every variable has a first value or one that the station reads, and only one', () => {
    for (const version of ['ocpp2.0.1', 'ocpp2.1'] as const) {
      const specs = specsOf(variables, version)
      const names = specs.map((spec) => `${spec.scope} ${variableName(spec)}`.toLowerCase())
      expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
      expect(specs.filter((spec) => (spec.initial === undefined) !== Boolean(spec.read))).toEqual(
        [],
      )
    }
  })

  test('[2.0.1 VariableCharacteristicsType] every list says what it may hold', () => {
    const lists = ['OptionList', 'MemberList', 'SequenceList']
    const silent = variables.filter(
      (spec) => lists.includes(spec.dataType) && !spec.values && spec.mutability !== 'ReadOnly',
    )
    expect(silent.map(variableName)).toEqual([])
    const long = variables.filter((spec) => (spec.values?.join(',').length ?? 0) > 1000)
    expect(long.map(variableName)).toEqual([])
  })

  test('a value that was set beats the template, which beats the factory', () => {
    const { model } = station({ configuration: { 'TxCtrlr.EVConnectionTimeOut': '30' } })
    expect(model.integer('OCPPCommCtrlr.HeartbeatInterval')).toBe(300)
    expect(model.integer('TxCtrlr.EVConnectionTimeOut')).toBe(30)
    model.write({ name: 'TxCtrlr' }, { name: 'EVConnectionTimeOut' }, 'Actual', '45')
    expect(model.integer('TxCtrlr.EVConnectionTimeOut')).toBe(45)
  })

  test('[2.0.1 B05] a good value is kept in the memory that survives a reboot', () => {
    const { model, memory } = station()
    expect(model.write(...heartbeat, '60').status).toBe('Accepted')
    expect(memory.value('OCPPCommCtrlr.HeartbeatInterval')).toBe('60')
    expect(model.read(...heartbeat)).toEqual({ status: 'Accepted', value: '60' })
  })

  test.each([
    ['HeartbeatInterval', '0', 'ValueTooLow'],
    ['HeartbeatInterval', '1.5', 'InvalidValue'],
    ['HeartbeatInterval', '', 'InvalidValue'],
    ['RetryBackOffRepeatTimes', '21', 'ValueTooHigh'],
    ['ActiveNetworkProfile', '1', 'ReadOnly'],
    ['NetworkConfigurationPriority', '9', 'InvalidValue'],
  ])('[2.0.1 B05.FR.07 to FR.09] OCPPCommCtrlr.%s rejects "%s": %s', (variable, value, code) => {
    const { model, memory } = station()
    const writing = model.write({ name: 'OCPPCommCtrlr' }, { name: variable }, 'Actual', value)
    expect(writing).toMatchObject({ status: 'Rejected', refusal: { reasonCode: code } })
    expect(memory.value(`OCPPCommCtrlr.${variable}`)).toBeUndefined()
  })

  test('[2.0.1 B05] lists take known members only, each once', () => {
    const { model } = station()
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

  test('[2.1 ConfigurationValueSize] what is longer than the station keeps is rejected', () => {
    const { model } = station({
      ...twoEvses,
      configuration: { 'DeviceDataCtrlr.ConfigurationValueSize': '8' },
    })
    const write = (value: string) =>
      model.write({ name: 'EVSE', evse: { id: 1 } }, { name: 'ISO15118EvseId' }, 'Actual', value)
    expect(write('DE*ACM*1').status).toBe('Accepted')
    expect(write('DE*ACM*E1').refusal?.reasonCode).toBe('TooLargeElement')
  })

  test('[2.0.1 B06] says which part of a name is unknown', () => {
    const { model } = station()
    const status = (component: object, variable: object, attribute: 'Actual' | 'Target') =>
      model.read({ name: 'EVSE', ...component }, { name: 'Power', ...variable }, attribute).status
    expect(status({ evse: { id: 1 } }, {}, 'Actual')).toBe('Accepted')
    expect(status({ evse: { id: 1 } }, {}, 'Target')).toBe('NotSupportedAttributeType')
    expect(status({ evse: { id: 3 } }, {}, 'Actual')).toBe('UnknownComponent')
    expect(status({}, {}, 'Actual')).toBe('UnknownComponent')
    expect(status({ evse: { id: 1 } }, { name: 'Weight' }, 'Actual')).toBe('UnknownVariable')
    expect(status({ evse: { id: 1 } }, { instance: 'x' }, 'Actual')).toBe('UnknownVariable')
    expect(status({ name: 'Toaster' }, {}, 'Actual')).toBe('UnknownComponent')
    // A DC EVSE has no AC current; a fixed cable has no lock.
    const current = { name: 'ACCurrent', instance: 'L1' }
    expect(status({ evse: { id: 1 } }, current, 'Actual')).toBe('Accepted')
    expect(status({ evse: { id: 2 } }, current, 'Actual')).toBe('UnknownVariable')
  })

  test('[2.0.1 ComponentType] names are compared without regard to case', () => {
    const { model } = station()
    const attempts = { name: 'messageattempts', instance: 'TRANSACTIONEVENT' }
    expect(model.read({ name: 'ocppcommctrlr' }, attempts, 'Actual')).toEqual({
      status: 'Accepted',
      value: '3',
    })
  })

  test('[2.0.1 B06.FR.09] a write-only password can be set and is never told', () => {
    const { model } = station()
    const password = [{ name: 'SecurityCtrlr' }, { name: 'BasicAuthPassword' }, 'Actual'] as const
    expect(model.write(...password, 'short').status).toBe('Rejected')
    expect(model.write(...password, 'sixteen-letters!').status).toBe('Accepted')
    expect(model.read(...password)).toEqual({ status: 'Rejected' })
    expect(JSON.stringify(entries(model, 'FullInventory'))).not.toContain('sixteen')
  })

  test('[2.1 BasicAuthPassword] 2.0.1 takes 40 characters, 2.1 takes 64', () => {
    const password = [{ name: 'SecurityCtrlr' }, { name: 'BasicAuthPassword' }, 'Actual'] as const
    const write = (version: keyof typeof protocols, length: number) =>
      station(twoEvses, version).model.write(...password, 'x'.repeat(length)).status
    expect([write('ocpp2.0.1', 40), write('ocpp2.0.1', 41)]).toEqual(['Accepted', 'Rejected'])
    expect([write('ocpp2.1', 64), write('ocpp2.1', 65)]).toEqual(['Accepted', 'Rejected'])
  })

  test('[2.0.1 B07] reports list what the base asks for, per EVSE and connector', () => {
    const { model } = station()
    const full = entries(model, 'FullInventory')
    const types = full.filter((entry) => entry.variable.name === 'ConnectorType')
    expect(types.map(({ component }) => component.evse)).toEqual([
      { id: 1, connectorId: 1 },
      { id: 1, connectorId: 2 },
      { id: 2, connectorId: 1 },
    ])
    const configuration = entries(model, 'ConfigurationInventory')
    for (const { variableAttribute } of configuration) {
      expect(variableAttribute.some(({ mutability }) => mutability !== 'ReadOnly')).toBe(true)
    }
    const summary = entries(model, 'SummaryInventory')
    expect(summary.map((entry) => entry.variable.name)).toEqual(
      Array.from({ length: 6 }, () => 'AvailabilityState'),
    )
  })

  test('[2.0.1 B07.FR.09] the summary also lists what is in trouble', () => {
    const { model, station: owner } = station()
    const [evse] = owner.services.evses
    if (evse) evse.fault = { connector: 1, code: 'GroundFailure', info: undefined }
    const troubles = entries(model, 'SummaryInventory').filter(
      ({ variable }) => variable.name === 'Problem',
    )
    const troubled = troubles.map(({ component }) => [component.name, component.evse?.id])
    expect(troubled).toContainEqual(['ChargingStation', undefined])
    expect(troubled).toContainEqual(['EVSE', 1])
    expect(troubled).not.toContainEqual(['EVSE', 2])
  })

  test('[2.1 2.15.6, 2.15.8] the most that an EVSE gives is a limit, DC has no phases', () => {
    const { model } = station()
    const of = (name: string) =>
      entries(model, 'FullInventory').filter(
        ({ component, variable }) => component.name === 'EVSE' && variable.name === name,
      )
    expect(of('Power').map((entry) => entry.variableCharacteristics?.maxLimit)).toEqual([
      50_000, 150_000,
    ])
    expect(of('Power').map((entry) => entry.variableAttribute[0]?.value)).toEqual(['0', '0'])
    expect(of('SupplyPhases').map((entry) => entry.variableAttribute[0]?.value)).toEqual(['3', '0'])
  })

  test('whoever listens hears of every change, with who made it', () => {
    const { model } = station()
    const heard: string[] = []
    const stop = model.onChange(({ place, value, before, by }: VariableChange) => {
      heard.push(`${by} ${place.name} ${before}->${value}`)
    })
    model.write(...heartbeat, '60')
    model.write(...heartbeat, '60')
    model.set('OCPPCommCtrlr.HeartbeatInterval', '90')
    stop()
    model.set('OCPPCommCtrlr.HeartbeatInterval', '120')
    expect(heard).toEqual([
      'csms OCPPCommCtrlr.HeartbeatInterval 300->60',
      'station OCPPCommCtrlr.HeartbeatInterval 60->90',
    ])
  })
})

describe('a make of station', () => {
  const fan = { component: 'CabinetFan', variable: 'FanSpeed' } as const
  const target = [{ name: 'CabinetFan' }, { name: 'FanSpeed' }] as const

  test('[2.0.1 B05, B06.FR.13] a variable of its own has the attributes that it says', () => {
    const { model } = withModel({
      rows: [
        {
          name: 'CabinetFan.FanSpeed',
          spec: {
            ...fan,
            dataType: 'integer',
            unit: 'rpm',
            max: 4000,
            initial: '1200',
            attributes: {
              Target: { mutability: 'ReadWrite' },
              MaxSet: { mutability: 'ReadWrite', initial: '3000' },
            },
          },
        },
      ],
      values: {},
    })
    expect(model.read(...target, 'Target')).toEqual({ status: 'Accepted', value: '' })
    expect(model.write(...target, 'Actual', '1').refusal?.reasonCode).toBe('ReadOnly')
    expect(model.write(...target, 'Target', '3500').refusal?.additionalInfo).toBe('MaxSet is 3000')
    expect(model.write(...target, 'MaxSet', '5000').refusal?.reasonCode).toBe('ValueTooHigh')
    expect(model.write(...target, 'Target', '2500').status).toBe('Accepted')
    expect(model.read(...target, 'MinSet').status).toBe('NotSupportedAttributeType')
    const [entry] = entries(model, 'ConfigurationInventory').filter(
      ({ component }) => component.name === 'CabinetFan',
    )
    expect(entry?.variableAttribute).toEqual([
      { type: 'Actual', value: '1200', mutability: 'ReadOnly', persistent: true, constant: false },
      { type: 'Target', value: '2500', mutability: 'ReadWrite', persistent: true, constant: false },
      { type: 'MaxSet', value: '3000', mutability: 'ReadWrite', persistent: true, constant: false },
    ])
  })

  test('what it does not have is unknown, what it fixes cannot be set', () => {
    const { model } = withModel({
      rows: [
        {
          name: 'TxCtrlr.StopTxOnInvalidId',
          absent: true,
          spec: { component: 'TxCtrlr', variable: 'StopTxOnInvalidId' },
        },
        {
          name: 'TxCtrlr.TxStartPoint',
          spec: { component: 'TxCtrlr', variable: 'TxStartPoint', mutability: 'ReadOnly' },
        },
      ],
      values: { 'OCPPCommCtrlr.HeartbeatInterval': '17', 'EVSE.AllowReset@2': 'false' },
    })
    const status = (variable: string) =>
      model.write({ name: 'TxCtrlr' }, { name: variable }, 'Actual', 'Authorized').status
    expect([status('StopTxOnInvalidId'), status('TxStartPoint')]).toEqual([
      'UnknownVariable',
      'Rejected',
    ])
    expect(model.integer('OCPPCommCtrlr.HeartbeatInterval')).toBe(17)
    expect(model.flag('EVSE.AllowReset', { id: 1 })).toBe(true)
    expect(model.flag('EVSE.AllowReset', { id: 2 })).toBe(false)
  })

  test('[2.0.1 B05] RebootRequired: the value holds from the next boot on', () => {
    const { model } = withModel({
      rows: [
        {
          name: 'OCPPCommCtrlr.HeartbeatInterval',
          spec: { component: 'OCPPCommCtrlr', variable: 'HeartbeatInterval', rebootRequired: true },
        },
      ],
      values: {},
    })
    expect(model.write(...heartbeat, '60').status).toBe('RebootRequired')
    expect(model.integer('OCPPCommCtrlr.HeartbeatInterval')).toBe(300)
    model.booted()
    expect(model.integer('OCPPCommCtrlr.HeartbeatInterval')).toBe(60)
  })

  test('what is volatile is forgotten by the next boot', () => {
    const { model } = withModel({
      rows: [
        {
          name: 'OCPPCommCtrlr.HeartbeatInterval',
          spec: { component: 'OCPPCommCtrlr', variable: 'HeartbeatInterval', volatile: true },
        },
      ],
      values: {},
    })
    model.write(...heartbeat, '60')
    expect(model.integer('OCPPCommCtrlr.HeartbeatInterval')).toBe(60)
    model.booted()
    expect(model.integer('OCPPCommCtrlr.HeartbeatInterval')).toBe(300)
  })

  test('a table finds the place of its own where a name is at several', () => {
    const spec = {
      component: 'X',
      variable: 'Y',
      dataType: 'string',
      mutability: 'ReadOnly',
    } as const
    const table = new VariableTable([
      { ...spec, scope: 'evse', initial: 'evse' },
      { ...spec, scope: 'station', initial: 'station' },
    ])
    expect(table.get('X.Y')?.spec.initial).toBe('station')
    expect(table.get('X.Y', { id: 1 })?.spec.initial).toBe('evse')
    expect(table.get('X.Y', { id: 1, connectorId: 1 })).toBeUndefined()
  })
})
