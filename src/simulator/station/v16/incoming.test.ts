import { describe, expect, test } from 'vitest'
import { ev, plug, StationPeer, validators } from '../../../../test/helpers/station-peer.ts'
import { protocol16 } from './protocol16.ts'

const protocol = protocol16(validators)
const evses = [
  { connectors: ['cType2'], maxPowerW: 22_000, phases: 3, current: 'AC' },
  { connectors: ['cType2'], maxPowerW: 22_000, phases: 3, current: 'AC' },
] as const

async function booted(configuration: Record<string, string> = {}) {
  const bench = new StationPeer(protocol, {
    evses,
    configuration: { RetryBackOffRandomRange: '0', ...configuration },
  })
  let next = 0
  bench.answers.set('Authorize', () => ({ idTagInfo: { status: 'Accepted' } }))
  bench.answers.set('StartTransaction', () => {
    next += 1
    return { transactionId: next, idTagInfo: { status: 'Accepted' } }
  })
  return bench.booted()
}

async function charging(configuration: Record<string, string> = {}) {
  const bench = await booted(configuration)
  await bench.act(bench.actor.plugIn(plug, ev))
  await bench.act(bench.actor.start(plug, bench.cancel))
  bench.forget()
  return bench
}

/** A station that the CSMS keeps waiting. */
async function pending() {
  const bench = new StationPeer(protocol)
  bench.answers.set('BootNotification', () => ({
    status: 'Pending',
    currentTime: new Date(bench.clock.wallMs()).toISOString(),
    interval: 600,
  }))
  return bench.booted()
}

const statuses = (bench: StationPeer) =>
  bench
    .sent('StatusNotification')
    .map(({ connectorId, status }) => `${String(connectorId)} ${String(status)}`)

describe('RemoteStartTransaction', () => {
  test('[1.6 5.11] authorises, waits for the EV, and charges', async () => {
    const bench = await booted()
    const answer = await bench.call('RemoteStartTransaction', { idTag: 'R', connectorId: 2 })
    expect(answer).toEqual({ status: 'Accepted' })
    expect(bench.sent('Authorize')).toEqual([{ idTag: 'R' }])
    expect(statuses(bench)).toEqual(['2 Preparing'])
    await bench.act(bench.actor.plugIn({ evse: 2, connector: 1 }, ev))
    await bench.clock.run(0)
    expect(bench.sent('StartTransaction')).toMatchObject([{ idTag: 'R', connectorId: 2 }])
    const charge = bench.actor.charge({ evse: 2, connector: 1 }, { forMs: 1000 }, bench.cancel)
    await bench.clock.run(1000)
    expect(await charge).toMatchObject({ ok: true })
  })

  test('[1.6 9.1.3] without AuthorizeRemoteTxRequests it charges at once where an EV is plugged', async () => {
    const bench = await booted({ AuthorizeRemoteTxRequests: 'false' })
    await bench.act(bench.actor.plugIn({ evse: 2, connector: 1 }, ev))
    await bench.call('RemoteStartTransaction', { idTag: 'R' })
    await bench.clock.run(0)
    expect(bench.actions()).not.toContain('Authorize')
    expect(bench.sent('StartTransaction')).toMatchObject([{ connectorId: 2 }])
  })

  test('a token that the CSMS then refuses starts nothing', async () => {
    const bench = await booted()
    bench.answers.set('Authorize', () => ({ idTagInfo: { status: 'Invalid' } }))
    await bench.act(bench.actor.plugIn(plug, ev))
    await bench.call('RemoteStartTransaction', { idTag: 'R', connectorId: 1 })
    await bench.clock.run(0)
    expect(bench.actions()).not.toContain('StartTransaction')
    expect(await bench.call('RemoteStartTransaction', { idTag: 'R', connectorId: 1 })).toEqual({
      status: 'Accepted',
    })
  })

  test('[1.6 9.1.6] without an EV within ConnectionTimeOut the connector is free again', async () => {
    const bench = await booted({ ConnectionTimeOut: '20' })
    await bench.call('RemoteStartTransaction', { idTag: 'R', connectorId: 1 })
    expect(await bench.call('RemoteStartTransaction', { idTag: 'R', connectorId: 1 })).toEqual({
      status: 'Rejected',
    })
    await bench.clock.run(20_000)
    expect(statuses(bench)).toEqual(['1 Preparing', '1 Available'])
    expect(await bench.call('RemoteStartTransaction', { idTag: 'R', connectorId: 1 })).toEqual({
      status: 'Accepted',
    })
  })

  test('is rejected on connector 0, on an unknown, a charging and an unavailable one', async () => {
    const bench = await charging()
    await bench.call('ChangeAvailability', { connectorId: 2, type: 'Inoperative' })
    for (const connectorId of [0, 9, 1, 2]) {
      expect(await bench.call('RemoteStartTransaction', { idTag: 'R', connectorId })).toEqual({
        status: 'Rejected',
      })
    }
    expect(await bench.call('RemoteStartTransaction', { idTag: 'R' })).toEqual({
      status: 'Rejected',
    })
  })

  test('[1.6 4.2] is rejected while the boot is pending', async () => {
    const bench = await pending()
    expect(await bench.call('RemoteStartTransaction', { idTag: 'R' })).toEqual({
      status: 'Rejected',
    })
  })
})

