import { afterEach, describe, expect, test, vi } from 'vitest'
import { ev, plug, StationPeer, validators } from '../../../../../test/helpers/station-peer.ts'
import type { EvPlan, StationTemplate } from '../../../scenario/plan.ts'
import { protocol2x } from '../protocol.ts'

const protocol = protocol2x('ocpp2.1', validators)
const template: Partial<StationTemplate> = {
  evses: [
    { connectors: ['cCCS2'], maxPowerW: 50_000, phases: 3, current: 'DC', dischargeW: 10_000 },
  ],
}
const v2g: EvPlan = {
  ...ev,
  soc: 0.5,
  discharge: { maxPowerW: 10_000, reserveSoc: 0.2, efficiency: 1 },
}

let peer: StationPeer
afterEach(() => {
  peer.station.stop({ graceful: true })
  expect(peer.findings).toEqual([])
})

async function open(): Promise<void> {
  peer = new StationPeer(protocol, template)
  peer.answers.set('Authorize', () => ({
    idTokenInfo: { status: 'Accepted' },
    allowedEnergyTransfer: ['DC', 'DC_BPT'],
  }))
  peer.answers.set('NotifyEVChargingNeeds', () => ({ status: 'Accepted' }))
  await peer.booted()
}
async function charging(): Promise<void> {
  await open()
  await peer.act(peer.actor.plugIn(plug, v2g))
  const token = { idToken: 'TAG-1', type: 'ISO14443' }
  await peer.act(peer.actor.authorize(plug, token, peer.cancel))
  await peer.act(peer.actor.start(plug, peer.cancel))
  peer.forget()
}
const points = (...pairs: readonly (readonly [x: number, y: number])[]) =>
  pairs.map(([x, y]) => ({ x, y }))
const trip = (priority: number, ...pairs: readonly (readonly [x: number, y: number])[]) => ({
  curve: { priority, yUnit: 'Not_Applicable', curveData: points(...pairs) },
})
const droop = (priority: number, times: object = {}) => ({
  freqDroop: {
    priority,
    overFreq: 50.2,
    underFreq: 49.8,
    overDroop: 0.04,
    underDroop: 0.04,
    responseTime: 1,
    ...times,
  },
})
const set = (controlId: string, controlType: string, content: object, isDefault = true) =>
  peer.call('SetDERControl', { controlId, controlType, isDefault, ...content })
const clear = (criteria: object) => peer.call('ClearDERControl', criteria)
const inSeconds = (s: number) => new Date(peer.clock.wallMs() + s * 1000).toISOString()
const powerW = () => {
  const [evse] = peer.station.evses
  evse?.advance()
  return Math.round(evse?.outlet.powerW ?? 0)
}
const startStops = () =>
  peer
    .sent('NotifyDERStartStop')
    .map(({ controlId, started, supersededIds }) => [
      controlId,
      started,
      ...(supersededIds === undefined ? [] : [supersededIds]),
    ])
const alarms = () =>
  peer
    .sent('NotifyDERAlarm')
    .map(({ controlType, gridEventFault, alarmEnded }) => [controlType, gridEventFault, alarmEnded])

test('[2.1 R04.FR.20] a start is told of though time passes while it is looked for', async () => {
  await open()
  const wallMs = peer.clock.wallMs.bind(peer.clock)
  let reads = 0
  vi.spyOn(peer.clock, 'wallMs').mockImplementation(() => wallMs() + reads++)
  for (let ms = 0; ms < 30; ms += 1) {
    const id = `in ${ms} ms`
    await set(id, 'FreqDroop', droop(1, { startTime: inSeconds(ms / 1000) }), false)
    await peer.clock.run(1000)
    expect(startStops().at(-1)?.[0]).toBe(id)
  }
})

