import { describe, expect, test } from 'vitest'
import { memoryCsms } from '../../../../test/helpers/memory-csms.ts'
import type { OcppVersion } from '../../../ocpp/version.ts'
import { eventsOf } from '../../domain/station-events.ts'

const now = '2026-01-01T00:00:00.000Z'
const power = { component: { name: 'EVSE', evse: { id: 1 } }, variable: { name: 'Power' } }

async function lab(version: OcppVersion = 'ocpp2.1') {
  const csms = memoryCsms()
  const peer = await csms.boot('CS1', version)
  const record = () => {
    const found = csms.store.stations.get('CS1')
    if (!found) throw new Error('CS1 is not known')
    return found
  }
  /** The CSMS calls, the station answers. */
  const command = async (action: string, payload: object, answer: object) => {
    peer.serve = () => answer
    const sent = csms.commander.send('CS1', action, payload)
    await csms.clock.run(0)
    return sent
  }
  const tell = (action: string, payload: object) => peer.ask(action, payload)
  return { csms, peer, record, command, tell }
}

const event = (eventId: number, more: object = {}) => ({
  eventId,
  timestamp: now,
  trigger: 'Alerting',
  actualValue: '11000',
  eventNotificationType: 'CustomMonitor',
  ...power,
  ...more,
})
const set = (id: number, more: object = {}) => ({
  request: { ...power, type: 'UpperThreshold', value: 5000, severity: 4, ...more },
  result: { ...power, id, status: 'Accepted', type: 'UpperThreshold', severity: 4, ...more },
})