describe('ChangeAvailability between a remote start and the cable', () => {
  test('[1.6 5.2] no energy on a connector that was made inoperative meanwhile', async () => {
    const bench = await booted()
    await bench.call('RemoteStartTransaction', { idTag: 'R', connectorId: 1 })
    expect(await bench.call('ChangeAvailability', { connectorId: 1, type: 'Inoperative' })).toEqual(
      { status: 'Accepted' },
    )
    await bench.act(bench.actor.plugIn(plug, ev))
    expect(bench.sent('StartTransaction')).toEqual([])
    expect(statuses(bench).at(-1)).toBe('1 Unavailable')
    await bench.call('ChangeAvailability', { connectorId: 1, type: 'Operative' })
    expect(statuses(bench).at(-1)).toBe('1 Preparing')
    expect(await bench.call('RemoteStartTransaction', { idTag: 'R', connectorId: 1 })).toEqual({
      status: 'Accepted',
    })
    expect(bench.sent('StartTransaction').length).toBe(1)
  })
})

describe('RemoteStopTransaction', () => {
  test('[1.6 5.12] ends the transaction, and the charge of the script with it', async () => {
    const bench = await charging()
    const charge = bench.actor.charge(plug, { untilSoc: 1 }, bench.cancel)
    await bench.clock.run(60_000)
    expect(await bench.call('RemoteStopTransaction', { transactionId: 1 })).toEqual({
      status: 'Accepted',
    })
    expect(await charge).toMatchObject({ ok: true })
    expect(bench.sent('StopTransaction')).toMatchObject([{ transactionId: 1, reason: 'Remote' }])
    expect(bench.sent('StopTransaction')[0]).not.toHaveProperty('idTag')
    const stop = await bench.act(bench.actor.stop(plug, {}, bench.cancel))
    expect(stop).toMatchObject({ ok: true })
    expect(bench.sent('StopTransaction').length).toBe(1)
  })

  test('a transaction that is not open is rejected', async () => {
    const bench = await charging()
    for (const transactionId of [2, 0, -1]) {
      expect(await bench.call('RemoteStopTransaction', { transactionId })).toEqual({
        status: 'Rejected',
      })
    }
  })
})

