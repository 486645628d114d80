import { afterEach, describe, expect, test } from 'vitest'
import { ev, plug, StationPeer, validators } from '../../../../../test/helpers/station-peer.ts'
import type { StationTemplate } from '../../../scenario/plan.ts'
import { protocol2x } from '../protocol.ts'

const v201 = protocol2x('ocpp2.0.1', validators)
const v21 = protocol2x('ocpp2.1', validators)

let peer: StationPeer
afterEach(() => expect(peer.findings).toEqual([]))

type Row = Record<string, unknown>

const evse1 = { id: 1 }
const power = { component: { name: 'EVSE', evse: evse1 }, variable: { name: 'Power' } }
const state = { component: { name: 'EVSE', evse: evse1 }, variable: { name: 'AvailabilityState' } }
const fan = { component: { name: 'AirCoolingSystem', evse: evse1 }, variable: { name: 'FanSpeed' } }
const heartbeat = {
  component: { name: 'OCPPCommCtrlr' },
  variable: { name: 'HeartbeatInterval' },
}
/** 22 kW: no threshold is passed at rest. */
const above = (value: number, severity = 5) => ({
  ...power,
  type: 'UpperThreshold',
  value,
  severity,
})

const withMonitored: Partial<StationTemplate> = {
  deviceModel: {
    rows: [
      {
        name: 'OCPPCommCtrlr.HeartbeatInterval',
        spec: { component: 'OCPPCommCtrlr', variable: 'HeartbeatInterval', monitored: true },
      },
    ],
    values: {},
  },
}

function open(protocol = v201, template: Partial<StationTemplate> = {}) {
  peer = new StationPeer(protocol, template)
  peer.answers.set('Authorize', () => ({ idTokenInfo: { status: 'Accepted' } }))
  peer.answers.set('OpenPeriodicEventStream', () => ({ status: 'Accepted' }))
  return peer.booted()
}

async function set(...setMonitoringData: readonly object[]): Promise<Row[]> {
  const answer = await peer.call('SetVariableMonitoring', { setMonitoringData })
  return answer['setMonitoringResult'] as Row[]
}
/** Sets one and gives its id. */
async function monitor(data: object): Promise<number> {
  const [result] = await set(data)
  expect(result?.['status']).toBe('Accepted')
  return result?.['id'] as number
}
const statuses = async (...data: readonly object[]) =>
  (await set(...data)).map((result) => result['status'])
const clear = async (...id: readonly number[]) => {
  const answer = await peer.call('ClearVariableMonitoring', { id })
  return (answer['clearMonitoringResult'] as Row[]).map(({ status }) => status)
}
const setVariable = (component: string, variable: string, attributeValue: string) =>
  peer.call('SetVariables', {
    setVariableData: [
      { component: { name: component }, variable: { name: variable }, attributeValue },
    ],
  })
const charge = async () => {
  await peer.act(peer.actor.plugIn(plug, ev))
  await peer.act(peer.actor.start(plug, peer.cancel))
}
const pause = (on: boolean) => peer.station.suspendEnergy(peer.station.evses[0] as never, on)
const events = () => peer.sent('NotifyEvent').flatMap((event) => event['eventData'] as Row[])
const told = () =>
  events().map(({ trigger, actualValue, cleared }) =>
    [trigger, actualValue, cleared === true ? 'cleared' : ''].join(' ').trim(),
  )
const of = (id: number) => events().filter((event) => event['variableMonitoringId'] === id)

async function report(request: object = {}): Promise<readonly Row[]> {
  peer.forget()
  await peer.call('GetMonitoringReport', { requestId: 7, ...request })
  return peer.sent('NotifyMonitoringReport').flatMap((page) => page['monitor'] as Row[])
}
const monitorsIn = (rows: readonly Row[]) =>
  rows.flatMap((row) => row['variableMonitoring'] as Row[]).map(({ id }) => id)