describe.each(['ocpp2.0.1', 'ocpp2.1'] as const)('diagnostics of %s', (version) => {
  test('[2.0.1 N07.FR.03] events are answered and remembered, secrets left out', async () => {
    const { csms, record, tell } = await lab(version)
    const password = {
      component: { name: 'SecurityCtrlr' },
      variable: { name: 'BasicAuthPassword' },
      trigger: 'Delta',
      actualValue: 'never tell anybody',
    }
    const eventData = [
      event(1, { variableMonitoringId: 7, techCode: 'E1', transactionId: 'T' }),
      event(2, { cleared: true }),
      event(3, password),
    ]
    expect(await tell('NotifyEvent', { generatedAt: now, seqNo: 0, eventData })).toEqual({})
    expect(csms.events.at(-1)).toMatchObject({
      type: 'notified',
      payload: { eventData: [{}, {}, { ...password, actualValue: '***' }] },
    })
    expect(record().events).toEqual([
      {
        eventId: 1,
        timestamp: now,
        receivedAt: now,
        trigger: 'Alerting',
        ...power,
        actualValue: '11000',
        techCode: 'E1',
        transactionId: 'T',
        monitorId: 7,
        kind: 'CustomMonitor',
      },
      expect.objectContaining({ eventId: 2, cleared: true }),
      expect.not.objectContaining({ actualValue: expect.anything() }),
    ])
    expect(JSON.stringify(record())).not.toContain('never tell')
    expect(record().variables['EVSE@1/Power']?.attributes['Actual']).toBe('11000')
  })

  test('only the latest events are kept, and an operator asks for some of them', async () => {
    const { record, tell } = await lab(version)
    for (let eventId = 1; eventId <= 105; eventId += 1) {
      const eventData = [event(eventId, { variableMonitoringId: eventId % 2 })]
      await tell('NotifyEvent', { generatedAt: now, seqNo: 0, eventData })
    }
    const all = eventsOf(record(), {})
    expect([all.length, all[0]?.eventId]).toEqual([100, 6])
    expect(eventsOf(record(), { monitorId: 1 })).toHaveLength(50)
    expect(eventsOf(record(), { component: 'EVSE', variable: 'Current' })).toEqual([])
  })

  test('[2.0.1 G01] a status is a connector’s, and an event only where a monitor told it', async () => {
    const { record, tell } = await lab(version)
    const status = {
      component: { name: 'Connector', evse: { id: 1, connectorId: 2 } },
      variable: { name: 'AvailabilityState' },
      trigger: 'Delta',
      actualValue: 'Occupied',
    }
    const eventData = [
      event(1, { ...status, eventNotificationType: 'HardWiredNotification' }),
      event(2, { ...status, variableMonitoringId: 3 }),
    ]
    await tell('NotifyEvent', { generatedAt: now, seqNo: 0, eventData })
    expect(record().connectors).toMatchObject([{ evseId: 1, connectorId: 2, status: 'Occupied' }])
    expect(record().events).toMatchObject([{ eventId: 2 }])
  })

  test('[2.0.1 N04, N06] monitors are known by what the station answered', async () => {
    const { record, command } = await lab(version)
    const [one, two, three] = [set(4), set(5, { severity: 6 }), set(6, { severity: 7 })]
    await command(
      'SetVariableMonitoring',
      { setMonitoringData: [one.request, two.request, three.request] },
      {
        setMonitoringResult: [
          one.result,
          { ...two.result, id: undefined, status: 'Duplicate' },
          three.result,
        ],
      },
    )
    const ids = () => record().monitoring?.monitors.map(({ id }) => id)
    expect(record().monitoring?.monitors[0]).toEqual({
      id: 4,
      ...power,
      type: 'UpperThreshold',
      value: 5000,
      severity: 4,
      transaction: false,
      kind: 'CustomMonitor',
      knownAt: now,
    })
    expect(ids()).toEqual([4, 6])
    await command(
      'ClearVariableMonitoring',
      { id: [4, 6] },
      {
        clearMonitoringResult: [
          { id: 4, status: 'Accepted' },
          { id: 6, status: 'Rejected' },
        ],
      },
    )
    expect(ids()).toEqual([6])
  })

  test('an event has the severity of its monitor where the station does not tell it', async () => {
    const { record, command, tell } = await lab(version)
    const { request, result } = set(4, { severity: 2 })
    await command(
      'SetVariableMonitoring',
      { setMonitoringData: [request] },
      { setMonitoringResult: [result] },
    )
    const eventData = [event(1, { variableMonitoringId: 4 }), event(2)]
    await tell('NotifyEvent', { generatedAt: now, seqNo: 0, eventData })
    expect(record().events?.map(({ severity }) => severity)).toEqual([2, undefined])
  })

  test('[2.0.1 N02, N03, N05] base, level and a report of all monitors', async () => {
    const { record, command, tell } = await lab(version)
    const { request, result } = set(40)
    await command(
      'SetVariableMonitoring',
      { setMonitoringData: [request] },
      { setMonitoringResult: [result] },
    )
    await command('SetMonitoringLevel', { severity: 5 }, { status: 'Accepted' })
    await command('GetMonitoringReport', { requestId: 3 }, { status: 'Accepted' })
    const reported = (id: number, severity: number) => ({
      ...power,
      variableMonitoring: [
        {
          id,
          transaction: false,
          value: 1,
          type: 'Delta',
          severity,
          ...(version === 'ocpp2.1' && { eventNotificationType: 'PreconfiguredMonitor' }),
        },
      ],
    })
    const part = (seqNo: number, tbc: boolean, monitor: object) =>
      tell('NotifyMonitoringReport', {
        requestId: 3,
        generatedAt: now,
        seqNo,
        tbc,
        monitor: [monitor],
      })
    expect(await part(0, true, reported(1, 6))).toEqual({})
    await part(1, false, reported(2, 7))
    const kind = version === 'ocpp2.1' ? 'PreconfiguredMonitor' : undefined
    expect(record().monitoring).toMatchObject({ level: 5, monitors: [{ id: 1 }, { id: 2, kind }] })
    await command('SetMonitoringBase', { monitoringBase: 'HardWiredOnly' }, { status: 'Accepted' })
    expect(record().monitoring).toEqual({ base: 'HardWiredOnly', level: 5, monitors: [] })
  })

  test('a report of some monitors says nothing of the others; an empty one of all does', async () => {
    const { record, command, tell } = await lab(version)
    const { request, result } = set(4)
    await command(
      'SetVariableMonitoring',
      { setMonitoringData: [request] },
      { setMonitoringResult: [result] },
    )
    const monitoringCriteria = ['DeltaMonitoring']
    await command(
      'GetMonitoringReport',
      { requestId: 1, monitoringCriteria },
      { status: 'Accepted' },
    )
    await tell('NotifyMonitoringReport', { requestId: 1, generatedAt: now, seqNo: 0 })
    expect(record().monitoring?.monitors).toHaveLength(1)
    await command('GetMonitoringReport', { requestId: 2 }, { status: 'EmptyResultSet' })
    expect(record().monitoring?.monitors).toEqual([])
  })

  test('[2.0.1 N06.FR.04] more ids than the station takes go in several messages', async () => {
    const { csms, peer, record, command } = await lab(version)
    const items = {
      component: { name: 'MonitoringCtrlr' },
      variable: { name: 'ItemsPerMessage', instance: 'ClearVariableMonitoring' },
    }
    await command(
      'GetVariables',
      { getVariableData: [items] },
      { getVariableResult: [{ ...items, attributeStatus: 'Accepted', attributeValue: '2' }] },
    )
    const asked: unknown[] = []
    peer.serve = (_action, payload) => {
      const { id: ids } = payload as { readonly id: readonly number[] }
      asked.push(ids)
      return { clearMonitoringResult: ids.map((id) => ({ id, status: 'NotFound' })) }
    }
    const sent = csms.commander.send('CS1', 'ClearVariableMonitoring', { id: [1, 2, 3] })
    await csms.clock.run(0)
    expect(asked).toEqual([[1, 2], [3]])
    expect(await sent).toMatchObject({ status: 'answered' })
    expect(record().monitoring).toBeUndefined()
  })

  test('[2.0.1 N09, N10] customer information is gathered by request', async () => {
    const { record, command, tell } = await lab(version)
    const idToken = { idToken: 'T', type: 'ISO14443' }
    const request = { requestId: 9, idToken, report: true, clear: true }
    await command('CustomerInformation', { ...request, requestId: 8 }, { status: 'Rejected' })
    expect(record().customerInformation).toBeUndefined()
    await command('CustomerInformation', request, { status: 'Accepted' })
    const part = (seqNo: number, data: string, tbc: boolean) =>
      tell('NotifyCustomerInformation', { requestId: 9, generatedAt: now, seqNo, tbc, data })
    expect(await part(0, 'one ', true)).toEqual({})
    expect(record().customerInformation?.[0]?.complete).toBe(false)
    await part(1, 'two', false)
    expect(record().customerInformation).toEqual([
      { requestId: 9, orderedAt: now, report: true, clear: true, text: 'one two', complete: true },
    ])
  })

  test.runIf(version === 'ocpp2.1')('[2.1 N01] why an upload failed is kept', async () => {
    const { record, tell } = await lab(version)
    const statusInfo = { reasonCode: 'Unspecified', additionalInfo: 'disk full' }
    await tell('LogStatusNotification', { status: 'UploadFailure', requestId: 2, statusInfo })
    expect(record().logs).toMatchObject([
      { progress: [{ status: 'UploadFailure', reason: 'disk full' }] },
    ])
  })

  test('[2.0.1 N01] logs and their statuses, each by its request', async () => {
    const { record, command, tell } = await lab(version)
    const get = (requestId: number, status: string) =>
      command(
        'GetLog',
        {
          requestId,
          logType: 'DiagnosticsLog',
          log: { remoteLocation: 'http://me:secret@files.example/' },
        },
        { status, filename: `${requestId}.log` },
      )
    await get(1, 'Rejected')
    expect(record().logs).toBeUndefined()
    await get(2, 'Accepted')
    await tell('LogStatusNotification', { status: 'Uploading', requestId: 2 })
    await get(3, 'AcceptedCanceled')
    await tell('LogStatusNotification', { status: 'AcceptedCanceled', requestId: 2 })
    await tell('LogStatusNotification', { status: 'Uploaded', requestId: 3 })
    await tell('LogStatusNotification', { status: 'Idle' })
    expect(record().logs).toMatchObject([
      { requestId: 2, fileName: '2.log', status: 'AcceptedCanceled' },
      { requestId: 3, fileName: '3.log', status: 'Uploaded', location: 'http://files.example/' },
    ])
  })
})

