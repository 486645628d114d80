import { describe, expect, test } from 'vitest'
import { memoryCsms } from '../../../../test/helpers/memory-csms.ts'

const transactionId = 'tx-1'

/** A transaction is open whose last register is 250 Wh above its first. */
async function charging(answer: object) {
  const csms = memoryCsms({ pingIntervalMs: 0, tokens: [{ idToken: 'T1', status: 'Accepted' }] })
  const station = await csms.boot('CS1', 'ocpp2.0.1')
  station.serve = () => answer
  const tell = (eventType: string, seqNo: number, value: number) =>
    station.ask('TransactionEvent', {
      eventType,
      seqNo,
      timestamp: '2026-01-01T00:00:00Z',
      triggerReason: 'Trigger',
      transactionInfo: { transactionId },
      meterValue: [{ timestamp: '2026-01-01T00:00:00Z', sampledValue: [{ value }] }],
    })
  await tell('Started', 0, 100)
  await tell('Updated', 1, 350)
  return {
    ask: (payload: object) => csms.commander.send('CS1', 'GetTransactionStatus', payload),
    transaction: () => [...csms.store.transactions.list()][0],
    tell,
  }
}

describe('GetTransactionStatus', () => {
  test('[2.0.1 E14] ends a transaction that is over and of which nothing will come', async () => {
    const { ask, transaction } = await charging({ ongoingIndicator: false, messagesInQueue: false })
    await ask({ transactionId })
    expect(transaction()).toMatchObject({ energyWh: 250, stopReason: 'NotOngoing' })
  })

  test.each([
    ['it goes on', { ongoingIndicator: true, messagesInQueue: false }, { transactionId }],
    ['its end waits', { ongoingIndicator: false, messagesInQueue: true }, { transactionId }],
    ['nobody asked for it', { messagesInQueue: false }, {}],
    [
      'another one was asked for',
      { ongoingIndicator: false, messagesInQueue: false },
      { transactionId: 'tx-2' },
    ],
  ])('[2.0.1 E14] leaves it open where %s', async (_why, answer, question) => {
    const { ask, transaction } = await charging(answer)
    await ask(question)
    expect(transaction()?.stoppedAt).toBeUndefined()
  })

  test('[2.0.1 E14] one that has ended stays as it ended', async () => {
    const { ask, transaction, tell } = await charging({
      ongoingIndicator: false,
      messagesInQueue: false,
    })
    await tell('Ended', 2, 900)
    await ask({ transactionId })
    expect(transaction()).toMatchObject({ energyWh: 800, stopReason: 'Local' })
  })

  test('[2.0.1 E14] an end that comes after all changes nothing', async () => {
    const { ask, transaction, tell } = await charging({
      ongoingIndicator: false,
      messagesInQueue: false,
    })
    await ask({ transactionId })
    await tell('Ended', 2, 900)
    expect(transaction()).toMatchObject({ energyWh: 250, stopReason: 'NotOngoing' })
  })
})
