import { describe, expect, test } from 'vitest'
import type { BareStation } from '../../../test/helpers/bare-station.ts'
import { memoryCsms } from '../../../test/helpers/memory-csms.ts'

const tokens = [
  { idToken: 'T1', status: 'Accepted' },
  { idToken: 'T2', status: 'Accepted' },
  { idToken: 'SOLO', status: 'Accepted', concurrent: false },
] as const

const at = (minute: number) => `2026-01-01T00:${String(minute).padStart(2, '0')}:00Z`

const start = (station: BareStation, more: object = {}) =>
  station.ask('StartTransaction', {
    connectorId: 1,
    idTag: 'T1',
    meterStart: 1000,
    timestamp: at(0),
    ...more,
  })

const stop = (station: BareStation, transactionId: number, more: object = {}) =>
  station.ask('StopTransaction', { transactionId, meterStop: 8500, timestamp: at(30), ...more })

async function booted() {
  const csms = memoryCsms({ tokens })
  return {
    csms,
    station: await csms.boot('CP1'),
    transactions: () => [...csms.store.transactions.list()],
  }
}

describe('1.6 transactions', () => {
  test('[1.6 4.8, 4.10] a session is kept with the times and registers of its payloads', async () => {
    const { csms, station, transactions } = await booted()
    expect(await start(station, { reservationId: 7 })).toEqual({
      transactionId: 1,
      idTagInfo: { status: 'Accepted' },
    })
    expect(await stop(station, 1, { idTag: 'T2', reason: 'Remote' })).toEqual({
      idTagInfo: { status: 'Accepted' },
    })
    expect(transactions()).toMatchObject([
      {
        ordinal: 1,
        stationId: 'CP1',
        transactionId: 1,
        connectorId: 1,
        idToken: 'T1',
        startedAt: at(0),
        stoppedAt: at(30),
        meterStartWh: 1000,
        meterStopWh: 8500,
        energyWh: 7500,
        stopReason: 'Remote',
        reservationId: 7,
      },
    ])
    const { transactionsStarted, transactionsStopped } = csms.domain.counters
    expect([transactionsStarted, transactionsStopped]).toEqual([1, 1])
  })

  test('[1.6J errata 3.1] a repeated start is answered with the same transaction', async () => {
    const { csms, station, transactions } = await booted()
    const first = await start(station)
    expect(await start(station)).toEqual(first)
    expect(await start(station, { connectorId: 2 })).toMatchObject({ transactionId: 2 })
    expect(await start(station)).toEqual(first)
    expect(transactions()).toHaveLength(2)
    expect(csms.domain.counters.transactionRetries).toBe(2)
  })

  test('the same start after the stop of the first is another transaction', async () => {
    const { station, transactions } = await booted()
    await start(station)
    await stop(station, 1)
    expect(await start(station)).toMatchObject({ transactionId: 2 })
    expect(transactions()).toHaveLength(2)
  })

  test('the same start from another station is another transaction', async () => {
    const { csms, station } = await booted()
    const other = await csms.boot('CP2')
    expect(await start(station)).toMatchObject({ transactionId: 1 })
    expect(await start(other)).toMatchObject({ transactionId: 2 })
  })

  test('a repeated stop is answered alike and changes nothing', async () => {
    const { csms, station, transactions } = await booted()
    await start(station)
    const first = await stop(station, 1)
    expect(await stop(station, 1, { meterStop: 9999 })).toEqual(first)
    expect(transactions()).toMatchObject([{ energyWh: 7500 }])
    expect(csms.domain.counters).toMatchObject({ transactionsStopped: 1, transactionRetries: 1 })
  })

  test('a tag that is not accepted still opens a transaction, which can be stopped', async () => {
    const { station, transactions } = await booted()
    expect(await start(station, { idTag: 'WRONG' })).toEqual({
      transactionId: 1,
      idTagInfo: { status: 'Invalid' },
    })
    expect(await start(station, { idTag: 'WRONG' })).toMatchObject({
      idTagInfo: { status: 'Invalid' },
    })
    await stop(station, 1, { meterStop: 1000, reason: 'DeAuthorized' })
    expect(transactions()).toMatchObject([{ authorization: 'Unknown', energyWh: 0 }])
  })

  test('ConcurrentTx is told at the start only, and only for a token that is limited', async () => {
    const { station } = await booted()
    await start(station, { idTag: 'SOLO' })
    expect(await station.ask('Authorize', { idTag: 'SOLO' })).toMatchObject({
      idTagInfo: { status: 'Accepted' },
    })
    const second = { idTag: 'solo', connectorId: 2 }
    expect(await start(station, second)).toEqual({
      transactionId: 2,
      idTagInfo: { status: 'ConcurrentTx' },
    })
    expect(await start(station, { idTag: 'SOLO' })).toMatchObject({
      transactionId: 1,
      idTagInfo: { status: 'Accepted' },
    })
    await stop(station, 1)
    await stop(station, 2)
    expect(await start(station, { ...second, timestamp: at(40) })).toMatchObject({
      transactionId: 3,
      idTagInfo: { status: 'Accepted' },
    })
    await start(station, { idTag: 'T2' })
    expect(await start(station, { idTag: 'T2', connectorId: 2 })).toMatchObject({
      idTagInfo: { status: 'Accepted' },
    })
  })

  test('an offline start with an old timestamp is accepted', async () => {
    const { station, transactions } = await booted()
    expect(await start(station, { timestamp: '2025-12-11T00:00:00Z' })).toMatchObject({
      idTagInfo: { status: 'Accepted' },
    })
    expect(transactions()).toMatchObject([{ startedAt: '2025-12-11T00:00:00Z' }])
  })

  test('a stop of an unknown id is answered as any other, and recorded once', async () => {
    const { station, transactions } = await booted()
    expect(await stop(station, 4711)).toEqual({})
    expect(await stop(station, 4711)).toEqual({})
    expect(transactions()).toMatchObject([
      { transactionId: 4711, startedAt: undefined, meterStopWh: 8500, energyWh: undefined },
    ])
  })

  test("another station's transaction id is unknown here", async () => {
    const { csms, station, transactions } = await booted()
    await start(station)
    const other = await csms.boot('CP2')
    await stop(other, 1)
    expect(transactions()[0]).toMatchObject({ stationId: 'CP1', stoppedAt: undefined })
    expect(transactions()[1]).toMatchObject({ stationId: 'CP2', startedAt: undefined })
  })

  test.each([-1, 0])(
    '[1.6 errata 3.18] a stop with id %i ends the open transaction that fits',
    async (id) => {
      const { station, transactions } = await booted()
      await start(station, { idTag: 'T2', connectorId: 2 })
      await start(station)
      expect(await stop(station, id, { idTag: 'T1' })).toEqual({
        idTagInfo: { status: 'Accepted' },
      })
      await stop(station, id, { idTag: 'T1' })
      expect(transactions()).toMatchObject([
        { transactionId: 1, stoppedAt: undefined },
        { transactionId: 2, stoppedAt: at(30), energyWh: 7500 },
      ])
    },
  )

  test('a stop with id -1 leaves alone a transaction whose id the station has used', async () => {
    const { station, transactions } = await booted()
    await start(station)
    await station.ask('MeterValues', {
      connectorId: 1,
      transactionId: 1,
      meterValue: [{ timestamp: at(1), sampledValue: [{ value: '1100' }] }],
    })
    await stop(station, -1, { idTag: 'T1' })
    expect(transactions()).toMatchObject([
      { transactionId: 1, stoppedAt: undefined, lastRegisterWh: 1100 },
      { transactionId: -1, startedAt: undefined, stoppedAt: at(30) },
    ])
  })
})

