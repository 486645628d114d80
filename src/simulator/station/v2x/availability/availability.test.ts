import { afterEach, describe, expect, test } from 'vitest'
import { ac, Bench2x, second, versions2x } from '../../../../../test/helpers/bench-2x.ts'

const two = { evses: [ac, { ...ac, connectors: ['cCCS2', 'cType2'] }] }

let bench: Bench2x
afterEach(() => expect(bench.findings).toEqual([]))

const change = (operationalStatus: string, evse?: object) =>
  bench.call('ChangeAvailability', { operationalStatus, ...(evse && { evse }) })

describe.each(versions2x)('ChangeAvailability of a station of %s', (version) => {
  test('[2.0.1 G03, G04] of the station, an EVSE and a connector, each with a state of its own', async () => {
    bench = await Bench2x.open(version, two)
    expect(await change('Inoperative', { id: 2, connectorId: 2 })).toEqual({ status: 'Accepted' })
    expect(await change('Inoperative', { id: 2 })).toEqual({ status: 'Accepted' })
    expect(await change('Inoperative')).toEqual({ status: 'Accepted' })
    expect(await change('Operative')).toEqual({ status: 'Accepted' })
    expect(await change('Operative', { id: 2 })).toEqual({ status: 'Accepted' })
    expect(bench.statuses()).toEqual([
      '2.2 Unavailable',
      '2.1 Unavailable',
      '1.1 Unavailable',
      '1.1 Available',
      '2.1 Available',
    ])
  })

  test('[2.0.1 G03.FR.03] to the state that it has is Accepted, and nothing is told', async () => {
    bench = await Bench2x.open(version, two)
    expect(await change('Operative')).toEqual({ status: 'Accepted' })
    await change('Inoperative', { id: 1 })
    bench.forget()
    expect(await change('Inoperative', { id: 1 })).toEqual({ status: 'Accepted' })
    expect(bench.actions()).toEqual([])
  })

  test('[2.0.1 G03] of what is not there is Rejected', async () => {
    bench = await Bench2x.open(version, two)
    expect(await change('Operative', { id: 7 })).toMatchObject({
      status: 'Rejected',
      statusInfo: { reasonCode: 'UnknownEvse' },
    })
    expect(await change('Operative', { id: 1, connectorId: 2 })).toMatchObject({
      status: 'Rejected',
      statusInfo: { reasonCode: 'UnknownConnectorId' },
    })
  })

  test('[2.0.1 G03.FR.05, G04.FR.06] waits for the end of a transaction; what is idle changes at once', async () => {
    bench = await Bench2x.open(version, two)
    await bench.charging()
    expect(await change('Inoperative')).toEqual({ status: 'Scheduled' })
    expect(bench.statuses()).toEqual(['2.1 Unavailable', '2.2 Unavailable'])
    await bench.stop()
    expect(bench.statuses().slice(2)).toEqual(['1.1 Unavailable'])
  })

  test('[2.0.1 G03.FR.05] what is scheduled may be called off', async () => {
    bench = await Bench2x.open(version)
    await bench.charging()
    expect(await change('Inoperative', { id: 1 })).toEqual({ status: 'Scheduled' })
    expect(await change('Operative', { id: 1 })).toEqual({ status: 'Accepted' })
    await bench.stop()
    await bench.unplug()
    expect(bench.statuses()).toEqual(['1.1 Available'])
  })

  test('[2.0.1 G03.FR.05] a driver without a cable yet is a transaction, too', async () => {
    bench = await Bench2x.open(version, { txStartPoint: ['Authorized'] })
    await bench.authorize('CARD')
    expect(await change('Inoperative', { id: 1 })).toEqual({ status: 'Scheduled' })
    await bench.plugIn()
    await bench.stop()
    expect(bench.statuses()).toEqual(['1.1 Occupied', '1.1 Unavailable'])
  })

  test.each(['EVConnected', 'PowerPathClosed'] as const)(
    '[2.0.1 G03] nobody begins a transaction on what is out of service, started by %s',
    async (startPoint) => {
      bench = await Bench2x.open(version, { txStartPoint: [startPoint] })
      const remote = { remoteStartId: 1, idToken: { idToken: 'REMOTE', type: 'Central' } }
      expect(await bench.call('RequestStartTransaction', remote)).toEqual({ status: 'Accepted' })
      expect(await change('Inoperative', { id: 1 })).toEqual({ status: 'Accepted' })
      await bench.plugIn()
      expect(bench.events()).toEqual([])
      expect(bench.station.evses[0]?.energized).toBe(false)
      await change('Operative', { id: 1 })
      expect(bench.statuses()).toEqual(['1.1 Unavailable', '1.1 Occupied'])
      await bench.authorize('CARD')
      await bench.start()
      expect(bench.events()[0]).toBe('Started Authorized')
    },
  )

  test('[2.0.1 G03.FR.06] one connector has a fault, the others of its EVSE are Unavailable', async () => {
    bench = await Bench2x.open(version, two)
    await bench.fault('OtherError', { evse: 2, connector: 2 })
    expect(bench.statuses()).toEqual(['2.1 Unavailable', '2.2 Faulted'])
    const states = await bench.call('GetVariables', {
      getVariableData: [{ name: 'EVSE', evse: { id: 2 } }, { name: 'ChargingStation' }].map(
        (component) => ({ component, variable: { name: 'AvailabilityState' } }),
      ),
    })
    expect(states).toMatchObject({
      getVariableResult: [{ attributeValue: 'Faulted' }, { attributeValue: 'Available' }],
    })
    await bench.clearFault(second)
    expect(bench.statuses().slice(2)).toEqual(['2.1 Available', '2.2 Available'])
  })

  test('[2.0.1 G03.FR.07] an EVSE can be used while one of its connectors can', async () => {
    bench = await Bench2x.open(version, two)
    await change('Inoperative', { id: 2, connectorId: 1 })
    const states = await bench.call('GetVariables', {
      getVariableData: [
        {
          component: { name: 'EVSE', evse: { id: 2 } },
          variable: { name: 'AvailabilityState' },
        },
      ],
    })
    expect(states).toMatchObject({ getVariableResult: [{ attributeValue: 'Available' }] })
  })

  test('[2.0.1 G03.FR.08] outlives a reboot', async () => {
    bench = await Bench2x.open(version, two)
    await change('Inoperative', { id: 1 })
    bench.forget()
    await bench.call('Reset', { type: 'Immediate' })
    await bench.clock.run(10_000)
    expect(bench.statuses()).toEqual(['1.1 Unavailable', '2.1 Available', '2.2 Available'])
  })
})

