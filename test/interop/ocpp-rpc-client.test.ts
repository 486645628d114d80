import { describe, expect, test } from 'vitest'
import { Serve } from '../helpers/serve.ts'
import { everyReportSession } from './every-report-2x.ts'
import { RPCClient, type RpcClient } from './ocpp-rpc.ts'
import { RpcStation } from './ocpp-rpc-station.ts'
import { RpcStation2x } from './ocpp-rpc-station-2x.ts'
import { firmwareSession, smartChargingSession } from './serve-sessions.ts'
import { chargingSession, maintenanceSession } from './serve-sessions-2x.ts'

interface StoredTransaction {
  readonly stationId: string
  readonly transactionId: number | string
  readonly energyWh: number
}

const connected = (serve: Serve, identity: string, protocol: string) =>
  connectedTo(`${serve.url}/ocpp`, identity, protocol)

async function connectedTo(
  endpoint: string,
  identity: string,
  protocol: string,
): Promise<RpcClient> {
  const client = new RPCClient({
    endpoint,
    identity,
    protocols: [protocol],
    // Every frame, in both directions, also has to pass the peer's own validation.
    strictMode: true,
    reconnect: false,
  })
  await client.connect()
  expect(client.protocol).toBe(protocol)
  return client
}

describe('the npm package ocpp-rpc as a charging station, against csms serve', () => {
  test('1.6: a whole charging session, started remotely', async () => {
    await using serve = await Serve.start()
    const station = await connected(serve, 'RPC16', 'ocpp1.6')
    const remoteStarts: object[] = []
    station.handle('RemoteStartTransaction', ({ params }) => {
      remoteStarts.push(params)
      return { status: 'Accepted' }
    })

    const boot = await station.call('BootNotification', {
      chargePointVendor: 'Peer',
      chargePointModel: 'P16',
    })
    expect(boot).toMatchObject({ status: 'Accepted', interval: 300 })
    for (const connectorId of [0, 1]) {
      const status = { connectorId, errorCode: 'NoError', status: 'Available' }
      expect(await station.call('StatusNotification', status)).toEqual({})
    }

    const remoteStart = { idTag: 'DRIVER1', connectorId: 1 }
    expect(await serve.command('RPC16', 'RemoteStartTransaction', remoteStart)).toEqual({
      status: 'answered',
      payload: { status: 'Accepted' },
    })
    expect(remoteStarts).toEqual([remoteStart])

    expect(await station.call('Authorize', { idTag: 'DRIVER1' })).toMatchObject({
      idTagInfo: { status: 'Accepted' },
    })
    const start = { connectorId: 1, idTag: 'DRIVER1', meterStart: 1000 }
    const started = await station.call('StartTransaction', {
      ...start,
      timestamp: '2026-01-01T10:00:00Z',
    })
    expect(started).toMatchObject({ idTagInfo: { status: 'Accepted' } })
    const transactionId = started['transactionId']
    const sample = { value: '1500', measurand: 'Energy.Active.Import.Register', unit: 'Wh' }
    const meterValue = [{ timestamp: '2026-01-01T10:15:00.5+00:00', sampledValue: [sample] }]
    expect(
      await station.call('MeterValues', { connectorId: 1, transactionId, meterValue }),
    ).toEqual({})
    expect(await station.call('Heartbeat', {})).toHaveProperty('currentTime')
    const stop = { transactionId, meterStop: 2234, timestamp: '2026-01-01T10:30:00Z' }
    await station.call('StopTransaction', { ...stop, reason: 'Local' })
    await station.close()

    expect(await serve.get<StoredTransaction[]>('/api/v1/transactions')).toMatchObject([
      {
        stationId: 'RPC16',
        transactionId,
        idToken: 'DRIVER1',
        connectorId: 1,
        startedAt: '2026-01-01T10:00:00Z',
        stoppedAt: '2026-01-01T10:30:00Z',
        meterStartWh: 1000,
        meterStopWh: 2234,
        energyWh: 1234,
        stopReason: 'Local',
      },
    ])
  })

  test('2.0.1: a whole charging session, and a variable read from the station', async () => {
    await using serve = await Serve.start()
    const station = await connected(serve, 'RPC201', 'ocpp2.0.1')
    const asked = {
      getVariableData: [
        { component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' } },
      ],
    }
    station.handle('GetVariables', () => ({
      getVariableResult: [
        { ...asked.getVariableData[0], attributeStatus: 'Accepted', attributeValue: '300' },
      ],
    }))

    expect(
      await station.call('BootNotification', {
        reason: 'PowerUp',
        chargingStation: { vendorName: 'Peer', model: 'P201' },
      }),
    ).toMatchObject({ status: 'Accepted' })
    await station.call('StatusNotification', {
      timestamp: '2026-01-01T10:00:00Z',
      connectorStatus: 'Available',
      evseId: 1,
      connectorId: 1,
    })
    expect(await serve.command('RPC201', 'GetVariables', asked)).toMatchObject({
      status: 'answered',
      payload: { getVariableResult: [{ attributeValue: '300' }] },
    })

    const idToken = { idToken: 'DRIVER1', type: 'ISO14443' }
    expect(await station.call('Authorize', { idToken })).toMatchObject({
      idTokenInfo: { status: 'Accepted' },
    })
    const event = (eventType: string, triggerReason: string, seqNo: number, register: number) => ({
      eventType,
      triggerReason,
      seqNo,
      timestamp: `2026-01-01T10:0${seqNo}:00Z`,
      transactionInfo: { transactionId: 'peer-1' },
      evse: { id: 1, connectorId: 1 },
      meterValue: [
        {
          timestamp: `2026-01-01T10:0${seqNo}:00Z`,
          sampledValue: [
            {
              value: register,
              measurand: 'Energy.Active.Import.Register',
              unitOfMeasure: { unit: 'Wh' },
            },
          ],
        },
      ],
    })
    expect(
      await station.call('TransactionEvent', {
        ...event('Started', 'Authorized', 0, 100),
        idToken,
      }),
    ).toMatchObject({ idTokenInfo: { status: 'Accepted' } })
    await station.call('TransactionEvent', event('Updated', 'MeterValuePeriodic', 1, 400))
    await station.call('TransactionEvent', event('Ended', 'EVDeparted', 2, 900))
    await station.close()

    expect(await serve.get<StoredTransaction[]>('/api/v1/transactions')).toMatchObject([
      { stationId: 'RPC201', transactionId: 'peer-1', energyWh: 800, idToken: 'DRIVER1' },
    ])
  })

  test('unknown tokens are Invalid in 1.6 and Unknown in 2.0.1 where tokens are named', async () => {
    await using serve = await Serve.start('--unknown-tokens', 'reject')
    const old = await connected(serve, 'A', 'ocpp1.6')
    await old.call('BootNotification', { chargePointVendor: 'P', chargePointModel: 'P' })
    expect(await old.call('Authorize', { idTag: 'NOBODY' })).toEqual({
      idTagInfo: { status: 'Invalid' },
    })
    const young = await connected(serve, 'B', 'ocpp2.0.1')
    await young.call('BootNotification', {
      reason: 'PowerUp',
      chargingStation: { vendorName: 'P', model: 'P' },
    })
    const idToken = { idToken: 'NOBODY', type: 'ISO14443' }
    expect(await young.call('Authorize', { idToken })).toEqual({
      idTokenInfo: { status: 'Unknown' },
    })
    await old.close()
    await young.close()
  })

  test('[1.6 3.13] csms serve limits it while it charges, and knows its limits', async () => {
    await smartChargingSession(obedientStation)
  })

  test('[1.6 4.4, 4.5] it fetches firmware of csms serve and brings diagnostics', async () => {
    await firmwareSession(obedientStation)
  })

  test('[2.0.1 F01, K01] csms serve starts, limits and stops it', async () => {
    await chargingSession(obedientStation2x)
  })

  test('[2.0.1 B05-B07, L01, N01] csms serve maintains it', async () => {
    await maintenanceSession(obedientStation2x)
  })

  test('[2.0.1 A-P] it sends all there is, and can read the answers', async () => {
    await everyReportSession(async (endpoint) => {
      const station = await connectedTo(endpoint, 'PEER', 'ocpp2.0.1')
      return {
        call: (action, payload) => station.call(action, payload),
        [Symbol.asyncDispose]: async () => void (await station.close()),
      }
    }, 'ocpp2.0.1')
  })
})

const obedientStation = async (url: string, identity: string) =>
  blameless(await RpcStation.connect(url, identity))

const obedientStation2x = async (url: string, identity: string) =>
  blameless(await RpcStation2x.connect(url, identity))

/** Fails where anything went wrong in what it did by itself. */
function blameless(station: RpcStation | RpcStation2x): AsyncDisposable {
  return {
    async [Symbol.asyncDispose]() {
      await station[Symbol.asyncDispose]()
      expect(station.faults).toEqual([])
    },
  }
}
