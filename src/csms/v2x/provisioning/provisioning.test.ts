import { describe, expect, test } from 'vitest'
import type { BareStation } from '../../../../test/helpers/bare-station.ts'
import { memoryCsms } from '../../../../test/helpers/memory-csms.ts'
import type { OcppVersion } from '../../../ocpp/version.ts'
import { variablesOf } from '../../domain/variables.ts'

const versions = ['ocpp2.0.1', 'ocpp2.1'] as const
const generatedAt = '2026-01-01T00:00:00.000Z'
const accepted = { status: 'Accepted' }

const entry = (component: object, variable: object, value?: string, mutability = 'ReadWrite') => ({
  component,
  variable,
  variableAttribute: [{ ...(value !== undefined && { value }), mutability }],
  variableCharacteristics: { dataType: 'string', supportsMonitoring: false },
})
const interval = entry({ name: 'OCPPCommCtrlr' }, { name: 'HeartbeatInterval' }, '300')
const power = entry({ name: 'EVSE', evse: { id: 1 } }, { name: 'Power' }, '0', 'ReadOnly')
const itemsPerMessage = (action: string, value: string) =>
  entry(
    { name: 'DeviceDataCtrlr' },
    { name: 'ItemsPerMessage', instance: action },
    value,
    'ReadOnly',
  )

const setting = (name: string, attributeValue: string) => ({
  component: { name: 'X' },
  variable: { name },
  attributeValue,
})
const resultOf = (asked: object) => {
  const { component, variable } = asked as ReturnType<typeof setting>
  return { component, variable, attributeStatus: 'Accepted' }
}

async function booted(version: OcppVersion) {
  const csms = memoryCsms()
  const station = await csms.boot('CS1', version)
  station.serve = () => accepted
  const record = () => {
    const known = csms.store.stations.get('CS1')
    if (!known) throw new Error('the station is not known')
    return known
  }
  const send = (action: string, payload: object) => csms.commander.send('CS1', action, payload)
  return { csms, station, record, send }
}

function report(station: BareStation, requestId: number, pages: readonly (readonly object[])[]) {
  return Promise.all(
    pages.map((reportData, seqNo) =>
      station.ask('NotifyReport', {
        requestId,
        generatedAt,
        seqNo,
        tbc: seqNo < pages.length - 1,
        reportData,
      }),
    ),
  )
}

