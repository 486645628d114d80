import { afterEach, describe, expect, test } from 'vitest'
import {
  above,
  charge,
  clear,
  events,
  evse1,
  fan,
  heartbeat,
  monitor,
  monitorsIn,
  of,
  open,
  pause,
  peer,
  power,
  report,
  setVariable,
  state,
  statuses,
  told,
  v21,
  v201,
  withMonitored,
} from '../../../../../test/helpers/monitored-peer.ts'
import { ev, plug } from '../../../../../test/helpers/station-peer.ts'

afterEach(() => expect(peer.findings).toEqual([]))

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