describe('Reset', () => {
  test('[1.6 5.14] Soft stops transactions first, then boots', async () => {
    const bench = await charging()
    expect(await bench.call('Reset', { type: 'Soft' })).toEqual({ status: 'Accepted' })
    await bench.clock.run(10_000)
    expect(bench.sent('StopTransaction')).toMatchObject([{ reason: 'SoftReset' }])
    expect(bench.actions().indexOf('StopTransaction')).toBeLessThan(
      bench.actions().indexOf('BootNotification'),
    )
    expect(bench.station.ready).toBe(true)
  })

  test('[1.6 5.14] Hard reboots at once and tells what it interrupted afterwards', async () => {
    const bench = await charging()
    await bench.call('Reset', { type: 'Hard' })
    await bench.clock.run(10_000)
    expect(bench.sent('StopTransaction')).toMatchObject([{ reason: 'HardReset' }])
    expect(bench.actions().indexOf('BootNotification')).toBeLessThan(
      bench.actions().indexOf('StopTransaction'),
    )
  })

  test('configuration and availability survive it', async () => {
    const bench = await booted()
    await bench.call('ChangeConfiguration', { key: 'ConnectionTimeOut', value: '77' })
    await bench.call('ChangeAvailability', { connectorId: 2, type: 'Inoperative' })
    await bench.call('Reset', { type: 'Hard' })
    bench.forget()
    await bench.clock.run(10_000)
    expect(statuses(bench)).toEqual(['0 Available', '1 Available', '2 Unavailable'])
    expect(await bench.call('GetConfiguration', { key: ['ConnectionTimeOut'] })).toMatchObject({
      configurationKey: [{ value: '77' }],
    })
  })
})

describe('TriggerMessage', () => {
  test('[1.6 5.17] each of the six messages follows the answer', async () => {
    const bench = await booted()
    const triggers = [
      'BootNotification',
      'Heartbeat',
      'StatusNotification',
      'MeterValues',
      'DiagnosticsStatusNotification',
      'FirmwareStatusNotification',
    ]
    for (const requestedMessage of triggers) {
      const answer = await bench.call('TriggerMessage', { requestedMessage, connectorId: 1 })
      expect(answer).toEqual({ status: 'Accepted' })
    }
    await bench.clock.run(0)
    const afterBoot = Array(3).fill('StatusNotification')
    expect(bench.actions()).toEqual([triggers[0], ...afterBoot, ...triggers.slice(1)])
    expect(JSON.stringify(bench.sent('MeterValues'))).toContain('"context":"Trigger"')
  })

  test('without a connector it is about all of them', async () => {
    const bench = await booted()
    await bench.call('TriggerMessage', { requestedMessage: 'StatusNotification' })
    await bench.call('TriggerMessage', { requestedMessage: 'MeterValues' })
    await bench.clock.run(0)
    expect(statuses(bench)).toEqual(['0 Available', '1 Available', '2 Available'])
    expect(bench.sent('MeterValues').map(({ connectorId }) => connectorId)).toEqual([1, 2])
  })

  test('a connector that does not exist is rejected', async () => {
    const bench = await booted()
    for (const connectorId of [3, -1]) {
      const request = { requestedMessage: 'StatusNotification', connectorId }
      expect(await bench.call('TriggerMessage', request)).toEqual({ status: 'Rejected' })
    }
  })

  test('[1.6 4.2] a pending station sends what is triggered, its next boot included', async () => {
    const bench = await pending()
    for (const requestedMessage of ['StatusNotification', 'Heartbeat', 'BootNotification']) {
      await bench.call('TriggerMessage', { requestedMessage, connectorId: 1 })
    }
    await bench.clock.run(0)
    expect(bench.actions()).toEqual(['StatusNotification', 'Heartbeat', 'BootNotification'])
  })
})

