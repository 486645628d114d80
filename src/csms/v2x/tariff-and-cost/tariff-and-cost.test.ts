import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { memoryCsms } from '../../../../test/helpers/memory-csms.ts'
import type { Token } from '../../domain/token.ts'

const folder = mkdtempSync(join(tmpdir(), 'csms-tariffs-'))
afterAll(() => rmSync(folder, { recursive: true }))

const vat = [{ type: 'vat', tax: 20 }]
const book = {
  default: 'standard',
  receipts: 'https://receipts.example/',
  companies: [
    {
      vatNumber: 'DE 123',
      name: 'Voltfahrt',
      address1: 'Ladestr. 1',
      city: 'Berlin',
      country: 'DE',
    },
  ],
  tariffs: [
    {
      tariffId: 'standard',
      currency: 'EUR',
      description: [{ format: 'UTF8', content: '0.50 a kWh' }],
      energy: { prices: [{ priceKwh: 0.5 }], taxRates: vat },
    },
    {
      tariffId: 'place',
      currency: 'EUR',
      energy: {
        prices: [
          { priceKwh: 1, conditions: { evseKind: 'DC', startTimeOfDay: '22:00' } },
          { priceKwh: 0.2 },
        ],
      },
    },
    {
      tariffId: 'mine',
      currency: 'EUR',
      validFrom: '2027-01-01T00:00:00Z',
      energy: { prices: [{ priceKwh: 0.1 }] },
    },
  ],
}
const tariffsFile = join(folder, 'tariffs.json')
writeFileSync(tariffsFile, JSON.stringify(book))

const tokens: readonly Token[] = [
  { idToken: 'CARD', status: 'Accepted' },
  { idToken: 'MEMBER', status: 'Accepted', tariffId: 'mine' },
  { idToken: 'NIGHT', status: 'Accepted', tariffId: 'place' },
  { idToken: 'PREPAID', status: 'Accepted', balance: 10 },
]
const minute = (n: number) => new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString()
const card = (idToken: string) => ({ idToken, type: 'ISO14443' })

async function boot(version: 'ocpp2.0.1' | 'ocpp2.1' = 'ocpp2.1') {
  const csms = memoryCsms({ tokens, tariffsFile })
  const station = await csms.boot('CS1', version)
  let seqNo = 0
  const tell = (eventType: string, registerWh: number, more: object = {}) => {
    const timestamp = minute(seqNo * 10)
    const event = {
      eventType,
      seqNo,
      timestamp,
      triggerReason: 'MeterValuePeriodic',
      transactionInfo: { transactionId: 'tx', chargingState: 'Charging' },
      meterValue: [{ timestamp, sampledValue: [{ value: registerWh }] }],
      ...more,
    }
    seqNo += 1
    return station.ask('TransactionEvent', event)
  }
  const transaction = () => [...csms.store.transactions.list()][0]
  return { csms, station, tell, transaction }
}

describe.each(['ocpp2.0.1', 'ocpp2.1'] as const)('%s', (version) => {
  test('[2.0.1 I02.FR.01, I03.FR.02] running and final cost are in the answers', async () => {
    const { tell, transaction } = await boot(version)
    expect(await tell('Started', 1000, { idToken: card('CARD') })).toMatchObject({
      idTokenInfo: { status: 'Accepted' },
      totalCost: 0,
    })
    expect(await tell('Updated', 3000)).toEqual({
      totalCost: 1.2,
      updatedPersonalMessage: { format: 'ASCII', language: 'en', content: 'So far: 1.20 EUR' },
    })
    expect(await tell('Ended', 11_000)).toMatchObject({
      totalCost: 6,
      updatedPersonalMessage: { content: 'Total: 6.00 EUR' },
    })
    expect(transaction()?.cost).toMatchObject({
      tariffId: 'standard',
      currency: 'EUR',
      total: 6,
      exclTax: 5,
      by: 'csms',
      final: true,
      details: { totalUsage: { energy: 10_000, chargingTime: 1200 } },
    })
  })

  test('[2.0.1 I01.FR.01] who is accepted hears the prices', async () => {
    const { station } = await boot(version)
    expect(await station.ask('Authorize', { idToken: card('CARD') })).toEqual({
      idTokenInfo: {
        status: 'Accepted',
        personalMessage: { format: 'UTF8', content: '0.50 a kWh' },
      },
    })
    const unknown = await station.ask('Authorize', { idToken: card('X') })
    expect(unknown).toEqual({ idTokenInfo: { status: 'Unknown' } })
  })
})

