import { expect, test } from 'vitest'
import { memoryCsms } from '../../../../test/helpers/memory-csms.ts'

async function booted() {
  const csms = memoryCsms({ pingIntervalMs: 0 })
  const station = await csms.boot('CS1', 'ocpp2.1')
  const answer = { status: 'Accepted' }
  station.serve = () => answer
  const send = (action: string, payload: object) => csms.commander.send('CS1', action, payload)
  return { send, station, answer, record: () => csms.store.stations.get('CS1') }
}

test('[2.1 Q02] what an EV may have is known as its station took it last', async () => {
  const { send, answer, record } = await booted()
  const allow = (transactionId: string, ...allowedEnergyTransfer: readonly string[]) =>
    send('NotifyAllowedEnergyTransfer', { transactionId, allowedEnergyTransfer })
  await allow('T1', 'DC')
  await allow('T2', 'DC')
  await allow('T1', 'DC', 'DC_BPT')
  answer.status = 'Rejected'
  await allow('T2', 'DC_BPT')
  expect(record()?.energyTransfers).toMatchObject([
    { transactionId: 'T2', allowed: ['DC'] },
    { transactionId: 'T1', allowed: ['DC', 'DC_BPT'] },
  ])
})

test('[2.1 Q01.FR.04, K18.FR.22] an EV that may not give energy back is refused, until it may', async () => {
  const { send, station, record } = await booted()
  const start = { eventType: 'Started', triggerReason: 'CablePluggedIn', seqNo: 0 }
  await station.ask('TransactionEvent', {
    ...start,
    timestamp: '2026-01-01T00:00:00Z',
    evse: { id: 1, connectorId: 1 },
    transactionInfo: { transactionId: 'T1' },
  })
  const wants = (requestedEnergyTransfer: string) =>
    station.ask('NotifyEVChargingNeeds', { evseId: 1, chargingNeeds: { requestedEnergyTransfer } })
  const allow = (...allowedEnergyTransfer: readonly string[]) =>
    send('NotifyAllowedEnergyTransfer', { transactionId: 'T1', allowedEnergyTransfer })
  expect(await wants('AC_BPT')).toEqual({ status: 'Accepted' })
  await allow('AC_single_phase')
  expect(await wants('AC_BPT')).toEqual({ status: 'Rejected' })
  expect(record()?.evCharging).toMatchObject([{ transactionId: 'T1', answer: 'Rejected' }])
  expect(await wants('AC_three_phase')).toEqual({ status: 'Accepted' })
  await allow('AC_single_phase', 'AC_BPT')
  expect(await wants('AC_BPT')).toEqual({ status: 'Accepted' })
})

test('[2.1 Q08.FR.12] the aFRR signal that a station follows is known', async () => {
  const { send, answer, record } = await booted()
  const timestamp = '2026-01-01T00:00:00Z'
  await send('AFRRSignal', { timestamp, signal: 1 })
  answer.status = 'Rejected'
  await send('AFRRSignal', { timestamp, signal: 2 })
  expect(record()?.afrrSignal).toEqual({ timestamp, signal: 1 })
})