describe.each([v201, v21])('monitors of $version', (protocol) => {
  test('[2.0.1 N07.FR.16, FR.02] a threshold that is passed is told, and so is the way back', async () => {
    await open(protocol)
    const id = await monitor(above(5000))
    await charge()
    expect(of(id)).toMatchObject([
      {
        trigger: 'Alerting',
        actualValue: '11000',
        ...power,
        variableMonitoringId: id,
        eventNotificationType: 'CustomMonitor',
        transactionId: peer.actor.variable('transactionId', plug),
      },
    ])
    expect(of(id)[0]).not.toHaveProperty('cleared')
    await pause(true)
    await peer.clock.run(0)
    expect(told()).toEqual(['Alerting 11000', 'Alerting 0 cleared'])
    expect(peer.sent('NotifyEvent').map(({ seqNo }) => seqNo)).toEqual([0, 0])
  })

  test('[2.0.1 N07.FR.17] a lower threshold is passed downwards', async () => {
    await open(protocol)
    await monitor({ ...power, type: 'LowerThreshold', value: 100, severity: 5 })
    expect(told()).toEqual(['Alerting 0'])
    await charge()
    expect(told()).toEqual(['Alerting 0', 'Alerting 11000 cleared'])
  })

  test('[2.0.1 N07.FR.18] power that falls off while nothing else happens moves a Delta monitor', async () => {
    await open(protocol)
    const id = await monitor({ ...power, type: 'Delta', value: 3000, severity: 5 })
    await peer.act(peer.actor.plugIn(plug, { ...ev, soc: 0.79 }))
    await peer.act(peer.actor.start(plug, peer.cancel))
    await peer.clock.run(3 * 3_600_000)
    const values = of(id).map(({ actualValue }) => Number(actualValue))
    expect(values[0]).toBe(11_000)
    for (const [at, value] of values.entries()) {
      const before = at === 0 ? 0 : (values[at - 1] ?? 0)
      expect(Math.abs(value - before)).toBeGreaterThan(3000)
    }
    expect(values.length).toBeGreaterThan(3)
    expect(values.at(-1)).toBeLessThan(3000)
  })

  test('[2.0.1 N07.FR.19] what is no number is told with every change', async () => {
    await open(protocol)
    await monitor({ ...state, type: 'Delta', value: 1, severity: 8 })
    await peer.act(peer.actor.plugIn(plug, ev))
    await peer.act(peer.actor.unplug(plug, peer.cancel))
    expect(told()).toEqual(['Delta Occupied', 'Delta Available'])
  })

  test('[2.0.1 N08.FR.06, FR.07] periodic monitors tell at their interval, and at whole minutes', async () => {
    await open(protocol)
    await peer.clock.run(10_000)
    await monitor({ ...power, type: 'Periodic', value: 45, severity: 8 })
    await monitor({ ...power, type: 'PeriodicClockAligned', value: 60, severity: 8 })
    peer.forget()
    const from = peer.clock.wallMs()
    await peer.clock.run(121_000)
    expect(told()).toEqual(Array.from({ length: 4 }, () => 'Periodic 0'))
    const seconds = events().map((event) => (Date.parse(String(event['timestamp'])) - from) / 1000)
    expect(seconds).toEqual([45, 50, 90, 110])
  })

  test('a value that the CSMS sets is seen at once', async () => {
    await open(protocol, withMonitored)
    const id = await monitor({ ...heartbeat, type: 'Delta', value: 10, severity: 5 })
    await setVariable('OCPPCommCtrlr', 'HeartbeatInterval', '3605')
    await setVariable('OCPPCommCtrlr', 'HeartbeatInterval', '60')
    expect(of(id)).toMatchObject([{ trigger: 'Delta', actualValue: '60' }])
  })

  test('[2.0.1 N07.FR.10] what cannot be read is told without its value', async () => {
    const [component, variable] = ['SecurityCtrlr', 'BasicAuthPassword']
    await open(protocol)
    const password = { component: { name: component }, variable: { name: variable } }
    const id = await monitor({ ...password, type: 'Delta', value: 1, severity: 3 })
    await setVariable(component, variable, 'nobody may see this')
    await peer.clock.run(20_000)
    expect(of(id)).toMatchObject([{ ...password, trigger: 'Delta', actualValue: '' }])
  })

  test('[2.0.1 N04.FR.03 to FR.06, FR.14] what cannot be monitored is not, each for itself', async () => {
    await open(protocol)
    expect(
      await statuses(
        { ...power, component: { name: 'Nothing' }, type: 'Delta', value: 1, severity: 5 },
        {
          ...power,
          component: { name: 'EVSE', evse: { id: 9 } },
          type: 'Delta',
          value: 1,
          severity: 5,
        },
        { ...power, variable: { name: 'Nothing' }, type: 'Delta', value: 1, severity: 5 },
        { ...state, type: 'UpperThreshold', value: 1, severity: 5 },
        { ...heartbeat, type: 'Delta', value: 1, severity: 5 },
        above(22_001),
        above(10_000, 10),
        { ...power, type: 'Delta', value: -1, severity: 5 },
        { ...power, type: 'Periodic', value: 0, severity: 5 },
        above(22_000),
      ),
    ).toEqual([
      'UnknownComponent',
      'UnknownComponent',
      'UnknownVariable',
      'UnsupportedMonitorType',
      'UnsupportedMonitorType',
      'Rejected',
      'Rejected',
      'Rejected',
      'Rejected',
      'Accepted',
    ])
  })

  test.runIf(protocol === v201)('[2.0.1 N04, N05.FR.02] a severity below 0 is none', async () => {
    await open(protocol)
    expect(await statuses(above(10_000, -1))).toEqual(['Rejected'])
    const answer = await peer.call('SetMonitoringLevel', { severity: -1 })
    expect(answer).toMatchObject({ status: 'Rejected' })
  })

  test('[2.0.1 N04.FR.10 to FR.16] ids are given by the station, and only what is the same is replaced', async () => {
    await open(protocol)
    const id = await monitor(above(5000))
    expect(await statuses(above(6000), above(6000, 6))).toEqual(['Duplicate', 'Accepted'])
    expect(
      await statuses(
        { ...above(6000), id: 999 },
        { ...state, type: 'Delta', value: 1, severity: 5, id },
        { ...above(6000, 6), id },
        { ...above(7000), id },
      ),
    ).toEqual(['Rejected', 'Rejected', 'Duplicate', 'Accepted'])
  })

  test('[2.0.1 N07.FR.11, FR.12] a new threshold is looked at, and one that goes clears nothing', async () => {
    await open(protocol)
    await charge()
    peer.forget()
    const id = await monitor(above(12_000))
    expect(told()).toEqual([])
    await monitor({ ...above(5000), id })
    await monitor({ ...above(13_000), id })
    await monitor({ ...above(4000), id })
    expect(told()).toEqual(['Alerting 11000', 'Alerting 11000 cleared', 'Alerting 11000'])
    expect(await clear(id, id, 1)).toEqual(['Accepted', 'NotFound', 'Rejected'])
    await pause(true)
    await peer.clock.run(60_000)
    expect(told()).toHaveLength(3)
  })

  test('[2.0.1 N07.FR.13, FR.14] monitors survive a reboot, which may clear what they told', async () => {
    await open(protocol)
    const id = await monitor(above(5000))
    const periodic = await monitor({ ...power, type: 'Periodic', value: 10, severity: 8 })
    await charge()
    peer.forget()
    peer.station.powerLoss()
    await peer.clock.run(25_000)
    expect(events()).toEqual([])
    peer.station.powerUp()
    await peer.clock.run(15_000)
    expect(of(id)).toMatchObject([{ trigger: 'Alerting', cleared: true, actualValue: '0' }])
    expect(of(periodic)).toHaveLength(1)
    expect(monitorsIn(await report())).toContain(id)
  })

  test('[2.0.1 N07] a fault is told by the hard-wired monitor, at the first and at every later one', async () => {
    await open(protocol)
    await peer.act(peer.actor.fault(plug, { code: 'GroundFailure', info: 'wet' }))
    await peer.act(peer.actor.clearFault(plug))
    const problem = {
      component: { name: 'Connector', evse: { id: 1, connectorId: 1 } },
      variable: { name: 'Problem' },
    }
    const at = {
      ...problem,
      variableMonitoringId: 1,
      eventNotificationType: 'HardWiredMonitor',
      trigger: 'Delta',
    }
    expect(events()).toMatchObject([
      { ...at, actualValue: 'true', techCode: 'GroundFailure', techInfo: 'wet' },
      { ...at, actualValue: 'false', cleared: true },
    ])
    // Of the time that has come, not of the problem.
    peer.forget()
    await monitor({ ...problem, type: 'Periodic', value: 10, severity: 8 })
    await peer.clock.run(10_000)
    expect(events()[0]).not.toHaveProperty('cleared')
    const changed = { ...problem, id: 1, type: 'Delta', value: 1, severity: 9 }
    expect(await statuses(changed)).toEqual(['Rejected'])
  })

  test('[2.0.1 N05] what is less severe than the level is not told, until the level allows it', async () => {
    await open(protocol)
    expect(await peer.call('SetMonitoringLevel', { severity: 10 })).toMatchObject({
      status: 'Rejected',
    })
    expect(await peer.call('SetMonitoringLevel', { severity: 4 })).toEqual({ status: 'Accepted' })
    const silent = await monitor(above(5000, 5))
    const loud = await monitor(above(5000, 4))
    await charge()
    expect([of(silent).length, of(loud).length]).toEqual([0, 1])
    await peer.call('SetMonitoringLevel', { severity: 9 })
    await peer.clock.run(0)
    expect(of(silent)).toHaveLength(1)
  })

  test('[2.0.1 N07.FR.04, N08.FR.03] offline only what is severe waits; the rest is as it then stands', async () => {
    await open(protocol, { configuration: { 'MonitoringCtrlr.OfflineQueuingSeverity': '3' } })
    await peer.act(peer.actor.plugIn(plug, ev))
    const severe = await monitor(above(5000, 3))
    const mild = await monitor(above(5000, 4))
    const periodic = await monitor({ ...power, type: 'Periodic', value: 10, severity: 4 })
    peer.forget()
    peer.cut()
    await peer.act(peer.actor.start(plug, peer.cancel), 1000)
    await pause(true)
    await peer.clock.run(60_000)
    expect(peer.sent('NotifyEvent')).toEqual([])
    const back = peer.clock.wallMs()
    peer.reachable = true
    await peer.clock.run(120_000)
    expect(of(severe).map(({ cleared }) => cleared ?? false)).toEqual([false, true])
    expect(of(mild)).toEqual([])
    const instants = of(periodic).map(({ timestamp }) => Date.parse(String(timestamp)))
    expect(instants.length).toBeGreaterThan(0)
    expect(Math.min(...instants)).toBeGreaterThan(back)
  })

  test('[2.0.1 N04] a monitor of transactions counts only during one', async () => {
    await open(protocol)
    const id = await monitor({
      ...power,
      type: 'Periodic',
      value: 10,
      severity: 8,
      transaction: true,
    })
    await peer.clock.run(60_000)
    expect(of(id)).toEqual([])
    await charge()
    await peer.clock.run(60_000)
    expect(of(id)).toHaveLength(6)
  })

  test('[2.0.1 N03] monitoring bases', async () => {
    await open(protocol)
    const custom = await monitor(above(5000))
    const all = async (monitoringBase: string) => {
      expect(await peer.call('SetMonitoringBase', { monitoringBase })).toEqual({
        status: 'Accepted',
      })
      return monitorsIn(await report())
    }
    expect(await all('All')).toEqual([1, custom, 2, 3])
    // The preconfigured one of power becomes a custom one when it is changed [2.0.1 N04.FR.15].
    await monitor({ ...above(9000, 6), id: 2 })
    expect(await all('All')).toEqual([1, custom, 2, 3])
    expect(await all('FactoryDefault')).toEqual([1, 2, 3])
    expect(await all('HardWiredOnly')).toEqual([1])
    const read = {
      component: { name: 'MonitoringCtrlr' },
      variable: { name: 'ActiveMonitoringBase' },
    }
    expect(await peer.call('GetVariables', { getVariableData: [read] })).toMatchObject({
      getVariableResult: [{ attributeValue: 'HardWiredOnly' }],
    })
  })

  test('preconfigured monitors watch from the first boot on where the station comes with them', async () => {
    await open(protocol, { configuration: { 'MonitoringCtrlr.ActiveMonitoringBase': 'All' } })
    await peer.act(peer.actor.plugIn(plug, ev))
    expect(events()).toMatchObject([
      { ...state, actualValue: 'Occupied', eventNotificationType: 'PreconfiguredMonitor' },
    ])
  })

  test('[2.0.1 N02] reports list what was asked for, in pages', async () => {
    await open(protocol, { configuration: { 'DeviceDataCtrlr.ItemsPerMessage[GetReport]': '2' } })
    const ids = [
      await monitor(above(5000)),
      await monitor({ ...power, type: 'Periodic', value: 600, severity: 8 }),
      await monitor({ ...state, type: 'Delta', value: 1, severity: 8 }),
    ]
    expect(monitorsIn(await report())).toEqual([1, ...ids])
    expect(peer.sent('NotifyMonitoringReport')).toMatchObject([
      { requestId: 7, seqNo: 0, tbc: true },
      { requestId: 7, seqNo: 1, tbc: false },
    ])
    const criteria = (...monitoringCriteria: string[]) => report({ monitoringCriteria })
    expect(monitorsIn(await criteria('ThresholdMonitoring'))).toEqual([ids[0]])
    expect(monitorsIn(await criteria('PeriodicMonitoring', 'DeltaMonitoring'))).toEqual([
      1,
      ids[1],
      ids[2],
    ])
    const evse = { component: { name: 'EVSE' } }
    expect(monitorsIn(await report({ componentVariable: [evse] }))).toEqual(ids)
    expect(monitorsIn(await report({ componentVariable: [state] }))).toEqual([ids[2]])
    const both = { componentVariable: [evse], monitoringCriteria: ['DeltaMonitoring'] }
    expect(monitorsIn(await report(both))).toEqual([ids[2]])
  })

  test('[2.0.1 N02.FR.10] nothing to report is said so', async () => {
    await open(protocol)
    expect(
      await peer.call('GetMonitoringReport', {
        requestId: 1,
        monitoringCriteria: ['ThresholdMonitoring'],
      }),
    ).toMatchObject({ status: 'EmptyResultSet' })
    expect(peer.actions()).toEqual([])
  })

  test('[2.0.1 N04.FR.09, N06.FR.06, FR.07] too much at a time is refused', async () => {
    await open(protocol)
    const many = (count: number) => Array.from({ length: count }, (_, at) => at + 100)
    expect(await peer.outcome('ClearVariableMonitoring', { id: many(33) })).toMatchObject({
      kind: 'error',
      code: 'OccurrenceConstraintViolation',
    })
    const setMonitoringData = many(33).map((id) => ({ ...above(1), id }))
    expect(await peer.outcome('SetVariableMonitoring', { setMonitoringData })).toMatchObject({
      kind: 'error',
      code: 'OccurrenceConstraintViolation',
    })
  })

  test('there is room for so many custom monitors', async () => {
    await open(protocol, { configuration: { 'MonitoringCtrlr.MaxCustomMonitors': '1' } })
    expect(await statuses(above(5000), above(6000, 6))).toEqual(['Accepted', 'Rejected'])
  })

  test('switched off, nothing is told and nothing can be set', async () => {
    await open(protocol)
    const id = await monitor({ ...power, type: 'Periodic', value: 10, severity: 8 })
    await setVariable('MonitoringCtrlr', 'Enabled', 'false')
    expect(await statuses(above(5000))).toEqual(['Rejected'])
    expect(await peer.call('SetMonitoringBase', { monitoringBase: 'All' })).toMatchObject({
      status: 'Rejected',
    })
    await peer.clock.run(60_000)
    expect(of(id)).toEqual([])
    await setVariable('MonitoringCtrlr', 'Enabled', 'true')
    await peer.clock.run(11_000)
    expect(of(id)).toHaveLength(1)
  })

  test('when the run is over no timer is left', async () => {
    await open(protocol)
    await monitor({ ...power, type: 'Periodic', value: 10, severity: 8 })
    await monitor(above(5000))
    peer.station.stop({ graceful: true })
    await peer.clock.run(3_600_000)
    expect(peer.clock.pending).toBe(0)
    expect(events()).toEqual([])
  })
})

