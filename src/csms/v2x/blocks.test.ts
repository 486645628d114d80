import { describe, expect, test } from 'vitest'
import { bootPayload } from '../../../test/helpers/bare-station.ts'
import { memoryCsms } from '../../../test/helpers/memory-csms.ts'

const now = '2026-01-01T00:00:00.000Z'
const versions = ['ocpp2.0.1', 'ocpp2.1'] as const

describe.each(versions)('%s', (version) => {
  test('[2.0.1 B01] BootNotification is accepted with time and heartbeat interval', async () => {
    const csms = memoryCsms({ heartbeatIntervalSeconds: 60 })
    const station = csms.connect('CS1', version)
    expect(await station.ask('BootNotification', bootPayload(version))).toEqual({
      status: 'Accepted',
      currentTime: now,
      interval: 60,
    })
    expect(csms.store.stations.get('CS1')).toMatchObject({
      registration: 'Accepted',
      protocol: version,
      vendor: 'Acme',
      model: 'AC22',
      bootReason: 'PowerUp',
    })
  })

  test('[2.0.1 G02] Heartbeat is answered with the simulated time', async () => {
    const station = await memoryCsms().boot('CS1', version)
    expect(await station.ask('Heartbeat', {})).toEqual({ currentTime: now })
  })

  test('[2.0.1 G01] StatusNotification is remembered by EVSE and connector', async () => {
    const csms = memoryCsms()
    const station = await csms.boot('CS1', version)
    const status = (evseId: number, connectorId: number, connectorStatus: string) =>
      station.ask('StatusNotification', { evseId, connectorId, connectorStatus, timestamp: now })
    await status(1, 1, 'Available')
    await status(1, 2, 'Available')
    await status(1, 1, 'Occupied')
    expect(csms.store.stations.get('CS1')?.connectors).toEqual([
      { evseId: 1, connectorId: 1, status: 'Occupied', since: now },
      { evseId: 1, connectorId: 2, status: 'Available', since: now },
    ])
  })

  test('[2.0.1 J01] MeterValues outside of transactions are kept by EVSE', async () => {
    const csms = memoryCsms()
    const station = await csms.boot('CS1', version)
    const meterValue = [{ timestamp: now, sampledValue: [{ value: 12.5 }] }]
    expect(await station.ask('MeterValues', { evseId: 0, meterValue })).toEqual({})
    expect(csms.gateway.station('CS1')?.meterValues.list()).toEqual([
      { evseId: 0, meterValue: meterValue[0] },
    ])
  })

  test('[2.0.1 P02] DataTransfer is UnknownVendorId unless the vendor was named', async () => {
    const station = await memoryCsms({ vendors: ['com.acme'] }).boot('CS1', version)
    expect(await station.ask('DataTransfer', { vendorId: 'x' })).toEqual({
      status: 'UnknownVendorId',
    })
    expect(await station.ask('DataTransfer', { vendorId: 'com.acme' })).toEqual({
      status: 'Accepted',
    })
  })

  test.each([
    ['Accepted', {}],
    ['Blocked', {}],
    ['NoCredit', {}],
    ['NotAtThisTime', {}],
  ] as const)('[2.0.1 C01] a token that is %s is told so', async (status, more) => {
    const station = await memoryCsms({ tokens: [{ idToken: 'T1', status, ...more }] }).boot(
      'CS1',
      version,
    )
    const idToken = { idToken: 't1', type: 'ISO14443' }
    expect(await station.ask('Authorize', { idToken })).toEqual({ idTokenInfo: { status } })
  })

  test('[2.0.1 C01] expiry and group are told; a token that nobody named is Unknown', async () => {
    const expiry = '2026-06-01T00:00:00Z'
    const csms = memoryCsms({
      tokens: [
        { idToken: 'T1', type: 'ISO14443', status: 'Accepted', expiry, groupId: 'G' },
        { idToken: 'OLD', status: 'Accepted', expiry: '2025-01-01T00:00:00Z' },
      ],
    })
    const station = await csms.boot('CS1', version)
    const info = async (idToken: string, type: string) =>
      (await station.ask('Authorize', { idToken: { idToken, type } }))['idTokenInfo']
    expect(await info('T1', 'ISO14443')).toEqual({
      status: 'Accepted',
      cacheExpiryDateTime: expiry,
      groupIdToken: { idToken: 'G', type: 'Central' },
    })
    expect(await info('T1', 'KeyCode')).toEqual({ status: 'Unknown' })
    expect(await info('X', 'ISO14443')).toEqual({ status: 'Unknown' })
    expect(await info('OLD', 'ISO14443')).toEqual({ status: 'Expired' })
    expect(await info('', 'NoAuthorization')).toEqual({ status: 'Accepted' })
  })

  test('[2.0.1 B07] NotifyReport is collected part by part, secrets left out', async () => {
    const csms = memoryCsms()
    const station = await csms.boot('CS1', version)
    const reported = (component: string, variable: string, value: string) => ({
      component: { name: component, evse: { id: 1 } },
      variable: { name: variable },
      variableAttribute: [{ value }, { type: 'Target', value: 'later' }],
    })
    const part = (seqNo: number, tbc: boolean, ...reportData: object[]) =>
      station.ask('NotifyReport', { requestId: 9, generatedAt: now, seqNo, tbc, reportData })
    await part(0, true, reported('EVSE', 'Power', '22000'))
    expect(csms.gateway.station('CS1')?.reports.get(9)).toEqual({ variables: 1, complete: false })
    await part(1, false, reported('SecurityCtrlr', 'BasicAuthPassword', 'hunter2hunter2'))
    expect(csms.gateway.station('CS1')?.reports.get(9)).toEqual({ variables: 2, complete: true })
    expect(csms.store.stations.get('CS1')?.variables).toEqual({
      'EVSE@1/Power': {
        component: { name: 'EVSE', evse: { id: 1 } },
        variable: { name: 'Power' },
        attributes: { Actual: '22000', Target: 'later' },
      },
      'SecurityCtrlr@1/BasicAuthPassword': {
        component: { name: 'SecurityCtrlr', evse: { id: 1 } },
        variable: { name: 'BasicAuthPassword' },
        attributes: {},
      },
    })
  })

  test("[2.0.1 N07] NotifyEvent's AvailabilityState is the connector's status", async () => {
    const csms = memoryCsms()
    const station = await csms.boot('CS1', version)
    const event = {
      eventId: 1,
      timestamp: now,
      trigger: 'Delta',
      actualValue: 'Occupied',
      eventNotificationType: 'HardWiredNotification',
      component: { name: 'Connector', evse: { id: 2, connectorId: 1 } },
      variable: { name: 'AvailabilityState' },
    }
    expect(
      await station.ask('NotifyEvent', { generatedAt: now, seqNo: 0, eventData: [event] }),
    ).toEqual({})
    expect(csms.store.stations.get('CS1')?.connectors).toEqual([
      { evseId: 2, connectorId: 1, status: 'Occupied', since: now },
    ])
  })
})

