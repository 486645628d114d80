import { describe, expect, test } from 'vitest'
import { memoryCsms } from '../../../test/helpers/memory-csms.ts'

const now = '2026-01-01T00:00:00.000Z'

/** A CSMS with a booted station that answers every command as told. */
async function connected(answers: Readonly<Record<string, object>> = {}) {
  const csms = memoryCsms({
    pingIntervalMs: 0,
    vendors: ['Acme'],
    tokens: [{ idToken: 'T', status: 'Accepted' }],
  })
  const station = await csms.boot('CP1')
  const given = { ...answers }
  station.serve = (action) => given[action]
  const record = csms.store.stations.get('CP1')
  if (!record) throw new Error('there is no CP1')
  const command = (action: string, payload: object) => csms.commander.send('CP1', action, payload)
  return { csms, station, record, given, command }
}

describe('what the CSMS learns of a 1.6 station', () => {
  test('[1.6 5.2] an order stands as the station took it, and is fulfilled by a status', async () => {
    const { command, given, record, station } = await connected({
      ChangeAvailability: { status: 'Scheduled' },
    })
    const order = (connectorId: number, type: string) =>
      command('ChangeAvailability', { connectorId, type })
    await order(1, 'Inoperative')
    expect(record.availability).toEqual([
      {
        evseId: undefined,
        connectorId: 1,
        type: 'Inoperative',
        status: 'Scheduled',
        orderedAt: now,
      },
    ])
    const status = (connectorId: number) =>
      station.ask('StatusNotification', {
        connectorId,
        errorCode: 'NoError',
        status: 'Unavailable',
      })
    await status(2)
    expect(record.availability).toMatchObject([{ status: 'Scheduled' }])
    await status(1)
    expect(record.availability).toMatchObject([{ status: 'Accepted' }])
    given['ChangeAvailability'] = { status: 'Rejected' }
    await order(2, 'Inoperative')
    given['ChangeAvailability'] = { status: 'Accepted' }
    await order(2, 'Operative')
    expect(record.availability).toMatchObject([{ connectorId: 1 }, { connectorId: 2 }])
    await order(0, 'Operative')
    expect(record.availability).toMatchObject([{ connectorId: 0, type: 'Operative' }])
  })

  test('[1.6 5.3] a change that was taken is remembered, until the boot as one that waits for it', async () => {
    const { command, given, record, station } = await connected({
      GetConfiguration: {
        configurationKey: [{ key: 'HeartbeatInterval', value: '300', readonly: false }],
        unknownKey: ['Gone'],
      },
      ChangeConfiguration: { status: 'RebootRequired' },
    })
    record.configuration['Gone'] = { value: '1', readonly: false }
    await command('GetConfiguration', {})
    expect(record.configuration).toEqual({ HeartbeatInterval: { value: '300', readonly: false } })
    const change = (value: string) =>
      command('ChangeConfiguration', { key: 'heartbeatINTERVAL', value })
    await change('60')
    const waiting = { HeartbeatInterval: { value: '60', readonly: false, rebootRequired: true } }
    expect(record.configuration).toEqual(waiting)
    given['ChangeConfiguration'] = { status: 'Rejected' }
    await change('1')
    expect(record.configuration).toEqual(waiting)
    await station.boot('ocpp1.6')
    expect(record.configuration).toEqual({ HeartbeatInterval: { value: '60', readonly: false } })
  })

  test('secrets are kept neither when they are read nor when they are set', async () => {
    const { command, record } = await connected({
      GetConfiguration: {
        configurationKey: [{ key: 'VendorPassword', value: 'hunter22', readonly: false }],
      },
      ChangeConfiguration: { status: 'Accepted' },
    })
    await command('GetConfiguration', {})
    await command('ChangeConfiguration', { key: 'AuthorizationKey', value: '0123456789abcdef' })
    expect(JSON.stringify(record.configuration)).not.toMatch(/hunter22|0123456789abcdef/)
  })

  test('no station fills the memory with keys', async () => {
    const many = Array.from({ length: 1200 }, (_, i) => ({ key: `K${i}`, readonly: true }))
    const { command, record } = await connected({ GetConfiguration: { configurationKey: many } })
    await command('GetConfiguration', {})
    expect(Object.keys(record.configuration).length).toBe(1000)
  })

  test('[1.6 6.3] modem and meter of the boot', async () => {
    const { record, station } = await connected()
    await station.ask('BootNotification', {
      chargePointVendor: 'Acme',
      chargePointModel: 'AC22',
      iccid: '8949',
      meterType: 'M1',
      meterSerialNumber: 'M-7',
    })
    expect(record).toMatchObject({
      modem: { iccid: '8949' },
      meter: { type: 'M1', serialNumber: 'M-7' },
    })
  })

  test('[1.6 4.3, 5.6] the latest DataTransfers of both directions, each no longer than it must be', async () => {
    const { command, record, station } = await connected({
      DataTransfer: { status: 'Accepted', data: 'x'.repeat(5000) },
    })
    const sent = { vendorId: 'Acme', messageId: 'Tariff', data: '0.40' }
    expect(await station.ask('DataTransfer', sent)).toEqual({ status: 'Accepted' })
    expect(await station.ask('DataTransfer', { vendorId: 'Other' })).toEqual({
      status: 'UnknownVendorId',
    })
    await command('DataTransfer', { vendorId: 'Acme', messageId: 'Ask' })
    expect(record.dataTransfers).toMatchObject([
      { ...sent, at: now, from: 'station', status: 'Accepted' },
      { from: 'csms', messageId: 'Ask', status: 'Accepted' },
    ])
    expect(record.dataTransfers?.[1]?.data?.length).toBe(1000)
    for (let i = 0; i < 30; i += 1) await command('DataTransfer', { vendorId: 'Acme' })
    expect(record.dataTransfers?.length).toBe(20)
  })

  test('[1.6 7.49] SignedData passes through to the transaction, the first and the last of many', async () => {
    const { csms, station } = await connected()
    const begin = { connectorId: 1, idTag: 'T', meterStart: 0, timestamp: now }
    const { transactionId } = await station.ask('StartTransaction', begin)
    const signed = (context: string, value: string) => ({
      timestamp: now,
      sampledValue: [
        { value: '5', context },
        { value, context, format: 'SignedData' },
      ],
    })
    for (let i = 0; i < 20; i += 1) {
      const meterValue = [signed('Sample.Periodic', `S${i}`)]
      await station.ask('MeterValues', { connectorId: 1, transactionId, meterValue })
    }
    await station.ask('StopTransaction', {
      transactionId,
      meterStop: 7,
      timestamp: now,
      transactionData: [signed('Transaction.End', 'LAST')],
    })
    const [transaction] = csms.store.transactions.ofStation('CP1')
    expect(transaction).toMatchObject({ meterStopWh: 7, lastRegisterWh: 5 })
    expect(transaction?.signedData?.length).toBe(10)
    expect(transaction?.signedData?.[0]).toEqual({
      timestamp: now,
      context: 'Sample.Periodic',
      data: 'S0',
    })
    expect(transaction?.signedData?.at(-1)).toMatchObject({
      context: 'Transaction.End',
      data: 'LAST',
    })
  })
})
