import { describe, expect, test } from 'vitest'
import { memoryCsms } from '../../../test/helpers/memory-csms.ts'

const now = '2026-01-01T00:00:00.000Z'

describe('1.6 provisioning', () => {
  test('[1.6 4.2] BootNotification is accepted with time and heartbeat interval', async () => {
    const csms = memoryCsms({ heartbeatIntervalSeconds: 60 })
    const station = csms.connect('CP1')
    const request = {
      chargePointVendor: 'Acme',
      chargePointModel: 'AC22',
      chargePointSerialNumber: 'S1',
      firmwareVersion: '1.2',
    }
    expect(await station.ask('BootNotification', request)).toEqual({
      status: 'Accepted',
      currentTime: now,
      interval: 60,
    })
    expect(csms.store.stations.get('CP1')).toMatchObject({
      registration: 'Accepted',
      protocol: 'ocpp1.6',
      vendor: 'Acme',
      model: 'AC22',
      serialNumber: 'S1',
      firmwareVersion: '1.2',
      bootedAt: now,
    })
    expect(csms.events).toContainEqual({
      type: 'booted',
      stationId: 'CP1',
      status: 'Accepted',
      vendor: 'Acme',
      model: 'AC22',
      reason: undefined,
    })
  })

  test('[1.6 4.6] Heartbeat is answered with the simulated time', async () => {
    const csms = memoryCsms()
    const station = await csms.boot('CP1')
    csms.clock.advance(90_000)
    expect(await station.ask('Heartbeat', {})).toEqual({ currentTime: '2026-01-01T00:01:30.000Z' })
  })

  test('[1.6 4.9] StatusNotification is remembered, connector 0 being the station', async () => {
    const csms = memoryCsms()
    const station = await csms.boot('CP1')
    const status = (connectorId: number, status: string, more: object = {}) =>
      station.ask('StatusNotification', { connectorId, status, errorCode: 'NoError', ...more })
    await status(0, 'Available')
    await status(1, 'Preparing')
    expect(await status(1, 'Faulted', { info: 'x', timestamp: '2025-12-31T00:00:00Z' })).toEqual({})
    expect(csms.store.stations.get('CP1')?.connectors).toEqual([
      { connectorId: 0, status: 'Available', errorCode: 'NoError', since: now },
      {
        connectorId: 1,
        status: 'Faulted',
        errorCode: 'NoError',
        info: 'x',
        since: '2025-12-31T00:00:00Z',
      },
    ])
  })

  test('[1.6 4.3] DataTransfer is UnknownVendorId unless the vendor was named', async () => {
    const csms = memoryCsms({ vendors: ['com.acme'] })
    const station = await csms.boot('CP1')
    expect(await station.ask('DataTransfer', { vendorId: 'org.other' })).toEqual({
      status: 'UnknownVendorId',
    })
    expect(await station.ask('DataTransfer', { vendorId: 'com.acme' })).toEqual({
      status: 'Accepted',
    })
  })

  test.each([
    ['DiagnosticsStatusNotification', { status: 'Uploaded' }],
    ['FirmwareStatusNotification', { status: 'Installed' }],
    ['LogStatusNotification', { status: 'Idle' }],
    ['SecurityEventNotification', { type: 'SettingSystemTime', timestamp: now }],
    ['SignedFirmwareStatusNotification', { status: 'Installed', requestId: 1 }],
  ])('%s is acknowledged and told to the observer', async (action, payload) => {
    const csms = memoryCsms()
    const station = await csms.boot('CP1')
    expect(await station.ask(action, payload)).toEqual({})
    expect(csms.events).toContainEqual({ type: 'notified', stationId: 'CP1', action, payload })
  })

  test('SignCertificate is Rejected: there is no certificate authority', async () => {
    const csms = memoryCsms()
    const station = await csms.boot('CP1')
    expect(await station.ask('SignCertificate', { csr: 'x' })).toEqual({ status: 'Rejected' })
  })
})

describe('1.6 authorization', () => {
  test.each([
    ['Accepted', 'Accepted'],
    ['Blocked', 'Blocked'],
    ['Expired', 'Expired'],
    ['Invalid', 'Invalid'],
    ['NoCredit', 'Blocked'],
    ['NotAllowedTypeEVSE', 'Invalid'],
    ['NotAtThisLocation', 'Invalid'],
    ['NotAtThisTime', 'Invalid'],
    ['Unknown', 'Invalid'],
  ] as const)('[1.6 7.2] a token that is %s is %s in 1.6', async (status, wire) => {
    const csms = memoryCsms({ tokens: [{ idToken: 'T1', status }] })
    const station = await csms.boot('CP1')
    expect(await station.ask('Authorize', { idTag: 't1' })).toEqual({ idTagInfo: { status: wire } })
  })

  test('a token that nobody named is Invalid', async () => {
    const station = await memoryCsms().boot('CP1')
    expect(await station.ask('Authorize', { idTag: 'X' })).toEqual({
      idTagInfo: { status: 'Invalid' },
    })
  })

  test('a token past its expiry is Expired; parent and expiry are told', async () => {
    const csms = memoryCsms({
      tokens: [
        { idToken: 'OLD', status: 'Accepted', expiry: '2025-12-31T23:59:59Z' },
        { idToken: 'NEW', status: 'Accepted', expiry: '2026-06-01T00:00:00Z', groupId: 'G' },
      ],
    })
    const station = await csms.boot('CP1')
    expect(await station.ask('Authorize', { idTag: 'OLD' })).toEqual({
      idTagInfo: { status: 'Expired' },
    })
    expect(await station.ask('Authorize', { idTag: 'NEW' })).toEqual({
      idTagInfo: { status: 'Accepted', expiryDate: '2026-06-01T00:00:00Z', parentIdTag: 'G' },
    })
  })
})