describe.each(versions2x)('connectors told by NotifyEvent, %s', (version) => {
  const told = () =>
    bench.sent('NotifyEvent').map(({ eventData }) =>
      (
        eventData as readonly {
          readonly actualValue: string
          readonly component: { readonly evse: { id: number; connectorId: number } }
        }[]
      ).map(
        ({ actualValue, component: { evse } }) => `${evse.id}.${evse.connectorId} ${actualValue}`,
      ),
    )

  test('[2.1 G01.FR.03, FR.04] what changed at once is one message', async () => {
    const report = { 'ChargingStation.AvailabilityReport': 'NotifyEvent' }
    bench = await Bench2x.open(version, two, report)
    await bench.plugIn(second)
    await bench.unplug(second)
    await change('Inoperative')
    expect(told()).toEqual([
      ['2.1 Occupied'],
      ['2.1 Available'],
      ['1.1 Unavailable', '2.1 Unavailable', '2.2 Unavailable'],
    ])
    expect(bench.sent('StatusNotification')).toEqual([])
    expect(bench.sent('NotifyEvent')[0]).toMatchObject({
      seqNo: 0,
      eventData: [
        {
          trigger: 'Delta',
          component: { name: 'Connector' },
          variable: { name: 'AvailabilityState' },
          eventNotificationType: 'HardWiredNotification',
        },
      ],
    })
  })

  test('[2.1 G01] the CSMS may choose, and a triggered StatusNotification is one', async () => {
    bench = await Bench2x.open(version, two)
    await bench.call('SetVariables', {
      setVariableData: [
        {
          component: { name: 'ChargingStation' },
          variable: { name: 'AvailabilityReport' },
          attributeValue: 'NotifyEvent',
        },
      ],
    })
    await bench.call('Reset', { type: 'Immediate' })
    await bench.clock.run(10_000)
    expect(told()).toEqual([['1.1 Available', '2.1 Available', '2.2 Available']])
    await bench.call('TriggerMessage', {
      requestedMessage: 'StatusNotification',
      evse: { id: 2, connectorId: 2 },
    })
    expect(bench.statuses()).toEqual(['2.2 Available'])
  })
})

test.each(versions2x)(
  '[2.0.1 G05] a lock that fails is told as its Problem, %s',
  async (version) => {
    bench = await Bench2x.open(version, { evses: [{ ...ac, connectors: ['sType2'] }] })
    await bench.plugIn()
    await bench.fault('ConnectorLockFailure')
    expect(await bench.start()).toMatchObject({ ok: false })
    expect(bench.events()).toEqual([])
    const told = bench
      .sent('NotifyEvent')
      .flatMap(({ eventData }) => eventData as readonly object[])
    expect(told[0]).toMatchObject({
      trigger: 'Delta',
      component: { name: 'ConnectorPlugRetentionLock', evse: { id: 1, connectorId: 1 } },
      variable: { name: 'Problem' },
      actualValue: 'true',
      eventNotificationType: 'HardWiredMonitor',
    })
  },
)