describe('2.0.1 notifications', () => {
  const requestId = 1
  test.each([
    ['ClearedChargingLimit', { chargingLimitSource: 'EMS' }],
    ['FirmwareStatusNotification', { status: 'Installed', requestId }],
    ['LogStatusNotification', { status: 'Idle' }],
    ['NotifyChargingLimit', { chargingLimit: { chargingLimitSource: 'EMS' } }],
    ['NotifyCustomerInformation', { data: 'x', seqNo: 0, generatedAt: now, requestId }],
    ['NotifyDisplayMessages', { requestId }],
    ['NotifyMonitoringReport', { requestId, seqNo: 0, generatedAt: now }],
    ['PublishFirmwareStatusNotification', { status: 'Idle' }],
    ['SecurityEventNotification', { type: 'SettingSystemTime', timestamp: now }],
    [
      'ReportChargingProfiles',
      {
        requestId,
        evseId: 1,
        chargingLimitSource: 'CSO',
        chargingProfile: [
          {
            id: 1,
            stackLevel: 0,
            chargingProfilePurpose: 'TxProfile',
            chargingProfileKind: 'Relative',
            chargingSchedule: [
              {
                id: 1,
                chargingRateUnit: 'W',
                chargingSchedulePeriod: [{ startPeriod: 0, limit: 11000 }],
              },
            ],
          },
        ],
      },
    ],
  ])('%s is acknowledged', async (action, payload) => {
    const csms = memoryCsms()
    const station = await csms.boot('CS1', 'ocpp2.0.1')
    expect(await station.ask(action, payload)).toEqual({})
    expect(csms.events).toContainEqual({ type: 'notified', stationId: 'CS1', action, payload })
  })

  const hash = {
    hashAlgorithm: 'SHA256',
    issuerNameHash: 'a',
    issuerKeyHash: 'b',
    serialNumber: '1',
    responderURL: 'http://ocsp',
  }
  test.each([
    ['SignCertificate', { csr: 'x' }, 'Rejected'],
    ['GetCertificateStatus', { ocspRequestData: hash }, 'Failed'],
    [
      'Get15118EVCertificate',
      { iso15118SchemaVersion: 'urn:x', action: 'Install', exiRequest: 'x' },
      'Failed',
    ],
    [
      'NotifyEVChargingNeeds',
      { evseId: 1, chargingNeeds: { requestedEnergyTransfer: 'DC' } },
      'Rejected',
    ],
    [
      'NotifyEVChargingSchedule',
      {
        timeBase: now,
        evseId: 1,
        chargingSchedule: {
          id: 1,
          chargingRateUnit: 'W',
          chargingSchedulePeriod: [{ startPeriod: 0, limit: 1 }],
        },
      },
      'Accepted',
    ],
  ])('%s is answered with a legal status', async (action, payload, status) => {
    const station = await memoryCsms().boot('CS1', 'ocpp2.0.1')
    expect(await station.ask(action, payload)).toMatchObject({ status })
  })
})
