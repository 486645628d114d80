import { describe, expect, test } from 'vitest'
import { frameOf, playedInMemory } from '../../../test/helpers/memory-conformance.ts'
import { casesOf } from '../cases/catalogue.ts'
import { LeftOvers } from './left-overs.ts'

const timestamp = '2026-01-01T00:00:00Z'

const event = (eventType: string, seqNo: number, transactionId = 'T1') => ({
  eventType,
  seqNo,
  transactionInfo: { transactionId },
})

describe('what a case of 2.x began', () => {
  test('a transaction ends with the sequence number after its last', () => {
    const left = new LeftOvers('ocpp2.0.1')
    left.told('TransactionEvent', event('Started', 0), {})
    left.told('TransactionEvent', event('Updated', 4), {})
    left.told('TransactionEvent', event('Updated', 2), {})
    expect(left.ending(timestamp)).toEqual([
      {
        action: 'TransactionEvent',
        payload: {
          eventType: 'Ended',
          triggerReason: 'StopAuthorized',
          timestamp,
          seqNo: 5,
          transactionInfo: { transactionId: 'T1', stoppedReason: 'Local' },
        },
      },
    ])
    expect(left.ending(timestamp)).toEqual([])
  })

  test('nothing is left of one that ended, also where an event comes late', () => {
    const left = new LeftOvers('ocpp2.0.1')
    left.told('TransactionEvent', event('Started', 0), {})
    left.told('TransactionEvent', event('Ended', 3), {})
    left.told('TransactionEvent', event('Updated', 2), {})
    expect(left.ending(timestamp)).toEqual([])
  })

  test('a connector in use is free again; one that is out of service stays so', () => {
    const left = new LeftOvers('ocpp2.0.1')
    const status = (evseId: number, connectorStatus: string) =>
      left.told('StatusNotification', { evseId, connectorId: 1, connectorStatus, timestamp }, {})
    status(1, 'Occupied')
    status(2, 'Occupied')
    status(2, 'Available')
    status(3, 'Unavailable')
    expect(left.ending(timestamp).map(({ payload }) => payload)).toEqual([
      { evseId: 1, connectorId: 1, connectorStatus: 'Available', timestamp },
    ])
  })
})

test('a transaction of 1.6 stops where its meter began, by the id that the CSMS gave it', () => {
  const left = new LeftOvers('ocpp1.6')
  left.told('StartTransaction', { connectorId: 1, meterStart: 7 }, { transactionId: 11 })
  left.told('StartTransaction', { connectorId: 2, meterStart: 7 }, { transactionId: 12 })
  left.told('StopTransaction', { transactionId: 12 }, {})
  left.told('StatusNotification', { connectorId: 1, status: 'Charging', errorCode: 'NoError' }, {})
  expect(left.ending(timestamp)).toEqual([
    {
      action: 'StopTransaction',
      payload: { transactionId: 11, meterStop: 7, timestamp, reason: 'Local' },
    },
    {
      action: 'StatusNotification',
      payload: { connectorId: 1, errorCode: 'NoError', status: 'Available' },
    },
  ])
})

test('a case that is over leaves no transaction, and what comes of that is not judged', async () => {
  const ended: unknown[] = []
  const [result] = await playedInMemory({
    version: 'ocpp2.0.1',
    cases: casesOf('ocpp2.0.1').filter(({ id }) => id === 'TC_E_09_CSMS'),
    fault: {
      hears(text, { reply }) {
        const [, id, action, payload] = frameOf(text)
        if (action !== 'TransactionEvent' || !text.includes('"Ended"')) return undefined
        ended.push(payload)
        reply([3, id, { nonsense: true }])
        return null
      },
    },
  })
  expect(result?.verdict).toBe('pass')
  expect(ended).toMatchObject([{ eventType: 'Ended', seqNo: 1 }])
})