describe('periodic event streams [2.1 N11 to N15]', () => {
  const stream = (id: number, params: object = { interval: 10 }) => ({
    constantStreamData: { id, variableMonitoringId: 4, params },
  })

  test('are taken, filled without an answer, adjusted and closed', async () => {
    const { csms, peer, record, command, tell } = await lab()
    expect(await tell('OpenPeriodicEventStream', stream(1))).toEqual({ status: 'Accepted' })
    const heard = peer.heard.length
    const data = [
      { t: 0, v: '1' },
      { t: 1.5, v: '2' },
    ]
    const values = { id: 1, pending: 0, basetime: now, data }
    peer.socket.send(JSON.stringify([6, 'x', 'NotifyPeriodicEventStream', values]))
    await csms.clock.run(0)
    expect(peer.heard).toHaveLength(heard)
    await command(
      'AdjustPeriodicEventStream',
      { id: 1, params: { interval: 5 } },
      { status: 'Accepted' },
    )
    expect(record().eventStreams).toEqual([
      {
        id: 1,
        monitorId: 4,
        params: { interval: 5 },
        openedAt: now,
        received: 2,
        values: [
          { at: now, value: '1' },
          { at: '2026-01-01T00:00:01.500Z', value: '2' },
        ],
      },
    ])
    expect(await tell('ClosePeriodicEventStream', { id: 1 })).toEqual({})
    peer.socket.send(JSON.stringify([6, 'y', 'NotifyPeriodicEventStream', values]))
    expect(record().eventStreams).toMatchObject([{ closedAt: now, received: 2 }])
  })

  test('a value from no year is left out, and those beside it are kept', async () => {
    const { csms, peer, record, tell } = await lab()
    await tell('OpenPeriodicEventStream', stream(1))
    const data = [1e300, -1e300, 1e12, 0].map((t) => ({ t, v: String(t) }))
    const values = { id: 1, pending: 0, basetime: now, data }
    peer.socket.send(JSON.stringify([6, 'x', 'NotifyPeriodicEventStream', values]))
    await csms.clock.run(0)
    expect(record().eventStreams?.[0]?.values).toEqual([{ at: now, value: '0' }])
  })

  test('too many are refused; those that the station does not list are closed', async () => {
    const { record, command, tell } = await lab()
    for (let id = 1; id <= 32; id += 1) await tell('OpenPeriodicEventStream', stream(id))
    expect(await tell('OpenPeriodicEventStream', stream(33))).toEqual({ status: 'Rejected' })
    expect(await tell('OpenPeriodicEventStream', stream(2))).toEqual({ status: 'Accepted' })
    const { constantStreamData } = stream(2)
    await command('GetPeriodicEventStream', {}, { constantStreamData: [constantStreamData] })
    const open = record().eventStreams?.filter(({ closedAt }) => closedAt === undefined)
    expect(open?.map(({ id }) => id)).toEqual([2])
  })

  test('[2.1 N12] what the station lists is known, and as it is', async () => {
    const { record, command, tell } = await lab()
    await tell('OpenPeriodicEventStream', stream(1))
    const constantStreamData = [stream(1, { values: 9 }), stream(7)].map(
      (one) => one.constantStreamData,
    )
    await command('GetPeriodicEventStream', {}, { constantStreamData })
    expect(record().eventStreams).toMatchObject([
      { id: 1, params: { values: 9 } },
      { id: 7, monitorId: 4, params: { interval: 10 }, openedAt: now, received: 0 },
    ])
    expect(await tell('ClosePeriodicEventStream', { id: 7 })).toEqual({})
    await command('GetPeriodicEventStream', {}, { constantStreamData })
    const open = record().eventStreams?.filter(({ closedAt }) => closedAt === undefined)
    expect(open?.map(({ id }) => id)).toEqual([1, 7])
  })
})