describe('SetDERControl', () => {
  test('[2.1 R04.FR.01] of a mode that no EVSE follows is NotSupported', async () => {
    await open()
    expect(
      await set('C1', 'HFMayTrip', {
        curve: { priority: 1, yUnit: 'Not_Applicable', curveData: points([1, 1]) },
      }),
    ).toEqual({ status: 'NotSupported' })
    peer.station.stop({ graceful: true })
    peer = new StationPeer(protocol)
    await peer.booted()
    expect(await set('C1', 'FreqDroop', droop(1))).toEqual({ status: 'NotSupported' })
  })

  test.each<readonly [string, string, object, boolean]>([
    ['FR.13', 'FreqDroop', droop(1, { duration: 60 }), true],
    [
      'FR.15',
      'EnterService',
      {
        enterService: { priority: 0, highVoltage: 110, lowVoltage: 90, highFreq: 51, lowFreq: 49 },
      },
      false,
    ],
    ['FR.17', 'FreqDroop', trip(1, [52, 1]), true],
    ['FR.14', 'FreqDroop', droop(1, { duration: -60 }), false],
    [
      'FR.16',
      'FixedPFAbsorb',
      { fixedPFAbsorb: { priority: 1, displacement: 1.5, excitation: true } },
      true,
    ],
    ['FR.16', 'FixedVar', { fixedVar: { priority: 1, setpoint: 5, unit: 'PctEffectiveV' } }, true],
    ['FR.17', 'HFMustTrip', { ...trip(1, [52, 1]), ...droop(1) }, true],
    [
      'FR.17',
      'HFMustTrip',
      { curve: { priority: 1, yUnit: 'PctMaxW', curveData: points([52, 1]) } },
      true,
    ],
  ])(
    '[2.1 R04.%s] that contradicts itself is Rejected (%s)',
    async (_clause, type, content, isDefault) => {
      await open()
      expect(await set('C1', type, content, isDefault)).toMatchObject({ status: 'Rejected' })
      expect(await peer.call('GetDERControl', { requestId: 1 })).toEqual({ status: 'NotFound' })
    },
  )

  test('[2.1 R04.FR.06, FR.08] names what it supersedes, or itself', async () => {
    await open()
    expect(await set('A', 'FreqDroop', droop(5))).toEqual({ status: 'Accepted' })
    expect(await set('B', 'FreqDroop', droop(2))).toEqual({
      status: 'Accepted',
      supersededIds: ['A'],
    })
    expect(await set('C', 'FreqDroop', droop(3))).toEqual({
      status: 'Accepted',
      supersededIds: ['C'],
    })
  })

  test('[2.1 R04.FR.10, FR.20-FR.22] scheduled ones begin, supersede, end and are forgotten', async () => {
    await open()
    await set('A', 'FreqDroop', droop(5, { duration: 600 }), false)
    await set('B', 'FreqDroop', droop(2, { startTime: inSeconds(60), duration: 60 }), false)
    expect(startStops()).toEqual([['A', true]])
    await peer.clock.run(60_000)
    expect(startStops().slice(1)).toEqual([['B', true, ['A']]])
    await peer.clock.run(60_000)
    expect(startStops().slice(2)).toEqual([
      ['B', false],
      ['A', true],
    ])
    await peer.clock.run(600_000)
    expect(startStops().slice(4)).toEqual([['A', false]])
    expect(await peer.call('GetDERControl', { requestId: 1 })).toEqual({ status: 'NotFound' })
  })
})