test('[2.0.1 I03] what went on before the driver came is priced by his tariff, as idle time', async () => {
  const { tell, transaction } = await boot('ocpp2.0.1')
  const idle = { transactionInfo: { transactionId: 'tx', chargingState: 'EVConnected' } }
  expect(await tell('Started', 1000, idle)).toEqual({})
  expect(await tell('Updated', 1000, { idToken: card('MEMBER') })).toMatchObject({ totalCost: 0 })
  expect(await tell('Ended', 11_000)).toMatchObject({ totalCost: 1 })
  expect(transaction()?.cost).toMatchObject({
    tariffId: 'mine',
    details: { totalUsage: { energy: 10_000, idleTime: 600, chargingTime: 600 } },
  })
})

test.each([
  ['+00:00', '0', 2],
  ['-02:00', '3', 2],
  ['-02:00', '0', 10],
])('[2.1 I07.FR.17] prices of a place: local time %s, %s phases', async (offset, phases, total) => {
  const { csms, station, tell } = await boot('ocpp2.0.1')
  const row = (attributeValue: string, name: string, variable: string, evse?: object) => ({
    attributeStatus: 'Accepted',
    attributeValue,
    component: { name, ...(evse && { evse }) },
    variable: { name: variable },
  })
  const rows = [
    row(offset, 'ClockCtrlr', 'TimeOffset'),
    row(phases, 'EVSE', 'SupplyPhases', { id: 1 }),
  ]
  station.serve = () => ({ getVariableResult: rows })
  const getVariableData = rows.map(({ component, variable }) => ({ component, variable }))
  await csms.commander.send('CS1', 'GetVariables', { getVariableData })
  await tell('Started', 0, { idToken: card('NIGHT'), evse: { id: 1 } })
  expect(await tell('Ended', 10_000)).toMatchObject({ totalCost: total })
})

test('[2.1 I08.FR.01, FR.09] a driver gets his own tariff, without a date; a 2.0.1 station none', async () => {
  const ask = async (version: 'ocpp2.0.1' | 'ocpp2.1') =>
    (await boot(version)).station.ask('Authorize', { idToken: card('MEMBER') })
  const { validFrom: _, ...mine } = book.tariffs[2] ?? {}
  expect(await ask('ocpp2.1')).toEqual({ idTokenInfo: { status: 'Accepted' }, tariff: mine })
  expect(await ask('ocpp2.0.1')).toEqual({ idTokenInfo: { status: 'Accepted' } })
})

test('[2.1 I12] what the station calculated is kept, and not calculated again', async () => {
  const { tell, transaction } = await boot()
  const transactionInfo = { transactionId: 'tx', tariffId: 'own' }
  expect(await tell('Started', 0, { transactionInfo })).toEqual({})
  expect(await tell('Updated', 500)).toEqual({})
  const costDetails = {
    totalCost: { currency: 'SEK', typeOfCost: 'NormalCost', total: { exclTax: 2, inclTax: 2.5 } },
    totalUsage: { energy: 1000, chargingTime: 600, idleTime: 0 },
  }
  expect(await tell('Ended', 1000, { costDetails })).toEqual({})
  expect(transaction()).toMatchObject({
    tariffId: 'own',
    cost: { by: 'station', currency: 'SEK', total: 2.5, final: true, details: costDetails },
  })
})

test('[2.1 I12.FR.14] where the station could not calculate, the CSMS does', async () => {
  const { tell } = await boot()
  await tell('Started', 0, { transactionInfo: { transactionId: 'tx', tariffId: 'own' } })
  const costDetails = {
    failureToCalculate: true,
    totalCost: { currency: 'EUR', typeOfCost: 'NormalCost', total: {} },
    totalUsage: { energy: 0, chargingTime: 0, idleTime: 0 },
  }
  expect(await tell('Ended', 1000, { costDetails })).toMatchObject({ totalCost: 0.6 })
})

test('[2.1 C17] a prepaid card is limited to its balance, pays, and has no credit then', async () => {
  const { csms, station, tell } = await boot()
  const authorize = () => station.ask('Authorize', { idToken: card('PREPAID') })
  const now = new Date(csms.clock.wallMs()).toISOString()
  expect(await authorize()).toMatchObject({
    idTokenInfo: { status: 'Accepted', cacheExpiryDateTime: now },
  })
  expect(await tell('Started', 0, { idToken: card('PREPAID') })).toMatchObject({
    transactionLimit: { maxCost: 10 },
  })
  expect(await tell('Updated', 10_000)).not.toHaveProperty('transactionLimit')
  await tell('Ended', 17_000)
  expect(csms.store.tokens.get('PREPAID')?.balance).toBe(-0.2)
  expect(await authorize()).toMatchObject({
    idTokenInfo: { status: 'NoCredit', cacheExpiryDateTime: now },
  })
})

