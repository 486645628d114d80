import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Api } from '../../../test/helpers/api.ts'
import { stationParts } from './station-parts.ts'

describe.each([1, 2])('what is known of a station of %i process(es)', (processes) => {
  let api: Api
  beforeAll(async () => {
    const tokens = [{ idToken: 'T1', status: 'Accepted' }] as const
    api = await Api.start({ processes, tokens, vendors: ['v'] })
  })
  afterAll(() => api.close())

  /** A station that accepts everything, and how to command it and ask about it. */
  async function accepting(answer: object = { status: 'Accepted' }) {
    const { id, station, commands } = await api.booted()
    station.serve = () => answer
    return {
      id,
      station,
      async command(action: string, payload: object) {
        const sent = await api.send('POST', `${commands}/${action}`, payload)
        expect(sent.body).toMatchObject({ status: 'answered' })
      },
      part: async (path: string) => (await api.get(`/api/v1/stations/${id}/${path}`)).body,
    }
  }

  test('every part of a new station is there, as documented', async () => {
    const { id } = await api.booted()
    for (const part of Object.keys(stationParts)) {
      expect((await api.get(`/api/v1/stations/${id}/${part}`)).status, part).toBe(200)
      expect((await api.get(`/api/v1/stations/NO/${part}`)).status, part).toBe(404)
    }
  })

  test('reservations', async () => {
    const { command, part } = await accepting()
    const reserve = { connectorId: 1, expiryDate: '2099-01-01T00:00:00Z', idTag: 'T1' }
    await command('ReserveNow', { ...reserve, reservationId: 1 })
    await command('ReserveNow', { ...reserve, reservationId: 2, connectorId: 2 })
    await command('CancelReservation', { reservationId: 1 })
    expect(await part('reservations')).toMatchObject([
      { reservationId: 1, state: 'Cancelled' },
      { reservationId: 2, state: 'Active', idToken: 'T1' },
    ])
    expect(await part('reservations?active=true')).toMatchObject([{ reservationId: 2 }])
  })

  test('charging profiles, and what they leave', async () => {
    const { command, part } = await accepting()
    const chargingSchedule = {
      chargingRateUnit: 'W',
      chargingSchedulePeriod: [{ startPeriod: 0, limit: 7_000 }],
    }
    const csChargingProfiles = {
      chargingProfileId: 1,
      stackLevel: 0,
      chargingProfilePurpose: 'TxDefaultProfile',
      chargingProfileKind: 'Relative',
      chargingSchedule,
    }
    await command('SetChargingProfile', { connectorId: 1, csChargingProfiles })
    expect(await part('charging-profiles')).toMatchObject([
      { connectorId: 1, profile: csChargingProfiles },
    ])
    expect(await part('composite-schedule?connectorId=1&duration=600&unit=W')).toMatchObject({
      duration: 600,
      chargingRateUnit: 'W',
      chargingSchedulePeriod: [{ startPeriod: 0, limit: 7_000 }],
    })
  })

  test('the local list', async () => {
    const { command, part } = await accepting()
    const localAuthorizationList = [{ idTag: 'T1', idTagInfo: { status: 'Accepted' } }]
    await command('SendLocalList', { listVersion: 3, updateType: 'Full', localAuthorizationList })
    expect(await part('local-list')).toMatchObject({
      version: 3,
      entries: [{ idToken: 'T1', status: 'Accepted' }],
    })
  })

  test('configuration and availability', async () => {
    const { command, part } = await accepting()
    await command('ChangeConfiguration', { key: 'HeartbeatInterval', value: '60' })
    await command('ChangeConfiguration', { key: 'AuthorizationKey', value: '0123456789abcdef' })
    expect(await part('configuration')).toEqual({
      HeartbeatInterval: { value: '60', readonly: false },
    })
    await command('ChangeAvailability', { connectorId: 1, type: 'Inoperative' })
    expect(await part('availability')).toMatchObject([{ connectorId: 1, type: 'Inoperative' }])
    expect(JSON.stringify(await part('security'))).not.toMatch(/hash|scrypt|0123/i)
  })

  test('firmware, diagnostics and logs', async () => {
    const { station, command, part } = await accepting({})
    const location = 'http://user:secret@127.0.0.1/firmware.bin'
    await command('UpdateFirmware', { location, retrieveDate: '2026-01-01T00:00:00Z' })
    await station.ask('FirmwareStatusNotification', { status: 'Downloading' })
    expect(await part('firmware')).toMatchObject({ status: 'Downloading', signed: false })
    await command('GetDiagnostics', { location: 'ftp://127.0.0.1/logs' })
    await station.ask('DiagnosticsStatusNotification', { status: 'Uploaded' })
    expect(await part('logs')).toMatchObject([{ type: 'Diagnostics', status: 'Uploaded' }])
    expect(JSON.stringify([await part('firmware'), await part('logs')])).not.toContain('secret')
  })

  test('security events and data transfers', async () => {
    const { station, part } = await accepting()
    const event = { type: 'StartupOfTheDevice', timestamp: '2026-01-01T00:00:00Z' }
    await station.ask('SecurityEventNotification', event)
    expect(await part('security-events')).toMatchObject([event])
    await station.ask('DataTransfer', { vendorId: 'v', data: 'x' })
    expect(await part('data-transfers')).toMatchObject([{ from: 'station', vendorId: 'v' }])
  })

  test('diagnostics of 2.1', async () => {
    const { id, station, commands } = await api.booted(undefined, 'ocpp2.1')
    const part = async (path: string) => (await api.get(`/api/v1/stations/${id}/${path}`)).body
    const place = { component: { name: 'EVSE', evse: { id: 1 } }, variable: { name: 'Power' } }
    const monitor = { ...place, type: 'UpperThreshold', severity: 4 }
    station.serve = () => ({ setMonitoringResult: [{ ...monitor, id: 7, status: 'Accepted' }] })
    const setMonitoringData = [{ ...monitor, value: 5000 }]
    await api.send('POST', `${commands}/SetVariableMonitoring`, { setMonitoringData })
    expect(await part('monitoring')).toMatchObject({ monitors: [{ id: 7, value: 5000 }] })
    const event = {
      eventId: 1,
      timestamp: '2026-01-01T00:00:00Z',
      trigger: 'Alerting',
      actualValue: '6000',
      eventNotificationType: 'CustomMonitor',
      variableMonitoringId: 7,
      ...place,
    }
    const { timestamp: generatedAt } = event
    await station.ask('NotifyEvent', { generatedAt, seqNo: 0, eventData: [event] })
    expect(await part('events?monitorId=7&severity=4')).toMatchObject([{ actualValue: '6000' }])
    expect(await part('events?severity=3')).toEqual([])
    await station.ask('OpenPeriodicEventStream', {
      constantStreamData: { id: 2, variableMonitoringId: 7, params: { interval: 5 } },
    })
    expect(await part('event-streams')).toMatchObject([{ id: 2, monitorId: 7, received: 0 }])
    await station.ask('NotifyCustomerInformation', {
      requestId: 3,
      generatedAt,
      seqNo: 0,
      data: 'nothing',
    })
    expect(await part('customer-information')).toMatchObject([{ requestId: 3, complete: true }])
  })

  test.each([
    'events?severity=10',
    'reservations?active=maybe',
    'composite-schedule?duration=0',
    'composite-schedule?duration=99999999999',
    'composite-schedule?unit=kW',
    'composite-schedule?voltage=0',
    'connectors?connectorId=-1',
    'firmware?x=1',
  ])('%s is 400', async (path) => {
    const { id } = await api.booted()
    expect((await api.get(`/api/v1/stations/${id}/${path}`)).status).toBe(400)
  })
})