describe('1.6 meter values', () => {
  const meterValues = (station: BareStation, sampledValue: object[], more: object = {}) =>
    station.ask('MeterValues', {
      connectorId: 1,
      transactionId: 1,
      meterValue: [{ timestamp: at(5), sampledValue }],
      ...more,
    })

  test('[1.6 7.31] the total import register is read, whatever its unit', async () => {
    const { station, transactions } = await booted()
    await start(station)
    const measurand = 'Energy.Active.Import.Register'
    await meterValues(station, [
      { value: '230', measurand: 'Voltage', unit: 'V' },
      { value: '9', measurand, unit: 'kWh', phase: 'L1' },
      { value: '1.5', measurand, unit: 'kWh' },
    ])
    expect(transactions()[0]?.lastRegisterWh).toBe(1500)
    await meterValues(station, [{ value: '12', measurand: 'Power.Active.Import', unit: 'W' }])
    expect(transactions()[0]?.lastRegisterWh).toBe(1500)
    await meterValues(station, [{ value: '1700', measurand, unit: 'Wh' }])
    expect(transactions()[0]?.lastRegisterWh).toBe(1700)
  })

  test('with id -1 they belong to the open transaction of the connector', async () => {
    const { station, transactions } = await booted()
    await start(station)
    await start(station, { connectorId: 2 })
    await meterValues(station, [{ value: '2000' }], { connectorId: 2, transactionId: -1 })
    expect(transactions().map((known) => known.lastRegisterWh)).toEqual([undefined, 2000])
  })

  test('without a transaction, of connector 0 and of unknown ids they are answered', async () => {
    const { csms, station } = await booted()
    for (const transactionId of [undefined, 99]) {
      expect(
        await meterValues(station, [{ value: '1' }], { connectorId: 0, transactionId }),
      ).toEqual({})
    }
    expect(csms.gateway.station('CP1')?.meterValues.list()).toHaveLength(1)
  })

  test('only the latest is kept of each connector', async () => {
    const { csms, station } = await booted()
    for (let value = 1; value <= 20; value += 1) {
      await meterValues(station, [{ value: String(value) }], { connectorId: 1 + (value % 2) })
    }
    const kept = csms.gateway.station('CP1')?.meterValues.list() ?? []
    const values = kept.map(({ connectorId, meterValue }) => [connectorId, meterValue])
    const expected = (connectorId: number, value: string) => [
      connectorId,
      { timestamp: at(5), sampledValue: [{ value }] },
    ]
    expect(values).toEqual([expected(2, '19'), expected(1, '20')])
  })
})