describe.each(versions)('what the CSMS knows of the device model of a %s station', (version) => {
  test('[2.0.1 B07, B08] reports tell characteristics and who may set a value', async () => {
    const { station, record, send } = await booted(version)
    await send('GetReport', { requestId: 1 })
    await report(station, 1, [[interval], [power]])
    expect(record().variables['OCPPCommCtrlr/HeartbeatInterval']).toEqual({
      component: { name: 'OCPPCommCtrlr' },
      variable: { name: 'HeartbeatInterval' },
      attributes: { Actual: '300' },
      mutability: { Actual: 'ReadWrite' },
      characteristics: { dataType: 'string', supportsMonitoring: false },
    })
    const names = (query: object) =>
      variablesOf(record(), query).map(({ variable }) => variable.name)
    expect(names({})).toEqual(['HeartbeatInterval', 'Power'])
    expect(names({ component: 'evse' })).toEqual(['Power'])
    expect(names({ evseId: 0 })).toEqual(['HeartbeatInterval'])
    expect(names({ variable: 'power', evseId: 2 })).toEqual([])
    expect(names({ settable: true })).toEqual(['HeartbeatInterval'])
  })

  test('[2.0.1 B07.FR.08] a full inventory removes what the station has no more', async () => {
    const { station, record, send } = await booted(version)
    await send('GetBaseReport', { requestId: 1, reportBase: 'FullInventory' })
    await report(station, 1, [[interval], [power]])
    await send('GetBaseReport', { requestId: 2, reportBase: 'SummaryInventory' })
    await report(station, 2, [[power]])
    expect(Object.keys(record().variables)).toHaveLength(2)
    await send('GetBaseReport', { requestId: 3, reportBase: 'FullInventory' })
    await report(station, 3, [[interval]])
    expect(Object.keys(record().variables)).toEqual(['OCPPCommCtrlr/HeartbeatInterval'])
  })

  test('an inventory without an end fills no memory, and removes nothing', async () => {
    const { station, record, send } = await booted(version)
    await report(station, 1, [[interval, power]])
    await send('GetBaseReport', { requestId: 2, reportBase: 'FullInventory' })
    const page = (from: number) =>
      Array.from({ length: 1000 }, (_, at) => entry({ name: 'X' }, { name: `V${from + at}` }))
    await report(station, 2, [
      ...Array.from({ length: 11 }, (_, at) => page(at * 1000)),
      [interval],
    ])
    const names = Object.keys(record().variables)
    expect(names).toHaveLength(10_000)
    expect(names.slice(0, 2)).toEqual(['OCPPCommCtrlr/HeartbeatInterval', 'EVSE@1/Power'])
  })

  test('what was told before GetBaseReport was answered is no less there', async () => {
    const { station, record, send } = await booted(version)
    const part = { requestId: 1, generatedAt }
    await station.ask('NotifyReport', { ...part, seqNo: 0, tbc: true, reportData: [interval] })
    await send('GetBaseReport', { requestId: 1, reportBase: 'FullInventory' })
    await station.ask('NotifyReport', { ...part, seqNo: 1, reportData: [power] })
    expect(Object.keys(record().variables)).toHaveLength(2)
  })

  test('a report of a part is no inventory, although its requestId was one’s', async () => {
    const { station, record, send } = await booted(version)
    await report(station, 1, [[interval], [power]])
    await send('GetBaseReport', { requestId: 1, reportBase: 'FullInventory' })
    await send('GetReport', { requestId: 1 })
    await report(station, 1, [[power]])
    expect(Object.keys(record().variables)).toHaveLength(2)
  })

  test('[2.0.1 B05] RebootRequired is remembered until the station has booted', async () => {
    const { station, record, send } = await booted(version)
    const named = { component: { name: 'OCPPCommCtrlr' }, variable: { name: 'OfflineThreshold' } }
    station.serve = () => ({
      setVariableResult: [{ ...named, attributeStatus: 'RebootRequired', attributeType: 'Actual' }],
    })
    await send('SetVariables', { setVariableData: [{ ...named, attributeValue: '7' }] })
    const known = () => record().variables['OCPPCommCtrlr/OfflineThreshold']
    expect(known()).toMatchObject({ attributes: { Actual: '7' }, rebootRequired: true })
    await station.boot(version)
    expect(known()).toMatchObject({ attributes: { Actual: '7' } })
    expect(known()).not.toHaveProperty('rebootRequired')
  })

  test('[2.0.1 B05.FR.11, B06.FR.05] what is too long goes in several CALLs', async () => {
    const { station, send } = await booted(version)
    const names = ['A', 'B', 'C', 'D', 'E'].map((name) => ({
      component: { name: 'X' },
      variable: { name },
    }))
    station.serve = (_action, payload) => {
      const { getVariableData } = payload as { getVariableData: readonly object[] }
      return {
        getVariableResult: getVariableData.map((one) => ({
          ...one,
          attributeStatus: 'Accepted',
          attributeValue: '1',
        })),
      }
    }
    const sizes = () =>
      station.heard
        .filter(([type, , action]) => type === 2 && action === 'GetVariables')
        .map(([, , , payload]) => (payload as { getVariableData: object[] }).getVariableData.length)
    await send('GetVariables', { getVariableData: names })
    await report(station, 1, [[itemsPerMessage('GetVariables', '2')]])
    const outcome = await send('GetVariables', { getVariableData: names })
    expect(sizes()).toEqual([5, 2, 2, 1])
    const { payload } = outcome as { payload: { getVariableResult: readonly object[] } }
    expect(payload.getVariableResult).toMatchObject(names)
  })

  test('[2.0.1 BytesPerMessage] and what has too many bytes', async () => {
    const { station, send } = await booted(version)
    const limit = { name: 'BytesPerMessage', instance: 'SetVariables' }
    await report(station, 1, [[entry({ name: 'DeviceDataCtrlr' }, limit, '400', 'ReadOnly')]])
    const lengths: number[] = []
    station.serve = (action, payload) => {
      lengths.push(
        JSON.stringify([2, '0123456789-0123456789-0123456789-012', action, payload]).length,
      )
      const { setVariableData } = payload as { setVariableData: readonly object[] }
      return { setVariableResult: setVariableData.map((one) => resultOf(one)) }
    }
    const setVariableData = ['A', 'B', 'C', 'D', 'E'].map((name) => setting(name, 'x'.repeat(30)))
    const outcome = await send('SetVariables', { setVariableData })
    const { payload } = outcome as { payload: { setVariableResult: readonly object[] } }
    expect(payload.setVariableResult).toHaveLength(5)
    expect(lengths.length).toBeGreaterThan(1)
    expect(Math.max(...lengths)).toBeLessThanOrEqual(400)
  })

  test('[2.0.1 B05.FR.13] what sets a variable twice goes in two CALLs', async () => {
    const { station, send } = await booted(version)
    const asked: unknown[] = []
    station.serve = (_action, payload) => {
      const { setVariableData } = payload as { setVariableData: readonly object[] }
      asked.push(setVariableData)
      return { setVariableResult: setVariableData.map((one) => resultOf(one)) }
    }
    const target = { ...setting('A', '3'), attributeType: 'Target' }
    const setVariableData = [setting('A', '1'), target, setting('B', '1'), setting('a', '2')]
    await send('SetVariables', { setVariableData })
    expect(asked).toEqual([setVariableData.slice(0, 3), setVariableData.slice(3)])
  })

  describe('[2.0.1 B08.FR.06] a GetReport that is too long', () => {
    const parts = (names: readonly string[]) => names.map((name) => ({ component: { name } }))

    async function asking(answers: readonly string[]) {
      const lab = await booted(version)
      await report(lab.station, 1, [[itemsPerMessage('GetReport', '2')]])
      const asked: unknown[] = []
      lab.station.serve = (_action, payload) => {
        asked.push((payload as { componentVariable: unknown }).componentVariable)
        return { status: answers[asked.length - 1] ?? 'Rejected' }
      }
      const componentVariable = parts(['A', 'B', 'C'])
      const sent = lab.send('GetReport', { requestId: 5, componentVariable })
      await lab.csms.clock.run(0)
      return { ...lab, asked, sent }
    }

    test('goes in several, each when the report before is whole', async () => {
      const { asked, sent, station, csms } = await asking(['Accepted', 'Accepted'])
      expect(asked).toEqual([parts(['A', 'B'])])
      await report(station, 5, [[interval], [power]])
      expect(csms.gateway.station('CS1')?.reports.get(5)?.complete).toBe(false)
      await csms.clock.run(0)
      expect(asked).toEqual([parts(['A', 'B']), parts(['C'])])
      await report(station, 5, [[interval]])
      expect(csms.gateway.station('CS1')?.reports.get(5)).toEqual({ variables: 3, complete: true })
      expect(await sent).toMatchObject({ status: 'answered', payload: { status: 'Accepted' } })
    })

    test('does not wait for a part of which there is nothing', async () => {
      const { asked, sent, csms } = await asking(['EmptyResultSet', 'EmptyResultSet'])
      await csms.clock.run(0)
      expect(asked).toHaveLength(2)
      expect(await sent).toMatchObject({ payload: { status: 'EmptyResultSet' } })
    })

    test('is whole where there is nothing of its last part', async () => {
      const { sent, station, csms } = await asking(['Accepted', 'EmptyResultSet'])
      await report(station, 5, [[interval]])
      expect(await sent).toMatchObject({ payload: { status: 'Accepted' } })
      expect(csms.gateway.station('CS1')?.reports.get(5)).toEqual({ variables: 1, complete: true })
    })

    test('goes on after a while where a part never comes', async () => {
      const { asked, csms } = await asking(['Accepted', 'Accepted'])
      await csms.clock.run(120_000)
      expect(asked).toHaveLength(2)
    })
  })

  test('a part that is refused is the outcome of all', async () => {
    const { station, send } = await booted(version)
    await report(station, 1, [[itemsPerMessage('GetVariables', '1')]])
    const one = { component: { name: 'X' }, variable: { name: 'Y' } }
    station.serve = () => ({})
    const outcome = await send('GetVariables', { getVariableData: [one, one] })
    expect(outcome.status).toBe('invalidAnswer')
    const calls = station.heard.filter(([, , action]) => action === 'GetVariables')
    expect(calls).toHaveLength(1)
  })

  test('[2.0.1 B09] accepted connection profiles are known by slot, without secrets', async () => {
    const { station, record, send } = await booted(version)
    const connectionData = {
      ocppVersion: 'OCPP20',
      ocppTransport: 'JSON',
      ocppInterface: 'Wireless0',
      ocppCsmsUrl: 'wss://csms.example/ocpp',
      messageTimeout: 30,
      securityProfile: 2,
      ...(version === 'ocpp2.1' && { identity: 'CS-ONE', basicAuthPassword: 'sixteen-letters!' }),
      vpn: { type: 'IKEv2', server: 'vpn', user: 'u', password: 'hush', key: 'hush' },
    }
    await send('SetNetworkProfile', { configurationSlot: 2, connectionData })
    await send('SetNetworkProfile', { configurationSlot: 1, connectionData })
    station.serve = () => ({ status: 'Rejected' })
    await send('SetNetworkProfile', { configurationSlot: 3, connectionData })
    expect(record().networkProfiles).toMatchObject([
      {
        slot: 1,
        ocppCsmsUrl: 'wss://csms.example/ocpp',
        securityProfile: 2,
        vpn: true,
        apn: false,
        ...(version === 'ocpp2.1' && { identity: 'CS-ONE' }),
      },
      { slot: 2 },
    ])
    expect(JSON.stringify(record())).not.toMatch(/hush|sixteen/)
  })
})

test('[2.0.1 B01] the modem that a boot names is known', async () => {
  const csms = memoryCsms()
  const station = csms.connect('CS1', 'ocpp2.0.1')
  await station.ask('BootNotification', {
    reason: 'PowerUp',
    chargingStation: { vendorName: 'Acme', model: 'W', modem: { iccid: '8949', imsi: '262' } },
  })
  expect(csms.store.stations.get('CS1')?.modem).toEqual({ iccid: '8949', imsi: '262' })
})
