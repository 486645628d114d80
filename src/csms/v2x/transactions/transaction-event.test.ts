import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BareStation } from '../../../../test/helpers/bare-station.ts'
import { memoryCsms } from '../../../../test/helpers/memory-csms.ts'
import type { OcppVersion } from '../../../ocpp/version.ts'
import { newTransaction } from '../../domain/transaction.ts'
import { hasSeen, noteSeqNo } from './sequence.ts'

const tokens = [
  { idToken: 'T1', status: 'Accepted' },
  { idToken: 'T2', status: 'Accepted' },
  { idToken: 'SOLO', status: 'Accepted', concurrent: false },
] as const

const at = (minute: number) => `2026-01-01T00:${String(minute).padStart(2, '0')}:00Z`
const token = (idToken: string) => ({ idToken: { idToken, type: 'ISO14443' } })
const register = (value: number, more: object = {}) => ({
  meterValue: [{ timestamp: at(0), sampledValue: [{ value, ...more }] }],
})

function event(
  station: BareStation,
  eventType: 'Started' | 'Updated' | 'Ended',
  seqNo: number,
  more: object = {},
  info: object = {},
) {
  const triggers = { Started: 'Authorized', Updated: 'MeterValuePeriodic', Ended: 'StopAuthorized' }
  return station.ask('TransactionEvent', {
    eventType,
    seqNo,
    timestamp: at(seqNo),
    triggerReason: triggers[eventType],
    transactionInfo: { transactionId: 'tx-1', ...info },
    ...more,
  })
}

async function booted(version: OcppVersion = 'ocpp2.0.1') {
  const csms = memoryCsms({ tokens })
  return {
    csms,
    station: await csms.boot('CS1', version),
    transactions: () => [...csms.store.transactions.list()],
  }
}