describe('ChangeAvailability', () => {
  test('[1.6 5.2] an idle connector is Unavailable at once and comes back', async () => {
    const bench = await booted()
    expect(await bench.call('ChangeAvailability', { connectorId: 1, type: 'Inoperative' })).toEqual(
      { status: 'Accepted' },
    )
    await bench.call('ChangeAvailability', { connectorId: 1, type: 'Operative' })
    expect(statuses(bench)).toEqual(['1 Unavailable', '1 Available'])
  })

  test('[1.6 5.2] during a transaction it is Scheduled for its end', async () => {
    const bench = await charging()
    expect(await bench.call('ChangeAvailability', { connectorId: 1, type: 'Inoperative' })).toEqual(
      { status: 'Scheduled' },
    )
    expect(statuses(bench)).toEqual([])
    await bench.act(bench.actor.stop(plug, {}, bench.cancel))
    expect(statuses(bench)).toEqual(['1 Unavailable'])
  })

  test('[1.6 5.2] connector 0 is the station with all its connectors', async () => {
    const bench = await charging()
    expect(await bench.call('ChangeAvailability', { connectorId: 0, type: 'Inoperative' })).toEqual(
      { status: 'Scheduled' },
    )
    expect(statuses(bench)).toEqual(['0 Unavailable', '2 Unavailable'])
    expect(await bench.call('ChangeAvailability', { connectorId: 8, type: 'Operative' })).toEqual({
      status: 'Rejected',
    })
  })

  test('[1.6 4.9, 5.2] after connector 0, a connector may be ordered otherwise', async () => {
    const bench = await booted()
    await bench.call('ChangeAvailability', { connectorId: 0, type: 'Inoperative' })
    bench.forget()
    expect(await bench.call('ChangeAvailability', { connectorId: 2, type: 'Operative' })).toEqual({
      status: 'Accepted',
    })
    expect(statuses(bench)).toEqual(['2 Available'])
    expect(await bench.call('RemoteStartTransaction', { idTag: 'R', connectorId: 2 })).toEqual({
      status: 'Accepted',
    })
    expect(await bench.call('RemoteStartTransaction', { idTag: 'R', connectorId: 1 })).toEqual({
      status: 'Rejected',
    })
    bench.station.reboot('remoteReset')
    bench.forget()
    await bench.clock.run(5000)
    expect(statuses(bench)).toEqual(['0 Unavailable', '1 Unavailable', '2 Available'])
  })
})

describe('UnlockConnector', () => {
  test('[1.6 7.46] a fixed cable has no lock: NotSupported, and the transaction goes on', async () => {
    const bench = await charging()
    expect(await bench.call('UnlockConnector', { connectorId: 1 })).toEqual({
      status: 'NotSupported',
    })
    await bench.clock.run(0)
    expect(bench.actions()).toEqual([])
  })

  test('[1.6 errata 3.87] a connector that does not exist is NotSupported', async () => {
    const bench = await booted()
    expect(await bench.call('UnlockConnector', { connectorId: 5 })).toEqual({
      status: 'NotSupported',
    })
  })
})