test('[2.1 C17] an end that is told twice is paid once', async () => {
  const { csms, tell, station } = await boot()
  await tell('Started', 0, { idToken: card('PREPAID') })
  const end = {
    eventType: 'Ended',
    seqNo: 1,
    timestamp: minute(10),
    triggerReason: 'StopAuthorized',
    transactionInfo: { transactionId: 'tx' },
    meterValue: [{ timestamp: minute(10), sampledValue: [{ value: 1000 }] }],
  }
  await station.ask('TransactionEvent', end)
  await station.ask('TransactionEvent', end)
  expect(csms.store.tokens.get('PREPAID')?.balance).toBe(9.4)
})

test('without tariffs nothing is said of cost', async () => {
  const csms = memoryCsms({ tokens })
  const station = await csms.boot('CS1', 'ocpp2.1')
  const event = {
    eventType: 'Started',
    seqNo: 0,
    timestamp: minute(0),
    triggerReason: 'CablePluggedIn',
    transactionInfo: { transactionId: 'tx' },
  }
  expect(await station.ask('TransactionEvent', event)).toEqual({})
})

describe('payments', () => {
  const settles = {
    component: { name: 'PaymentCtrlr' },
    variable: { name: 'SettlementByCSMS' },
  }
  const settlement = {
    pspRef: 'psp-1',
    status: 'Settled',
    settlementAmount: 3.93,
    settlementTime: minute(9),
    transactionId: 'tx',
  }

  test('[2.1 C21.FR.03] a settlement is kept, and has a receipt of ours unless it has one', async () => {
    const { csms, station } = await boot()
    expect(await station.ask('NotifySettlement', settlement)).toEqual({
      receiptId: 'psp-1',
      receiptUrl: 'https://receipts.example/psp-1',
    })
    const own = { ...settlement, receiptUrl: 'https://terminal/1' }
    expect(await station.ask('NotifySettlement', own)).toEqual({})
    expect(await station.ask('NotifySettlement', { ...settlement, status: 'Failed' })).toEqual({})
    expect(csms.store.stations.get('CS1')?.settlements).toMatchObject([
      settlement,
      own,
      { status: 'Failed' },
    ])
  })

  test.each([
    ['SettlementByCSMS', false],
    ['a payment that began here', true],
  ])('[2.1 C21.FR.05, C24, C25] settled here: %s', async (_why, own) => {
    const { csms, station, tell } = await boot()
    if (own) csms.store.tokens.save({ idToken: 'psp-9', type: 'DirectPayment', status: 'Accepted' })
    if (!own) {
      station.serve = () => ({ setVariableResult: [{ attributeStatus: 'Accepted', ...settles }] })
      const set = { setVariableData: [{ ...settles, attributeValue: 'true' }] }
      await csms.commander.send('CS1', 'SetVariables', set)
    }
    await tell('Started', 0, { idToken: { idToken: 'psp-9', type: 'DirectPayment' } })
    const end = await tell('Ended', 1005)
    expect(end).toMatchObject({ totalCost: 0.603 })
    expect(csms.store.stations.get('CS1')?.settlements).toMatchObject([
      {
        pspRef: 'psp-9',
        status: 'Settled',
        settlementAmount: 0.6,
        transactionId: 'tx',
        receiptUrl: 'https://receipts.example/psp-9',
        by: 'csms',
      },
    ])
    expect(csms.store.tokens.get('psp-9')).toBeUndefined()
  })

  test('[2.1 C21.FR.02, C20] are not settled here where the terminal does; for nothing: canceled', async () => {
    const { csms, tell } = await boot()
    const idToken = { idToken: 'psp-9', type: 'DirectPayment' }
    const settlements = () => csms.store.stations.get('CS1')?.settlements
    await tell('Started', 0, { idToken })
    await tell('Ended', 1000)
    expect(settlements()).toBeUndefined()
    csms.store.tokens.save({ idToken: 'psp-8', type: 'DirectPayment', status: 'Accepted' })
    const transactionInfo = { transactionId: 'tx2' }
    const second = { ...idToken, idToken: 'psp-8' }
    await tell('Started', 1000, { idToken: second, transactionInfo })
    await tell('Ended', 1000, { transactionInfo })
    expect(settlements()).toMatchObject([{ pspRef: 'psp-8', status: 'Canceled' }])
  })

  test('[2.1 C18.FR.09, FR.10] VAT numbers are looked up among the companies', async () => {
    const { station } = await boot()
    const { vatNumber: _, ...company } = book.companies[0] ?? {}
    expect(await station.ask('VatNumberValidation', { vatNumber: 'de123', evseId: 2 })).toEqual({
      vatNumber: 'de123',
      evseId: 2,
      status: 'Accepted',
      company,
    })
    expect(await station.ask('VatNumberValidation', { vatNumber: 'DE999' })).toEqual({
      vatNumber: 'DE999',
      status: 'Rejected',
    })
  })

  test('[2.1 C18.FR.05] a payment that the provider vouches for is accepted', async () => {
    const { station } = await boot()
    const idToken = { idToken: 'psp-2', type: 'DirectPayment' }
    expect(await station.ask('Authorize', { idToken })).toMatchObject({
      idTokenInfo: { status: 'Accepted' },
    })
  })
})

