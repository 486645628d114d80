import { afterEach, describe, expect, test } from 'vitest'
import {
  above,
  clear,
  monitor,
  of,
  open,
  peer,
  power,
  type Row,
  statuses,
  v21,
} from '../../../../../test/helpers/monitored-peer.ts'

afterEach(() => expect(peer.findings).toEqual([]))

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