describe('configuration', () => {
  test('[1.6 5.8] all keys, or those that are asked for; names regardless of case', async () => {
    const bench = await booted()
    const all = await bench.call('GetConfiguration', {})
    const keys = all['configurationKey'] as { key: string; readonly: boolean; value: string }[]
    expect(keys.length).toBeGreaterThan(20)
    expect(keys).toContainEqual({ key: 'NumberOfConnectors', readonly: true, value: '2' })
    const some = await bench.call('GetConfiguration', { key: ['heartbeatinterval', 'Nope'] })
    expect(some).toEqual({
      configurationKey: [{ key: 'HeartbeatInterval', readonly: false, value: '3600' }],
      unknownKey: ['Nope'],
    })
  })

  test('more keys than GetConfigurationMaxKeys are a CALLERROR', async () => {
    const bench = await booted()
    const key = Array.from({ length: 101 }, (_, i) => `K${i}`)
    expect(await bench.outcome('GetConfiguration', { key })).toMatchObject({ kind: 'error' })
  })

  test.each([
    ['MeterValueSampleInterval', '-1', 'Rejected'],
    ['MeterValueSampleInterval', 'often', 'Rejected'],
    ['MeterValueSampleInterval', '30', 'Accepted'],
    ['HeartbeatInterval', '0', 'Rejected'],
    ['LocalPreAuthorize', 'maybe', 'Rejected'],
    ['LocalPreAuthorize', 'true', 'Accepted'],
    ['MeterValuesSampledData', 'Energy.Active.Import.Register,Horsepower', 'Rejected'],
    ['MeterValuesSampledData', 'SoC,Current.Import.L1', 'Accepted'],
    ['ConnectorPhaseRotation', '0.RST,1.RST', 'Accepted'],
    ['ConnectorPhaseRotation', '0.RRR', 'Rejected'],
    ['NumberOfConnectors', '5', 'Rejected'],
    ['Horsepower', '50', 'NotSupported'],
  ])('[1.6 5.3] %s = %s is %s', async (key, value, status) => {
    const bench = await booted()
    expect(await bench.call('ChangeConfiguration', { key, value })).toEqual({ status })
  })

  test('[1.6 5.3] a new sample interval and new measurands hold at once', async () => {
    const bench = await charging()
    await bench.call('ChangeConfiguration', { key: 'MeterValueSampleInterval', value: '10' })
    await bench.call('ChangeConfiguration', { key: 'MeterValuesSampledData', value: 'SoC' })
    await bench.clock.run(20_000)
    const samples = bench.sent('MeterValues')
    expect(samples.length).toBe(2)
    expect(JSON.stringify(samples[0])).toContain('"measurand":"SoC"')
  })

  test('[1.6 3.16.1] a change of something else leaves the instants of samples and heartbeats alone', async () => {
    const bench = await charging({ MeterValueSampleInterval: '60' })
    await bench.call('ChangeConfiguration', { key: 'HeartbeatInterval', value: '90' })
    for (let turn = 0; turn < 6; turn += 1) {
      await bench.clock.run(20_000)
      await bench.call('ChangeConfiguration', { key: 'BlinkRepeat', value: String(turn) })
    }
    const at = (action: string) =>
      bench.heard.filter((one) => one.action === action).map(({ atMs }) => atMs / 1000)
    expect(at('MeterValues')).toEqual([60, 120])
    expect(at('Heartbeat')).toEqual([90])
  })
})

describe('the rest', () => {
  test('[1.6 5.4] ClearCache forgets who may charge offline', async () => {
    const bench = await booted()
    const token = { idToken: 'TAG-1', type: 'Central' }
    await bench.act(bench.actor.authorize(plug, token, bench.cancel))
    expect(await bench.call('ClearCache', {})).toEqual({ status: 'Accepted' })
    bench.cut()
    await bench.clock.run(0)
    const offline = await bench.act(bench.actor.authorize(plug, token, bench.cancel))
    expect(offline).toMatchObject({ ok: false })
  })

  test('[1.6 errata 3.23] ClearCache without a cache is rejected', async () => {
    const bench = await booted({ AuthorizationCacheEnabled: 'false' })
    expect(await bench.call('ClearCache', {})).toEqual({ status: 'Rejected' })
  })

  test('[1.6 5.6] DataTransfer knows no vendor', async () => {
    const bench = await booted()
    expect(await bench.call('DataTransfer', { vendorId: 'Other' })).toEqual({
      status: 'UnknownVendorId',
    })
    expect(await bench.call('DataTransfer', { vendorId: 'Acme' })).toEqual({
      status: 'UnknownMessageId',
    })
  })

  test('actions of profiles that the station does not have are NotSupported', async () => {
    const bench = await booted({ SupportedFeatureProfiles: 'Core' })
    expect(await bench.outcome('CancelReservation', { reservationId: 1 })).toMatchObject({
      wireCode: 'NotSupported',
    })
    const reservation = {
      connectorId: 1,
      idTag: 'R',
      reservationId: 1,
      expiryDate: '2027-01-01T00:00:00Z',
    }
    expect(await bench.call('ReserveNow', reservation)).toEqual({ status: 'Rejected' })
    expect(bench.findings).toEqual([])
  })

  test('[1.6 5.10, 5.15] without the profile the answers themselves say that there is no list', async () => {
    const bench = await booted({ SupportedFeatureProfiles: 'Core' })
    expect(await bench.call('GetLocalListVersion', {})).toEqual({ listVersion: -1 })
    const list = { listVersion: 1, updateType: 'Full' }
    expect(await bench.call('SendLocalList', list)).toEqual({ status: 'NotSupported' })
  })
})
