import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { memoryCsms } from '../../../../test/helpers/memory-csms.ts'
import type { OcppVersion } from '../../../ocpp/version.ts'
import { TemporaryFolder } from '../../../platform/temporary-folder.ts'

const limit = { maxEnergy: 5000, maxTime: 3600 }

async function charging(version: OcppVersion) {
  const csms = memoryCsms({
    tokens: [
      { idToken: 'T1', status: 'Accepted', limit },
      { idToken: 'T2', status: 'Blocked', limit },
    ],
  })
  const station = await csms.boot('CS1', version)
  /** The station says which limits it can do. */
  const supports = (attributeValue: string) => {
    const of = { component: { name: 'TxCtrlr' }, variable: { name: 'SupportedLimits' } }
    const result = { ...of, attributeStatus: 'Accepted', attributeValue }
    station.serve = () => ({ getVariableResult: [result] })
    return csms.commander.send('CS1', 'GetVariables', { getVariableData: [of] })
  }
  const tell = (eventType: string, seqNo: number, idToken?: string, meterValue?: object[]) =>
    station.ask('TransactionEvent', {
      eventType,
      seqNo,
      timestamp: '2026-01-01T00:00:00Z',
      triggerReason: 'Authorized',
      transactionInfo: { transactionId: `tx-${idToken ?? ''}` },
      ...(idToken !== undefined && { idToken: { idToken, type: 'ISO14443' } }),
      ...(meterValue && { meterValue }),
    })
  return { csms, tell, supports }
}

describe('a token with a limit', () => {
  test('[2.1 E16] limits each transaction that it begins', async () => {
    const { tell } = await charging('ocpp2.1')
    expect(await tell('Started', 0, 'T1')).toEqual({
      idTokenInfo: { status: 'Accepted' },
      transactionLimit: limit,
    })
    expect(await tell('Ended', 1, 'T1')).toEqual({ idTokenInfo: { status: 'Accepted' } })
  })

  test('[2.1 E16.FR.02] says so once, and again to who did not hear it', async () => {
    const { tell } = await charging('ocpp2.1')
    const first = await tell('Started', 0, 'T1')
    expect(await tell('Updated', 1, 'T1')).toEqual({ idTokenInfo: { status: 'Accepted' } })
    expect(await tell('Started', 0, 'T1')).toEqual(first)
  })

  test('[2.1 E16.FR.02] says so again when it has become another one', async () => {
    const { csms, tell } = await charging('ocpp2.1')
    await tell('Started', 0, 'T1')
    csms.store.tokens.save({ idToken: 'T1', status: 'Accepted', limit: { maxEnergy: 9000 } })
    expect(await tell('Updated', 1, 'T1')).toMatchObject({ transactionLimit: { maxEnergy: 9000 } })
  })

  test('[2.1 E16.FR.12] names no limit that the station cannot do', async () => {
    const { tell, supports } = await charging('ocpp2.1')
    await supports('maxCost,maxTime')
    expect(await tell('Started', 0, 'T1')).toEqual({
      idTokenInfo: { status: 'Accepted' },
      transactionLimit: { maxTime: 3600 },
    })
    const other = await charging('ocpp2.1')
    await other.supports('maxSoC')
    expect(await other.tell('Started', 0, 'T1')).toEqual({ idTokenInfo: { status: 'Accepted' } })
  })

  test('[2.1 E16] that may not charge limits nothing', async () => {
    const { tell } = await charging('ocpp2.1')
    expect(await tell('Started', 0, 'T2')).toEqual({ idTokenInfo: { status: 'Blocked' } })
  })

  test('is a token like any other to a 2.0.1 station', async () => {
    const { tell } = await charging('ocpp2.0.1')
    expect(await tell('Started', 0, 'T1')).toEqual({ idTokenInfo: { status: 'Accepted' } })
  })
})

describe('the records of a transaction', () => {
  test('[2.0.1 SignedMeterValueType] hold what the meter signed, and who stopped it', async () => {
    const { csms, tell } = await charging('ocpp2.0.1')
    await tell('Started', 0, 'T1')
    const signedMeterValue = {
      signedMeterData: 'T0NNRg==',
      signingMethod: '',
      encodingMethod: 'OCMF',
      publicKey: '',
    }
    const timestamp = '2026-01-01T01:00:00Z'
    const context = 'Transaction.End'
    await tell('Ended', 1, 'T1', [
      { timestamp, sampledValue: [{ value: 7, context, signedMeterValue }] },
    ])
    const [transaction] = csms.store.transactions.list()
    expect(transaction?.signedData).toEqual([{ timestamp, context, data: 'T0NNRg==' }])
    expect(transaction?.stopIdToken).toBe('T1')
  })
})

describe('a payment that nobody made known', () => {
  async function started(transactionInfo: object, type = 'DirectPayment') {
    await using folder = await TemporaryFolder.make('payments')
    const paymentsFile = join(folder.path, 'payments.json')
    const payments = { url: 'https://pay.example', secret: 'of a laboratory only', amount: 30 }
    await writeFile(paymentsFile, JSON.stringify(payments))
    const csms = memoryCsms({ paymentsFile })
    const station = await csms.boot('CS1', 'ocpp2.1')
    return station.ask('TransactionEvent', {
      eventType: 'Started',
      seqNo: 0,
      timestamp: '2026-01-01T00:00:00Z',
      triggerReason: 'Authorized',
      transactionInfo: { transactionId: 'tx', ...transactionInfo },
      idToken: { idToken: 'PSP-1', type },
    })
  }

  test('[2.1 C24.FR.02] is limited to what is reserved, where the CSMS started for it', async () => {
    expect(await started({ remoteStartId: 7 })).toMatchObject({ transactionLimit: { maxCost: 30 } })
  })

  test('[2.1 C18.FR.06] is limited by the terminal of the station, where it was paid there', async () => {
    expect(await started({})).not.toHaveProperty('transactionLimit')
    expect(await started({ remoteStartId: 7 }, 'Central')).not.toHaveProperty('transactionLimit')
  })
})