describe('GetDERControl and ClearDERControl', () => {
  test('[2.1 R04.FR.31-FR.37] report by kind what is asked for, in several messages', async () => {
    await open()
    await set('D', 'FreqDroop', droop(5))
    await set('S', 'FreqDroop', droop(5, { duration: 600 }), false)
    for (let at = 0; at < 24; at += 1) await set(`T${at}`, 'HFMustTrip', trip(at, [52, 1]))
    peer.forget()
    expect(await peer.call('GetDERControl', { requestId: 7, isDefault: true })).toEqual({
      status: 'Accepted',
    })
    const [first, last] = peer.sent('ReportDERControl')
    expect(first).toMatchObject({ requestId: 7, tbc: true })
    expect(first?.['freqDroop']).toMatchObject([{ id: 'D', isDefault: true, isSuperseded: false }])
    expect(first?.['curve']).toHaveLength(23)
    expect(last).toMatchObject({ requestId: 7, curve: [{ id: 'T23', isSuperseded: true }] })
    expect(last).not.toHaveProperty('tbc')
  })

  test('[2.1 R04.FR.41-FR.46] clear one, a type, or a kind, and say where there is nothing', async () => {
    await open()
    await set('A', 'FreqDroop', droop(5))
    await set('B', 'HFMustTrip', trip(1, [52, 1]))
    await set('C', 'LFMustTrip', trip(1, [48, 1]))
    expect(await clear({ isDefault: false, controlId: 'A' })).toEqual({ status: 'NotFound' })
    expect(await clear({ isDefault: true, controlType: 'HFMayTrip' })).toEqual({
      status: 'NotSupported',
    })
    expect(await clear({ isDefault: true, controlId: 'A' })).toEqual({ status: 'Accepted' })
    expect(await clear({ isDefault: true, controlType: 'HFMustTrip' })).toEqual({
      status: 'Accepted',
    })
    expect(await clear({ isDefault: true })).toEqual({ status: 'Accepted' })
    expect(await clear({ isDefault: true })).toEqual({ status: 'NotFound' })
  })

  test('[2.1 R01.FR.03] a reboot forgets none', async () => {
    await open()
    await set('A', 'FreqDroop', droop(5))
    peer.actor.powerLoss()
    await peer.act(peer.actor.powerUp(peer.cancel), 1000)
    expect(await peer.call('GetDERControl', { requestId: 1, controlId: 'A' })).toEqual({
      status: 'Accepted',
    })
  })
})