test('[2.1 I07, I09, I10] the tariffs of a station are remembered by its answers', async () => {
  const { csms, station } = await boot()
  const send = async (action: string, payload: object, answer: object) => {
    station.serve = () => answer
    expect(await csms.commander.send('CS1', action, payload)).toMatchObject({ status: 'answered' })
    return csms.store.stations.get('CS1')?.tariffs
  }
  const [tariff] = book.tariffs
  const accepted = { status: 'Accepted' }
  expect(await send('SetDefaultTariff', { evseId: 2, tariff }, accepted)).toEqual([
    { tariffId: 'standard', kind: 'DefaultTariff', evseIds: [2] },
  ])
  const tariffAssignments = [
    { tariffId: 'A', tariffKind: 'DefaultTariff', evseIds: [1, 2] },
    { tariffId: 'B', tariffKind: 'DriverTariff', idTokens: ['CARD'] },
  ]
  const listed = { ...accepted, tariffAssignments }
  expect(await send('GetTariffs', { evseId: 0 }, listed)).toEqual([
    { tariffId: 'A', kind: 'DefaultTariff', evseIds: [1, 2] },
    { tariffId: 'B', kind: 'DriverTariff', idTokens: ['CARD'] },
  ])
  const cleared = { clearTariffsResult: [{ tariffId: 'A', status: 'Accepted' }] }
  expect(await send('ClearTariffs', { evseId: 1 }, cleared)).toMatchObject([
    { tariffId: 'A', evseIds: [2] },
    { tariffId: 'B' },
  ])
})

test('[2.1 I07.FR.11, I10.FR.03] a default takes the place of another, where it is', async () => {
  const { csms, station } = await boot()
  const timestamp = minute(0)
  for (const evseId of [1, 2]) {
    const status = { timestamp, evseId, connectorId: 1, connectorStatus: 'Available' }
    await station.ask('StatusNotification', status)
  }
  const [tariff] = book.tariffs
  const send = async (action: string, payload: object, answer: object = { status: 'Accepted' }) => {
    station.serve = () => answer
    await csms.commander.send('CS1', action, payload)
    return csms.store.stations
      .get('CS1')
      ?.tariffs?.map(({ tariffId, evseIds }) => [tariffId, evseIds] as const)
  }
  const set = (tariffId: string, evseId: number, more: object = {}) =>
    send('SetDefaultTariff', { evseId, tariff: { ...tariff, tariffId, ...more } })
  expect(await set('all', 0)).toEqual([['all', undefined]])
  expect(await set('two', 2)).toEqual([
    ['all', [1]],
    ['two', [2]],
  ])
  expect(await set('later', 0, { validFrom: '2030-01-01T00:00:00Z' })).toHaveLength(3)
  const cleared = (...ids: readonly string[]) => ({
    clearTariffsResult: ids.map((tariffId) => ({ tariffId, status: 'Accepted' })),
  })
  expect(await send('ClearTariffs', { evseId: 2 }, cleared('two', 'later'))).toEqual([
    ['all', [1]],
    ['later', [1]],
  ])
  expect(await set('new', 0)).toEqual([
    ['later', [1]],
    ['new', undefined],
  ])
})