describe('monitors of 2.1 only', () => {
  test('[2.1 EventDataType.severity, VariableMonitoringType.eventNotificationType]', async () => {
    await open(v21)
    const id = await monitor(above(5000))
    await charge()
    expect(of(id)).toMatchObject([{ severity: 5 }])
    expect(await report()).toMatchObject([
      { variableMonitoring: [{ id: 1, eventNotificationType: 'HardWiredMonitor' }] },
      { variableMonitoring: [{ id, eventNotificationType: 'CustomMonitor' }] },
    ])
  })

  test('[2.1 N04] a fan that strays from its target is told once; 2.0.1 has no such monitor', async () => {
    await open(v21)
    const component = { name: 'AirCoolingSystem', evse: evse1 }
    const target = { component, variable: { name: 'FanSpeed' }, attributeType: 'Target' }
    await peer.call('SetVariables', { setVariableData: [{ ...target, attributeValue: '1500' }] })
    await charge()
    expect(
      await statuses(
        { ...fan, type: 'TargetDelta', value: 100, severity: 5 },
        { ...fan, type: 'TargetDeltaRelative', value: 0.1, severity: 5 },
        { ...power, type: 'TargetDelta', value: 100, severity: 5 },
      ),
    ).toEqual(['Accepted', 'Accepted', 'UnsupportedMonitorType'])
    expect(told()).toEqual([])
    await pause(true)
    await peer.clock.run(60_000)
    expect(told()).toEqual(['Delta 0', 'Delta 0'])
    for (const on of [false, true]) {
      await pause(on)
      await peer.clock.run(0)
    }
    expect(told()).toHaveLength(4)
  })
})

