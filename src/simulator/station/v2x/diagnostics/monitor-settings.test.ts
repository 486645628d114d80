import { afterEach, describe, expect, test } from 'vitest'
import {
  above,
  events,
  heartbeat,
  monitor,
  monitorsIn,
  of,
  open,
  peer,
  power,
  report,
  setVariable,
  state,
  statuses,
  v21,
  v201,
} from '../../../../../test/helpers/monitored-peer.ts'
import { ev, plug } from '../../../../../test/helpers/station-peer.ts'

afterEach(() => expect(peer.findings).toEqual([]))

describe.each([v201, v21])('the monitors of $version that stand', (protocol) => {
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
})