describe('TransactionEvent', () => {
  test.each(['ocpp2.0.1', 'ocpp2.1'] as const)(
    '[2.0.1 E01, E02, E06] %s: a session is kept with the times of its events',
    async (version) => {
      const { csms, station, transactions } = await booted(version)
      const evse = { id: 1, connectorId: 2 }
      const started = { ...token('T1'), evse, ...register(100, { context: 'Transaction.Begin' }) }
      expect(
        await event(station, 'Started', 0, started, {
          chargingState: 'Charging',
          remoteStartId: 5,
        }),
      ).toEqual({ idTokenInfo: { status: 'Accepted' } })
      expect(await event(station, 'Updated', 1, register(600))).toEqual({})
      const ended = { ...token('T2'), ...register(1.1, { unitOfMeasure: { unit: 'kWh' } }) }
      expect(await event(station, 'Ended', 2, ended, { stoppedReason: 'Remote' })).toEqual({
        idTokenInfo: { status: 'Accepted' },
      })
      expect(transactions()).toMatchObject([
        {
          stationId: 'CS1',
          transactionId: 'tx-1',
          evseId: 1,
          connectorId: 2,
          idToken: 'T1',
          startedAt: at(0),
          stoppedAt: at(2),
          meterStartWh: 100,
          meterStopWh: 1100,
          energyWh: 1000,
          stopReason: 'Remote',
          remoteStartId: 5,
          chargingState: 'Charging',
          missingSeqNos: undefined,
        },
      ])
      expect(csms.domain.counters).toMatchObject({ transactionsStarted: 1, transactionsStopped: 1 })
    },
  )

  test('registers marked Transaction.Begin and .End count, wherever they stand', async () => {
    const { station, transactions } = await booted()
    await event(station, 'Started', 0)
    await event(station, 'Updated', 1, register(300))
    const sampledValue = [
      { value: 1, context: 'Transaction.Begin', unitOfMeasure: { multiplier: 2 } },
      { value: 900, context: 'Transaction.End' },
      { value: 7, phase: 'L1' },
      { value: 999, location: 'EV' },
      { value: 42, measurand: 'SoC' },
    ]
    await event(station, 'Ended', 2, { meterValue: [{ timestamp: at(2), sampledValue }] })
    expect(transactions()).toMatchObject([{ meterStartWh: 100, meterStopWh: 900, energyWh: 800 }])
  })

  test('without a register in the end the last one reported counts', async () => {
    const { station, transactions } = await booted()
    await event(station, 'Started', 0, register(100))
    await event(station, 'Updated', 1, register(350))
    await event(station, 'Ended', 2)
    expect(transactions()).toMatchObject([{ energyWh: 250 }])
  })

  test('without any register no energy is made up', async () => {
    const { station, transactions } = await booted()
    await event(station, 'Started', 0)
    await event(station, 'Ended', 1)
    expect(transactions()).toMatchObject([{ energyWh: undefined, stopReason: 'Local' }])
  })

  test('[2.0.1 E13] a repeated event is answered alike and counted once', async () => {
    const { csms, station, transactions } = await booted()
    const first = await event(station, 'Started', 0, { ...token('SOLO'), ...register(100) })
    expect(await event(station, 'Started', 0, { ...token('SOLO'), ...register(100) })).toEqual(
      first,
    )
    await event(station, 'Ended', 1, register(400))
    await event(station, 'Ended', 1, register(900))
    expect(transactions()).toMatchObject([{ energyWh: 300 }])
    expect(csms.domain.counters).toMatchObject({
      transactionsStarted: 1,
      transactionsStopped: 1,
      transactionRetries: 2,
    })
  })

  test('a token that was in another transaction is ConcurrentTx, also when repeated', async () => {
    const { station } = await booted()
    await event(station, 'Started', 0, token('SOLO'))
    const second = () => event(station, 'Started', 0, token('SOLO'), { transactionId: 'tx-2' })
    expect(await second()).toEqual({ idTokenInfo: { status: 'ConcurrentTx' } })
    expect(await second()).toEqual({ idTokenInfo: { status: 'ConcurrentTx' } })
    await event(station, 'Ended', 1)
    expect(await event(station, 'Started', 0, token('SOLO'), { transactionId: 'tx-3' })).toEqual({
      idTokenInfo: { status: 'Accepted' },
    })
  })

  test('a token that comes after the start is the transaction’s, one at the end is not', async () => {
    const { station, transactions } = await booted()
    await event(station, 'Started', 0)
    expect(await event(station, 'Updated', 1, token('WRONG'))).toEqual({
      idTokenInfo: { status: 'Unknown' },
    })
    await event(station, 'Ended', 2, token('T1'))
    await event(station, 'Started', 0, {}, { transactionId: 'tx-2' })
    await event(station, 'Ended', 1, token('T1'), { transactionId: 'tx-2' })
    expect(transactions()).toMatchObject([
      { idToken: 'WRONG', authorization: 'Unknown' },
      { idToken: undefined, authorization: undefined },
    ])
  })

  test('events out of order are put together, gaps are noted', async () => {
    const { station, transactions } = await booted()
    await event(station, 'Updated', 4, register(500))
    await event(station, 'Ended', 5, { ...register(600), offline: true })
    expect(transactions()).toMatchObject([{ startedAt: undefined, meterStartWh: 500 }])
    await event(station, 'Started', 2, {
      ...token('T1'),
      ...register(100, { context: 'Transaction.Begin' }),
    })
    expect(transactions()).toMatchObject([
      {
        startedAt: at(2),
        stoppedAt: at(5),
        idToken: 'T1',
        energyWh: 500,
        offline: true,
        missingSeqNos: [3],
      },
    ])
    await event(station, 'Updated', 3)
    expect(transactions()).toMatchObject([{ missingSeqNos: undefined }])
  })

  test('an end whose start was lost is recorded', async () => {
    const { csms, station, transactions } = await booted()
    expect(await event(station, 'Ended', 7, register(900))).toEqual({})
    expect(transactions()).toMatchObject([
      { transactionId: 'tx-1', startedAt: undefined, stoppedAt: at(7), meterStopWh: 900 },
    ])
    expect(csms.domain.counters).toMatchObject({ transactionsStarted: 0, transactionsStopped: 1 })
  })

  test('a seqNo that goes on from earlier transactions leaves no gap', async () => {
    const { station, transactions } = await booted()
    await event(station, 'Started', 40)
    await event(station, 'Ended', 41)
    expect(transactions()).toMatchObject([{ firstSeqNo: 40, lastSeqNo: 41, energyWh: undefined }])
    expect(transactions()[0]?.missingSeqNos).toBeUndefined()
  })
})

describe('seqNo bookkeeping', () => {
  test('knows what came and what is missing, for any order', () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 1 })
    fc.assert(
      fc.property(numbers, (order) => {
        const transaction = newTransaction(1, { stationId: 'CS1', transactionId: 'x' })
        for (const seqNo of order) {
          expect(hasSeen(transaction, seqNo)).toBe(false)
          noteSeqNo(transaction, seqNo)
        }
        const highest = Math.max(...order)
        const missing = []
        for (let seqNo = Math.min(...order); seqNo <= highest; seqNo += 1) {
          if (!order.includes(seqNo)) missing.push(seqNo)
          expect(hasSeen(transaction, seqNo)).toBe(order.includes(seqNo))
        }
        const noted = [...(transaction.missingSeqNos ?? [])]
        expect(noted.sort((a, b) => a - b)).toEqual(missing)
      }),
    )
  })
})