describe('the inverter', () => {
  test('trips when the frequency stays away for too long, and tells of both ends', async () => {
    await charging()
    await set('HF', 'HFMustTrip', trip(1, [51, 10], [52, 1]))
    peer.forget()
    peer.actor.gridEvent({ frequencyHz: 51.5 })
    await peer.clock.run(9_000)
    expect([powerW(), alarms()]).toEqual([11_000, []])
    await peer.clock.run(1_000)
    expect([powerW(), alarms()]).toEqual([0, [['HFMustTrip', 'OverFrequency', false]]])
    expect(peer.sent('TransactionEvent')).toMatchObject([
      { transactionInfo: { chargingState: 'SuspendedEVSE' } },
    ])
    peer.actor.gridEvent({ frequencyHz: 50 })
    await peer.clock.run(0)
    expect([powerW(), alarms().slice(1)]).toEqual([11_000, [['HFMustTrip', 'OverFrequency', true]]])
  })

  test('enters service again when the grid was good for long enough', async () => {
    await charging()
    await set('HV', 'HVMustTrip', trip(1, [120, 0]))
    const window = { priority: 0, highVoltage: 105, lowVoltage: 90, highFreq: 51, lowFreq: 49 }
    await set('ES', 'EnterService', { enterService: { ...window, delay: 300 } })
    peer.actor.gridEvent({ voltageV: 280 })
    expect(powerW()).toBe(0)
    peer.actor.gridEvent({ voltageV: 250 })
    await peer.clock.run(600_000)
    expect(powerW()).toBe(0)
    peer.actor.gridEvent({ voltageV: 230 })
    await peer.clock.run(299_000)
    expect(powerW()).toBe(0)
    await peer.clock.run(1_000)
    expect(powerW()).toBe(11_000)
  })

  test('ceases for a moment only, whatever EnterService says', async () => {
    await charging()
    await set('MC', 'LVMomCess', trip(1, [50, 0]))
    const window = { priority: 0, highVoltage: 105, lowVoltage: 90, highFreq: 51, lowFreq: 49 }
    await set('ES', 'EnterService', { enterService: { ...window, delay: 300 } })
    peer.actor.gridEvent({ voltageV: 100 })
    expect(powerW()).toBe(0)
    peer.actor.gridEvent({ voltageV: 230 })
    expect(powerW()).toBe(11_000)
    await peer.clock.run(0)
    expect(alarms()).toEqual([
      ['LVMomCess', 'UnderVoltage', false],
      ['LVMomCess', 'UnderVoltage', true],
    ])
  })

  test('[2.1 EnterServiceType.rampRate] comes back slowly after a trip', async () => {
    await charging()
    await set('HV', 'HVMustTrip', trip(1, [120, 0]))
    const window = { priority: 0, highVoltage: 110, lowVoltage: 90, highFreq: 51, lowFreq: 49 }
    await set('ES', 'EnterService', { enterService: { ...window, rampRate: 100 } })
    peer.actor.gridEvent({ voltageV: 280 })
    expect(powerW()).toBe(0)
    peer.actor.gridEvent({ voltageV: 230 })
    expect(powerW()).toBe(0)
    // Half of the 50 kW of the EVSE is more than the EV takes.
    await peer.clock.run(10_000)
    expect(powerW()).toBe(5_000)
    await peer.clock.run(40_000)
    expect(powerW()).toBe(11_000)
  })

  test('[2.1 GradientType] changes its power no faster than it was told', async () => {
    await charging()
    await set('G', 'Gradients', { gradient: { priority: 0, gradient: 100, softGradient: 20 } })
    await set('FD', 'FreqDroop', droop(1))
    peer.actor.gridEvent({ frequencyHz: 48.8 })
    expect(powerW()).toBe(-5_000)
    const limit = { priority: 1, pctMaxDischargePower: 20 }
    await set('LM', 'LimitMaxDischarge', { limitMaxDischarge: limit })
    await peer.clock.run(60_000)
    expect(powerW()).toBe(-4_000)
    await peer.clock.run(20_000)
    expect(powerW()).toBe(-2_000)
    await clear({ isDefault: true, controlId: 'LM' })
    await peer.clock.run(10_000)
    expect(powerW()).toBe(-3_000)
    // A trip is no ramp, and after it there is another one.
    peer.actor.gridEvent({ fault: 'PhaseRotation' })
    expect(powerW()).toBe(0)
    peer.actor.gridEvent({ fault: 'none', frequencyHz: 50 })
    await peer.clock.run(2_000)
    expect(powerW()).toBe(5_000)
    await peer.clock.run(20_000)
    expect(powerW()).toBe(11_000)
  })

  test('supports a grid that is too slow, by its droop and no more than is allowed', async () => {
    await charging()
    await set('FD', 'FreqDroop', droop(1))
    peer.actor.gridEvent({ frequencyHz: 48.8 })
    expect(powerW()).toBe(-5_000)
    await set('LM', 'LimitMaxDischarge', {
      limitMaxDischarge: { priority: 1, pctMaxDischargePower: 20 },
    })
    expect(powerW()).toBe(-2_000)
    peer.actor.gridEvent({ frequencyHz: 50 })
    expect(powerW()).toBe(11_000)
  })

  const curve = (yUnit: string, ...pairs: readonly (readonly [x: number, y: number])[]) => ({
    curve: { priority: 1, yUnit, curveData: points(...pairs) },
  })
  const lagging = { priority: 1, displacement: 0.8, excitation: true }
  const leading = { ...lagging, excitation: false }
  const reactiveVar = () => {
    powerW()
    return Math.round(peer.station.evses[0]?.outlet.reactiveVar ?? 0)
  }
  // It takes 11 kW; its inverter has 44 % of 50 kVA: 22 kvar.
  test.each<readonly [string, object, number]>([
    ['FixedVar', { fixedVar: { priority: 1, setpoint: 50, unit: 'PctMaxVar' } }, -11_000],
    ['FixedVar', { fixedVar: { priority: 1, setpoint: -10, unit: 'PctVarAvail' } }, 2_200],
    ['VoltVar', curve('PctMaxVar', [95, 100], [100, 0], [105, -100]), 0],
    ['WattVar', curve('PctMaxVar', [-100, -100], [0, 0]), 4_840],
    ['WattPF', curve('Not_Applicable', [-100, 0.8], [0, 0.8]), 8_250],
    ['FixedPFAbsorb', { fixedPFAbsorb: lagging }, 8_250],
    ['FixedPFAbsorb', { fixedPFAbsorb: leading }, -8_250],
    ['FixedPFInject', { fixedPFInject: lagging }, 0],
  ])('%s makes reactive power: %o', async (type, content, expected) => {
    await charging()
    expect(await set('C', type, content)).toEqual({ status: 'Accepted' })
    expect(powerW()).toBe(11_000)
    expect(reactiveVar()).toBe(expected)
    await peer.clock.run(3_600_000 / 10)
    powerW()
    const { importVarh = 0, exportVarh = 0 } = peer.station.evses[0]?.outlet ?? {}
    expect(Math.round(importVarh - exportVarh)).toBe(expected / 10)
    peer.actor.gridEvent({ fault: 'PhaseRotation' })
    expect(reactiveVar()).toBe(0)
  })

  test('[2.1 R04] VoltVar in percent of active power, as far as the inverter goes', async () => {
    await charging()
    const step = curve('PctMaxW', [99, 10], [100, 0], [110, -100])
    expect(await set('C', 'VoltVar', step)).toEqual({ status: 'Accepted' })
    peer.actor.gridEvent({ voltageV: 230 * 0.99 })
    expect(reactiveVar()).toBe(-5_000)
    peer.actor.gridEvent({ voltageV: 230 * 1.1 })
    expect(reactiveVar()).toBe(22_000)
  })

  test('VoltVar holds the voltage: it absorbs where it is high', async () => {
    await charging()
    await set('C', 'VoltVar', curve('PctMaxVar', [95, 100], [100, 0], [105, -100]))
    peer.actor.gridEvent({ voltageV: 230 * 1.025 })
    expect(reactiveVar()).toBe(11_000)
    peer.actor.gridEvent({ voltageV: 230 * 0.9 })
    expect(reactiveVar()).toBe(-22_000)
  })

  test('a meter tells of it', async () => {
    await charging()
    await set('C', 'FixedPFAbsorb', { fixedPFAbsorb: lagging })
    const measurands = 'Power.Active.Import,Power.Reactive.Import,Power.Factor,Current.Import'
    await peer.call('SetVariables', {
      setVariableData: [
        {
          component: { name: 'AlignedDataCtrlr' },
          variable: { name: 'Measurands' },
          attributeValue: `${measurands},Frequency,Voltage`,
        },
      ],
    })
    peer.actor.gridEvent({ frequencyHz: 49.9, voltageV: 207 })
    peer.forget()
    await peer.call('TriggerMessage', { requestedMessage: 'MeterValues', evse: { id: 1 } })
    await peer.clock.run(0)
    const [{ meterValue = [] } = {}] = peer.sent('MeterValues') as {
      readonly meterValue?: {
        readonly sampledValue: { readonly measurand: string; readonly value: number }[]
      }[]
    }[]
    const told = meterValue.flatMap(({ sampledValue }) =>
      sampledValue.map(({ measurand, value }) => `${measurand} ${value}`),
    )
    expect(told).toContain('Power.Reactive.Import 8250')
    expect(told).toContain('Power.Factor 0.8')
    expect(told).toContain('Frequency 49.9')
    expect(told).toContain('Voltage 207')
  })

  test('stops for a fault that neither frequency nor voltage shows', async () => {
    await charging()
    await set('FD', 'FreqDroop', droop(1))
    peer.forget()
    peer.actor.gridEvent({ fault: 'PhaseRotation' })
    expect(powerW()).toBe(0)
    peer.actor.gridEvent({ fault: 'none' })
    await peer.clock.run(0)
    expect(powerW()).toBe(11_000)
    expect(alarms()).toEqual([
      ['EnterService', 'PhaseRotation', false],
      ['EnterService', 'PhaseRotation', true],
    ])
  })

  test('does as it likes where its controller is switched off', async () => {
    await charging()
    await set('HV', 'HVMustTrip', trip(1, [120, 0]))
    await peer.call('SetVariables', {
      setVariableData: [
        {
          component: { name: 'DCDERCtrlr', evse: { id: 1 } },
          variable: { name: 'Enabled' },
          attributeValue: 'false',
        },
      ],
    })
    peer.actor.gridEvent({ voltageV: 280 })
    expect(powerW()).toBe(11_000)
    peer.actor.gridEvent({ voltageV: 230, fault: 'PhaseRotation' })
    expect(powerW()).toBe(11_000)
    await peer.clock.run(0)
    expect(alarms()).toEqual([])
  })
})