describe('periodic event streams [2.1 N11 to N15]', () => {
  const streamed = (params: object) => ({
    ...power,
    type: 'Periodic',
    value: 1,
    severity: 5,
    periodicEventStream: params,
  })
  const sends = () => peer.sent('NotifyPeriodicEventStream')
  const sizes = () => sends().map(({ data }) => (data as Row[]).length)
  const streams = async () =>
    ((await peer.call('GetPeriodicEventStream', {}))['constantStreamData'] ?? []) as Row[]

  test('[2.1 N11, N12, N15] values go together, and nothing is told of them besides', async () => {
    await open(v21)
    const id = await monitor(streamed({ interval: 10, values: 30 }))
    const [offered] = peer.sent('OpenPeriodicEventStream')
    expect(offered).toEqual({
      constantStreamData: { id: 1, variableMonitoringId: id, params: { interval: 10, values: 30 } },
    })
    expect(await streams()).toEqual([offered?.['constantStreamData']])
    await peer.clock.run(20_000)
    expect(sizes().reduce((sum, size) => sum + size)).toBeGreaterThanOrEqual(19)
    expect(sizes()).toHaveLength(2)
    const [first] = sends()
    expect(first).toMatchObject({ id: 1, pending: 0 })
    const data = first?.['data'] as { t: number; v: string }[]
    expect(data.map(({ t }) => t)).toEqual(data.map((_, at) => at))
    expect(data[0]?.v).toBe('0')
    expect(peer.sent('NotifyEvent')).toEqual([])
  })

  test('[2.1 N15.FR.07, FR.08] so many values are sent as soon as they are there', async () => {
    await open(v21)
    await monitor(streamed({ values: 3 }))
    await peer.clock.run(10_000)
    expect(sizes()).toEqual([3, 3, 3])
  })

  test('with neither, each value is sent at once', async () => {
    await open(v21)
    await monitor(streamed({}))
    await peer.clock.run(3000)
    expect(sizes()).toEqual([1, 1, 1])
  })

  test('[2.1 N11] refused, the monitor tells NotifyEvents', async () => {
    await open(v21)
    peer.answers.set('OpenPeriodicEventStream', () => ({ status: 'Rejected' }))
    const id = await monitor(streamed({ interval: 10 }))
    await peer.clock.run(11_000)
    expect(of(id).length).toBeGreaterThanOrEqual(10)
    expect(sends()).toEqual([])
    expect(await streams()).toEqual([])
  })

  test('[2.1 N13] it ends with its monitor, with a monitor that wants none, and with the base', async () => {
    await open(v21)
    const closed = () => peer.sent('ClosePeriodicEventStream').map(({ id }) => id)
    const id = await monitor(streamed({ interval: 10 }))
    await peer.clock.run(4500)
    const { periodicEventStream: _, ...plain } = streamed({})
    await monitor({ ...plain, id })
    await peer.clock.run(0)
    expect([sizes(), closed()]).toEqual([[4], [1]])
    await peer.clock.run(2500)
    expect(of(id)).toHaveLength(2)
    await monitor({ ...streamed({ interval: 10 }), id })
    await clear(id)
    await peer.clock.run(0)
    expect(closed()).toEqual([1, 2])
    await monitor(streamed({ interval: 10 }))
    await peer.call('SetMonitoringBase', { monitoringBase: 'HardWiredOnly' })
    await peer.clock.run(60_000)
    expect(closed()).toEqual([1, 2, 3])
    expect(sizes()).toEqual([4])
  })

  test('[2.1 N14] the CSMS changes how often it sends', async () => {
    await open(v21)
    await monitor(streamed({ interval: 10 }))
    expect(
      await peer.call('AdjustPeriodicEventStream', { id: 9, params: { interval: 1 } }),
    ).toMatchObject({ status: 'Rejected' })
    expect(
      await peer.call('AdjustPeriodicEventStream', { id: 1, params: { interval: 15 } }),
    ).toEqual({
      status: 'Accepted',
    })
    await peer.clock.run(46_000)
    expect(sizes()).toHaveLength(3)
    expect(await streams()).toMatchObject([{ params: { interval: 15 } }])
  })

  test('only periodic monitors stream, and only so many', async () => {
    await open(v21, { configuration: { 'MonitoringCtrlr.MaxPeriodicEventStreams': '1' } })
    const stream = { periodicEventStream: { interval: 10 } }
    expect(
      await statuses({ ...above(5000), ...stream }, streamed({}), {
        ...streamed({}),
        severity: 6,
      }),
    ).toEqual(['Rejected', 'Accepted', 'Rejected'])
  })

  test('without network values wait if they are severe enough, and after a boot it is offered anew', async () => {
    await open(v21, { configuration: { 'MonitoringCtrlr.OfflineQueuingSeverity': '5' } })
    await monitor(streamed({ interval: 10 }))
    peer.cut()
    await peer.clock.run(60_000)
    expect(sends()).toEqual([])
    peer.reachable = true
    await peer.clock.run(120_000)
    expect(sizes()[0]).toBeGreaterThanOrEqual(60)
    peer.forget()
    peer.station.powerLoss()
    peer.station.powerUp()
    await peer.clock.run(11_000)
    expect(peer.sent('OpenPeriodicEventStream')).toMatchObject([{ constantStreamData: { id: 1 } }])
    expect(sizes()).toHaveLength(1)
  })
})
